/** The ways in which a receiver of the tests can treat a request: the good one, and those that receivers out there have. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { systemClock } from '../../src/system/system-clock.ts';

export type Behaviour =
	/** An answer with this status; a bare number stands for one. `close` ends the connection after it. */
	| {
			readonly kind: 'answer';
			readonly status: number;
			readonly headers?: Readonly<Record<string, string>>;
			readonly body?: string | Buffer;
			readonly close?: boolean;
	  }
	| { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
	/** Nothing, or a status and headers and then nothing, until the other side gives up. */
	| { readonly kind: 'hang'; readonly when: 'before-headers' | 'after-headers'; readonly status?: number }
	/** One byte, and another each `everyMs`, without end. */
	| { readonly kind: 'drip'; readonly everyMs: number; readonly status?: number }
	/** Bytes as fast as they are taken, without end. */
	| { readonly kind: 'endless'; readonly status?: number }
	/** A TCP reset. */
	| { readonly kind: 'reset'; readonly when: 'before-headers' | 'after-headers' }
	/** These bytes on the wire, whatever they are, then the end. */
	| { readonly kind: 'raw'; readonly bytes: string | Buffer };

/** Treats a request. `tcp` is the connection below TLS. */
export async function perform(behaviour: Behaviour, response: ServerResponse, tcp: Socket): Promise<void> {
	switch (behaviour.kind) {
		case 'answer': {
			const headers = { ...behaviour.headers, ...(behaviour.close ? { connection: 'close' } : {}) };
			response.writeHead(behaviour.status, headers).end(behaviour.body);
			return;
		}
		case 'redirect':
			response.writeHead(behaviour.status ?? 302, { location: behaviour.to }).end();
			return;
		case 'hang':
			if (behaviour.when === 'after-headers') await writeHeaders(response, behaviour.status);
			return;
		case 'drip':
			return drip(response, behaviour.status, behaviour.everyMs);
		case 'endless':
			return pour(response, behaviour.status);
		case 'reset':
			if (behaviour.when === 'after-headers') await writeHeaders(response, 200);
			tcp.resetAndDestroy();
			return;
		case 'raw':
			response.socket?.end(behaviour.bytes);
			return;
	}
}

/** Resolves when they are on their way. */
function writeHeaders(response: ServerResponse, status = 200): Promise<void> {
	response.writeHead(status, { 'content-type': 'text/plain' });
	return new Promise((resolve) => response.write('.', () => resolve()));
}

async function drip(response: ServerResponse, status: number | undefined, everyMs: number): Promise<void> {
	await writeHeaders(response, status);
	const next = (): void => {
		if (response.destroyed) return;
		response.write('.');
		systemClock.schedule(everyMs, next);
	};
	next();
}

async function pour(response: ServerResponse, status: number | undefined): Promise<void> {
	await writeHeaders(response, status);
	const piece = Buffer.alloc(65_536, 'x');
	const fill = (): void => {
		while (!response.destroyed && response.write(piece));
	};
	response.on('drain', fill);
	fill();
}
