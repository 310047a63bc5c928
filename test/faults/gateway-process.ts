/**
 * The gateway of the fault suite, in a process of its own: the real `startApp` from a real environment, with failpoints around its parts, a
 * time of day that can be set and DNS servers that can lie. It does what the driver says over IPC and ends with it.
 */
import { promises as dns } from 'node:dns';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createSystemResolver } from '../../src/net/system-resolver.ts';
import { type Failpoint, Failpoints } from './failpoints.ts';

export type Order =
	| {
			readonly kind: 'start';
			readonly environment: Readonly<Record<string, string>>;
			readonly dnsServer?: string;
			readonly clockMs: number;
	  }
	| { readonly kind: 'arm'; readonly point: Failpoint; readonly nth: number }
	/** The time of day jumps to this far from the real one. What measures durations does not, as in a real machine. */
	| { readonly kind: 'clock'; readonly clockMs: number }
	| { readonly kind: 'stop' };

export type Report =
	| { readonly kind: 'serving'; readonly address: string }
	| { readonly kind: 'failed'; readonly message: string }
	| { readonly kind: 'clock-set' }
	| { readonly kind: 'armed' };

const failpoints = new Failpoints();
let app: App | undefined;

const timeOfDay = Date.now;
let clockMs = 0;
// The one source of the time of day below everything, our own clock and every library included.
Date.now = () => timeOfDay() + clockMs;

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => process.exit());
// The driver may be gone before all of this was loaded.
if (!process.connected) process.exit();
// Whoever limits the size of files wants the error of the write, not the end of the process.
process.on('SIGXFSZ', () => {});

async function obey(order: Order): Promise<void> {
	switch (order.kind) {
		case 'start':
			clockMs = order.clockMs;
			return report(await start(order));
		case 'arm':
			failpoints.arm(order.point, order.nth);
			return report({ kind: 'armed' });
		case 'clock':
			clockMs = order.clockMs;
			return report({ kind: 'clock-set' });
		case 'stop':
			await app?.[Symbol.asyncDispose]();
			process.exit();
	}
}

async function start({ environment, dnsServer }: Order & { kind: 'start' }): Promise<Report> {
	try {
		app = await startApp(readConfig(environment), {
			...(dnsServer === undefined ? {} : { resolver: createSystemResolver(askedOf(dnsServer)) }),
			around: {
				store: (store) => failpoints.aroundStore(store),
				sender: (sender) => failpoints.aroundSender(sender),
			},
		});
		return { kind: 'serving', address: app.address };
	} catch (error) {
		return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
	}
}

function askedOf(server: string): dns.Resolver {
	const resolver = new dns.Resolver({ timeout: 1_000, tries: 2 });
	resolver.setServers([server]);
	return resolver;
}

function report(what: Report): void {
	process.send?.(what);
}
