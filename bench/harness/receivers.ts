/**
 * Where the deliveries go. *nginx* is the one that is not the bottleneck: it answers and counts (`stub_status`), and knows nothing else.
 * The one on Node.js (`receiver-process.ts`) keeps a record, for scenarios that have to see what arrived; it stands in where nginx is missing.
 */

import { join } from 'node:path';
import { request } from 'undici';
import { Child } from './child.ts';
import type { Arrivals, ReceiverOrder } from './receiver-process.ts';
import { findProgram, freePort, Server } from './servers.ts';
import type { Workspace } from './workspace.ts';

export interface Receiver extends AsyncDisposable {
	readonly kind: 'nginx' | 'node';
	readonly url: string;
	/** Requests answered so far. */
	count(): Promise<number>;
}

const NGINX_START_MS = 5_000;

export async function startReceiver(workspace: Workspace): Promise<Receiver> {
	const nginx = await findProgram('nginx');
	return nginx === undefined ? RecordingReceiver.start(workspace) : startNginx(nginx, workspace);
}

async function startNginx(program: string, workspace: Workspace): Promise<Receiver> {
	const [room, port, statusPort] = [await workspace.room('nginx', { forServer: true }), await freePort(), await freePort()];
	const { cert, key } = workspace.certificates;
	await workspace.writeForServer(join(room, 'cert.pem'), cert);
	await workspace.writeForServer(join(room, 'key.pem'), key);
	const conf = join(room, 'nginx.conf');
	await workspace.writeForServer(conf, nginxConf(room, port, statusPort));
	const server = new Server(program, ['-p', room, '-c', conf, '-e', join(room, 'error.log')]);
	// Each look is itself a request.
	let looks = 0;
	const count = async (): Promise<number> => {
		const { body } = await request(`http://127.0.0.1:${statusPort}/`);
		looks += 1;
		const [, , handled] = /^\s*(\d+) (\d+) (\d+)\s*$/m.exec(await body.text())?.slice(1) ?? [];
		return Number(handled) - looks;
	};
	await server.until(count, NGINX_START_MS);
	return { kind: 'nginx', url: `https://127.0.0.1:${port}/`, count, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function nginxConf(room: string, port: number, statusPort: number): string {
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(room, name)};`);
	return `
daemon off;
worker_processes 1;
pid ${join(room, 'nginx.pid')};
error_log ${join(room, 'error.log')} warn;
events { worker_connections 4096; }
http {
	access_log off;
	${temporary.join(' ')}
	keepalive_timeout 300s;
	keepalive_requests 1000000000;
	server {
		listen 127.0.0.1:${port} ssl backlog=4096;
		ssl_certificate ${join(room, 'cert.pem')};
		ssl_certificate_key ${join(room, 'key.pem')};
		ssl_protocols TLSv1.3;
		location / { return 200; }
	}
	server {
		listen 127.0.0.1:${statusPort};
		location / { stub_status; }
	}
}
`;
}

export class RecordingReceiver implements Receiver {
	readonly kind = 'node';
	readonly #child: Child;
	readonly #workspace: Workspace;
	#port = 0;

	private constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.#child = new Child(join(import.meta.dirname, 'receiver-process.ts'));
	}

	static async start(workspace: Workspace): Promise<RecordingReceiver> {
		const receiver = new RecordingReceiver(workspace);
		await receiver.up();
		return receiver;
	}

	get url(): string {
		return `https://127.0.0.1:${this.#port}/`;
	}

	/** On the port it had before. */
	async up(): Promise<void> {
		const { cert, key } = this.#workspace.certificates;
		const { port } = await this.#ask<{ port: number }>({ kind: 'up', cert, key, port: this.#port });
		this.#port = port;
	}

	/** Connections are refused. */
	async down(): Promise<void> {
		await this.#ask({ kind: 'down' });
	}

	async count(): Promise<number> {
		return (await this.#ask<{ arrived: number }>({ kind: 'count' })).arrived;
	}

	async distinct(): Promise<number> {
		return (await this.#ask<{ distinct: number }>({ kind: 'count' })).distinct;
	}

	report(): Promise<Arrivals> {
		return this.#ask<Arrivals>({ kind: 'report' });
	}

	/** From now on what comes under `/hang/` is never answered. */
	async hang(): Promise<void> {
		await this.#ask({ kind: 'hang' });
	}

	async forget(): Promise<void> {
		await this.#ask({ kind: 'forget' });
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#child[Symbol.asyncDispose]();
	}

	#ask<T>(order: ReceiverOrder): Promise<T> {
		return this.#child.ask<T>(order);
	}
}
