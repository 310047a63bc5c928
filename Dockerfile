# syntax=docker/dockerfile:1
# The gateway as an image: what ships and its dependencies, run by a user that owns nothing and writes only under /data.

FROM node:24-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: the image brings its own Node.js, so the `node` package has nothing to unpack.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force

FROM node:24-bookworm-slim AS console
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY console ./console
COPY scripts/build-console.ts ./scripts/
RUN node scripts/build-console.ts

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="Recado" \
      org.opencontainers.image.description="Self-hosted messaging gateway: WhatsApp messages in, signed, ordered webhooks out" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    RECADO_HOST=0.0.0.0 \
    RECADO_PORT=3000 \
    RECADO_DATA=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
COPY --from=console /app/console/dist ./console/dist
# Made here, so that a volume mounted on it belongs to the user.
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.RECADO_PORT+'/health').then(({ok})=>process.exit(ok?0:1),()=>process.exit(1))"]
# A young generation as large as V8 makes it takes 70 MiB more, and makes nothing quicker (docs/performance.md).
ENTRYPOINT ["node", "--max-semi-space-size=16", "src/cli/main.ts"]
CMD ["serve"]
