/** What `dev` prints: where everything is, the credentials, one request per API ready to be pasted, and then each thing that happens. */
import { type Arrival, arrivalJson, arrivalLine, timeOfDay } from './arrival.ts';
import type { Terminal } from './command.ts';
import type { DevCredentials, DevDemo } from './dev-credentials.ts';
import { DEV_PATHS, DEV_TEMPLATE, type FirstMessage } from './dev-demo.ts';

export interface DevScene {
	readonly gateway: string;
	readonly receiver: string;
	readonly directory: string;
	readonly credentials: DevCredentials;
	readonly demo: DevDemo;
	/** A link that signs in once. */
	readonly console: string;
}

export interface DevScreen {
	ready(scene: DevScene): void;
	accepted(message: FirstMessage, messageId: string): void;
	arrived(arrival: Arrival): void;
	stopping(): void;
}

/** One number for each API, so that their answers can be told apart. */
export const DEV_PHONES = { plugchat: '5544999990001', zApi: '5544999990002', instantMessage: '5544999990003' } as const;

const LABELS: Readonly<Record<string, string>> = {
	[DEV_PATHS.plugchat]: 'Plugchat',
	[DEV_PATHS.zApi]: 'Z-API',
	[DEV_PATHS.instantMessage]: 'Instant Message',
};
const LABEL_COLUMNS = 15;

export function screenFor(terminal: Terminal, isJson: boolean): DevScreen {
	return isJson ? jsonScreen(terminal) : lineScreen(terminal);
}

function lineScreen({ print, paint }: Terminal): DevScreen {
	const label = (path: string): string => (LABELS[path] ?? path).padEnd(LABEL_COLUMNS);
	return {
		ready(scene) {
			for (const line of sceneLines(scene, paint)) print(line);
		},
		accepted(message, messageId) {
			const what = `accepted "${message.message}"`;
			print(
				`${paint('dim', timeOfDay(Date.now()))}  ${paint('magenta', label(DEV_PATHS.plugchat))}  ${what} to ${message.phone} as ${messageId}`,
			);
		},
		arrived: (arrival) => print(arrivalLine(arrival, { paint, label: label(arrival.path) })),
		stopping: () => print('Stopping.'),
	};
}

function sceneLines(
	{ gateway, receiver, directory, credentials, demo, console: link }: DevScene,
	paint: Terminal['paint'],
): readonly string[] {
	const rows = (entries: readonly (readonly [string, string])[]): readonly string[] =>
		entries.map(([name, value]) => `  ${name.padEnd(22)}  ${value}`);
	const scene = { gateway, demo };
	return [
		'',
		paint('bold', 'Recado is running, with a simulated phone and a local receiver for its webhooks.'),
		'',
		`${paint('bold', 'Console')}  ${paint('cyan', link)}  (signs you in, once, within 10 minutes)`,
		'',
		...rows([
			['gateway', gateway],
			['API reference', `${gateway}/recado/v1/docs`],
			['webhook receiver', receiver],
			['data', directory],
		]),
		'',
		paint('bold', 'Credentials'),
		...rows([
			['admin token', credentials.adminToken],
			['Plugchat token', demo.accountToken],
			['Z-API instance', demo.instanceId],
			['Z-API token', demo.instanceToken],
			['Z-API Client-Token', demo.clientToken],
			['Instant Message appId', demo.applicationId],
			['Instant Message JWT', demo.applicationToken],
		]),
		'',
		paint('bold', 'Paste one of these into another terminal and watch here'),
		'',
		...Object.entries(curls(scene)).flatMap(([name, curl]) => [paint('dim', `# ${name}`), curl, '']),
		paint('bold', 'What happens'),
	];
}

/** One request per API, for a POSIX shell. Tokens and ids have no quotes in them. */
export function curls({ gateway, demo }: Pick<DevScene, 'gateway' | 'demo'>): Readonly<Record<string, string>> {
	return {
		Plugchat: curl(`${gateway}/api/whatsapp/send-text`, [`Authorization: ${demo.accountToken}`], {
			phone: DEV_PHONES.plugchat,
			message: 'Olá pela API do Plugchat',
		}),
		'Z-API': curl(`${gateway}/instances/${demo.instanceId}/token/${demo.instanceToken}/send-text`, [`Client-Token: ${demo.clientToken}`], {
			phone: DEV_PHONES.zApi,
			message: 'Hello from the Z-API',
		}),
		'Instant Message': curl(`${gateway}/v1/messages`, [`Authorization: ${demo.applicationToken}`], {
			provider: 'whatsapp',
			type: 'new',
			templateName: DEV_TEMPLATE,
			contacts: [{ phone: `+${DEV_PHONES.instantMessage}`, '1': 'Maria' }],
		}),
	};
}

function curl(url: string, headers: readonly string[], body: unknown): string {
	const lines = [`curl -X POST '${url}'`, ...[...headers, 'Content-Type: application/json'].map((header) => `-H '${header}'`)];
	return [...lines, `-d '${JSON.stringify(body)}'`].join(' \\\n  ');
}

/** For scripts: one object a line, told apart by `event`. */
function jsonScreen({ print }: Terminal): DevScreen {
	const tell = (event: string, about: object): void => print(JSON.stringify({ event, ...about }));
	return {
		ready: ({ credentials, ...scene }) => tell('ready', { ...scene, adminToken: credentials.adminToken, curls: curls(scene) }),
		accepted: (message, messageId) => tell('accepted', { ...message, messageId }),
		arrived: (arrival) => print(`{"event":"webhook",${arrivalJson(arrival).slice(1)}`),
		stopping: () => tell('stopping', {}),
	};
}
