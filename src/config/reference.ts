/**
 * The documents that are made from the table of options: the reference page and `.env.example`. `npm run reference` writes them, and a test
 * fails where a file differs from what is made here.
 */
import type { Rooms } from './config.ts';
import { type Option, optionsByRoom } from './options.ts';

/** Headings of the groups that options are shown in. */
export const ROOM_TITLES: Readonly<Record<keyof Rooms, string>> = {
	http: 'Server',
	store: 'Storage',
	secrets: 'Secrets',
	delivery: 'Delivery',
	janitor: 'Retention',
	jobs: 'Jobs',
	net: 'Outbound connections',
	messaging: 'Messaging',
	media: 'Media',
	simulator: 'Simulator',
	access: 'Access',
	oidc: 'Sign-in by OpenID Connect',
	console: 'Console',
	health: 'Health',
	tracing: 'Tracing',
	shutdown: 'Stopping',
	log: 'Log',
};

/** `docs/reference/configuration.md`. */
export function configurationPage(): string {
	const rooms = optionsByRoom().map(([room, options]) => {
		const rows = options.map(([, option]) => `| \`${option.env}\` | ${shownDefault(option)} | ${option.unit} | ${option.meaning} |`);
		return [`## ${ROOM_TITLES[room]}`, '', '| variable | default | unit | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
	});
	return `${PAGE_HEAD}\n${rooms.join('\n')}`;
}

const PAGE_HEAD = `<!-- Made from src/config/options.ts by \`npm run reference\`; do not edit. -->
# Configuration

\`recado serve\` is configured by environment variables; \`recado dev\` needs none. All faults are reported at once, and \`serve\` refuses to
start on any (exit code 78). A variable that starts with \`RECADO_\` and is not listed here is a fault too, so that a typo does not pass for a
default. An empty variable counts as not set. \`recado serve --environment FILE\` reads variables from a file (see \`.env.example\`); those of the
process go before it. \`recado doctor\` checks a configuration without starting anything.

Durations are written \`500ms\`, \`30s\`, \`10m\`, \`24h\`, \`3d\`; bytes \`65536\`, \`64KiB\`, \`20MiB\`.
`;

function shownDefault(option: Option<unknown>): string {
	if (option.isRequired) return '**required**';
	return option.default === undefined || option.default === '' ? 'none' : `\`${option.default}\``;
}

/** `.env.example`: required variables to fill in, the others commented out with their defaults. */
export function environmentExample(): string {
	const rooms = optionsByRoom().map(([room, options]) => {
		const entries = options.map(([, option]) => {
			const line = option.isRequired ? `${option.env}=` : `#${option.env}=${option.default ?? ''}`;
			return [...wrapped(`${option.meaning.replaceAll('`', '')} Unit: ${option.unit}.`, 110).map((text) => `# ${text}`), line].join('\n');
		});
		return [`# --- ${ROOM_TITLES[room]} ---`, ...entries, ''].join('\n\n').trimEnd();
	});
	return `${EXAMPLE_HEAD}\n${rooms.join('\n\n')}\n`;
}

const EXAMPLE_HEAD = `# Configuration of \`recado serve\`. Copy to .env, fill in the two secrets, start with: recado serve --environment .env
# Made from src/config/options.ts by \`npm run reference\`; do not edit the example.
`;

function wrapped(text: string, columns: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && line.length + 1 + word.length > columns) {
			lines.push(line);
			line = '';
		}
		line = line === '' ? word : `${line} ${word}`;
	}
	return [...lines, line];
}
