/** `POST /api/whatsapp/send-text`, `send-link`, `send-location` and `send-contact`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { contactCard } from '../../callbacks/contact-card.ts';
import { readCoordinates } from '../../callbacks/coordinates.ts';
import { takePhoto } from '../../callbacks/photo.ts';
import { messageText } from '../../callbacks/send-fields.ts';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import { mediumSource, plugchatFields, send } from '../send.ts';

const TextBody = Type.Object({ ...plugchatFields, message: messageText });
const TextQuery = Type.Object({ ...plugchatFields, message: messageText });
const LinkBody = Type.Object({
	...plugchatFields,
	message: messageText,
	image: mediumSource,
	linkUrl: Type.String({ format: 'uri' }),
	title: Type.String(),
	linkDescription: Type.String(),
});
const degrees = Type.Union([Type.String(), Type.Number()]);
const LocationBody = Type.Object({
	...plugchatFields,
	title: Type.String(),
	address: Type.String(),
	latitude: degrees,
	longitude: degrees,
});
const ContactBody = Type.Object({
	...plugchatFields,
	contactName: Type.String({ minLength: 1 }),
	contactPhone: Type.String(),
	contactBusinessDescription: Type.Optional(Type.String()),
});

export function messageRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	textRoutes(scope, deps);
	cardRoutes(scope, deps);
}

function textRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	// The second spellings are printed in the same documents (contracts, pathVariants).
	for (const path of ['/api/whatsapp/send-text', '/api/whatsapp/reply-message']) {
		scope.post<{ Body: Static<typeof TextBody> }>(path, { schema: { body: TextBody } }, (request) =>
			send(deps, request, request.body, { kind: 'text', text: request.body.message }),
		);
	}

	// The page of `send-product` prints this line and nothing else: it takes in its address what POST takes in its body, and answers no HEAD.
	scope.get<{ Querystring: Static<typeof TextQuery> }>(
		'/api/whatsapp/send-text',
		{ exposeHeadRoute: false, schema: { querystring: TextQuery } },
		(request) => send(deps, request, request.query, { kind: 'text', text: request.query.message }),
	);
}

function cardRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	scope.post<{ Body: Static<typeof LinkBody> }>('/api/whatsapp/send-link', { schema: { body: LinkBody } }, async (request) => {
		const { message: text, image, linkUrl: url, title, linkDescription: description } = request.body;
		const instance = await instanceOf(request, deps.directory);
		const thumbnailUrl = await takePhoto(deps.media, instance, { field: 'image', source: image });
		return send(deps, request, request.body, { kind: 'text', text, preview: { url, title, description, thumbnailUrl } });
	});

	scope.post<{ Body: Static<typeof LocationBody> }>('/api/whatsapp/send-location', { schema: { body: LocationBody } }, (request) => {
		const { title: name, address } = request.body;
		return send(deps, request, request.body, { kind: 'location', ...readCoordinates(request.body), name, address });
	});

	scope.post<{ Body: Static<typeof ContactBody> }>('/api/whatsapp/send-contact', { schema: { body: ContactBody } }, (request) =>
		send(deps, request, request.body, contactCard(request.body)),
	);
}
