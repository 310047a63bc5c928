/**
 * The receiver that keeps a record, in a process of its own: HTTPS by Node.js that answers 200, and knows what arrived when, in which order
 * and how long after it was meant to be sent. It can be down (nothing listens) and up again on the same port, and when it is told to hang, what
 * comes to a path under `/hang/` is never answered.
 */
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { answerOrders } from './child.ts';
import { type Percentiles, percentilesOf } from './percentiles.ts';
import { chatIn, placeOf, sentAt } from './traffic.ts';

export type ReceiverOrder =
	| { readonly kind: 'up'; readonly cert: string; readonly key: string; readonly port: number }
	| { readonly kind: 'down' }
	| { readonly kind: 'hang' }
	/** What arrived so far is forgotten. */
	| { readonly kind: 'forget' }
	| { readonly kind: 'count' }
	| { readonly kind: 'report' };

export interface Arrivals {
	readonly arrived: number;
	/** Different `webhook-id`s. */
	readonly distinct: number;
	/** Requests that are held and never answered. */
	readonly hanging: number;
	/** Epoch milliseconds; 0 before the first. */
	readonly firstAt: number;
	readonly lastAt: number;
	/** Arrivals that came after a later one of their chat, repetitions left out. */
	readonly outOfOrder: number;
	readonly chats: number;
	/** From the time each was meant to be sent; of those that say it. */
	readonly latency: Percentiles;
	/** How many arrived in each second since the first. */
	readonly perSecond: readonly number[];
}

class Record {
	arrived = 0;
	hanging = 0;
	firstAt = 0;
	lastAt = 0;
	outOfOrder = 0;
	latencies: number[] = [];
	perSecond: number[] = [];
	readonly ids: Set<string> = new Set();
	readonly lastPlaces: Map<string, number> = new Map();

	add(id: string | undefined, body: string): void {
		const now = performance.timeOrigin + performance.now();
		if (this.arrived === 0) this.firstAt = now;
		this.arrived += 1;
		this.lastAt = now;
		const second = Math.floor((now - this.firstAt) / 1000);
		this.perSecond[second] = (this.perSecond[second] ?? 0) + 1;
		const meant = sentAt(body);
		if (meant !== undefined) this.latencies.push(now - meant);
		const isRepetition = id !== undefined && this.ids.has(id);
		if (id !== undefined) this.ids.add(id);
		const place = placeOf(body);
		const chat = place === undefined ? undefined : chatIn(body);
		if (place === undefined || chat === undefined || isRepetition) return;
		if (place < (this.lastPlaces.get(chat) ?? -1)) this.outOfOrder += 1;
		else this.lastPlaces.set(chat, place);
	}

	told(): Arrivals {
		const { arrived, hanging, firstAt, lastAt, outOfOrder } = this;
		const counts = { arrived, distinct: this.ids.size, hanging, firstAt, lastAt, outOfOrder, chats: this.lastPlaces.size };
		const perSecond = Array.from(this.perSecond, (count) => count ?? 0);
		return { ...counts, latency: percentilesOf(this.latencies), perSecond };
	}
}

let record = new Record();
let isHanging = false;
let server: Server | undefined;
const sockets = new Set<Socket>();

async function up({ cert, key, port }: Extract<ReceiverOrder, { kind: 'up' }>): Promise<object> {
	const opened = createServer({ cert, key, minVersion: 'TLSv1.3' }, (request, response) => {
		const isHeld = isHanging && request.url?.startsWith('/hang/') === true;
		const id = request.headers['webhook-id'];
		let body = '';
		request.setEncoding('utf8');
		request.on('data', (piece: string) => {
			body += piece;
		});
		request.on('end', () => {
			if (isHeld) {
				record.hanging += 1;
				return;
			}
			record.add(typeof id === 'string' ? id : undefined, body);
			response.writeHead(200, { 'content-length': '0' });
			response.end();
		});
	});
	opened.keepAliveTimeout = 120_000;
	opened.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(port, '127.0.0.1', resolve));
	server = opened;
	return { port: (opened.address() as AddressInfo).port };
}

async function down(): Promise<object> {
	const closed = new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
	for (const socket of sockets) socket.destroy();
	await closed;
	return {};
}

answerOrders<ReceiverOrder>(
	async (order) => {
		switch (order.kind) {
			case 'up':
				return up(order);
			case 'down':
				return down();
			case 'hang':
				isHanging = true;
				return {};
			case 'forget':
				record = new Record();
				return {};
			case 'count':
				return { arrived: record.arrived, distinct: record.ids.size, hanging: record.hanging };
			case 'report':
				return record.told();
		}
	},
	async () => process.exit(),
);
