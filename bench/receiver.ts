/** The receiver of the benchmark, in a process of its own: bare HTTPS that answers 200 and counts. Tells its address and its count by messages. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority } from '../src/cli/certificates.ts';

const authority = await createAuthority({ now: Date.now });
const { certPem, keyPem } = await authority.issue({ names: ['127.0.0.1', 'localhost'] });

let arrived = 0;
const seen = new Set<string>();

const server = createServer({ cert: certPem, key: keyPem, minVersion: 'TLSv1.3' }, (request, response) => {
	request.resume();
	request.on('end', () => {
		arrived += 1;
		const id = request.headers['webhook-id'];
		if (typeof id === 'string') seen.add(id);
		response.writeHead(200, { 'content-length': '0' });
		response.end();
	});
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
	const { port } = server.address() as AddressInfo;
	process.send?.({ kind: 'listening', url: `https://127.0.0.1:${port}/`, ca: authority.certificatePem });
});

process.on('message', () => process.send?.({ kind: 'count', arrived, distinct: seen.size }));
