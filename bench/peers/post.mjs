/** What peers deliver with: a signed POST over kept-alive connections, by the client that is asked for. Rejects on anything but 2xx. */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { Agent as HttpsAgent } from 'node:https';
import axios from 'axios';
import { fetch, Pool, Agent as UndiciAgent } from 'undici';

/**
 * @param {{ client: 'axios' | 'undici' | 'fetch', url: string, ca: string, connections: number }} wish
 * @returns {(id: string, body: string) => Promise<void>}
 */
export function poster({ client, url, ca, connections }) {
	const key = createSecretKey(randomBytes(32));
	const send = { axios: withAxios, undici: withUndici, fetch: withFetch }[client](url, ca, connections);
	return async (id, body) => {
		const timestamp = String(Math.floor(Date.now() / 1000));
		const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
		const status = await send(body, {
			'content-type': 'application/json',
			'webhook-id': id,
			'webhook-timestamp': timestamp,
			'webhook-signature': `v1,${signature}`,
		});
		if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`);
	};
}

function withAxios(url, ca, connections) {
	const httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets: connections, ca });
	const http = axios.create({ httpsAgent, proxy: false, maxRedirects: 0, responseType: 'text', timeout: 15_000, validateStatus: null });
	return async (body, headers) => (await http.post(url, body, { headers })).status;
}

function withUndici(url, ca, connections) {
	const { origin, pathname } = new URL(url);
	const pool = new Pool(origin, { connections, pipelining: 1, connect: { ca } });
	return async (body, headers) => {
		const response = await pool.request({ method: 'POST', path: pathname, headers, body });
		await response.body.dump();
		return response.statusCode;
	};
}

function withFetch(url, ca, connections) {
	const dispatcher = new UndiciAgent({ connections, pipelining: 1, connect: { ca } });
	return async (body, headers) => {
		const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', dispatcher });
		await response.arrayBuffer();
		return response.status;
	};
}
