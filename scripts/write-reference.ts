/** The documents that are made from the code. `npm run reference` writes them; `test/tooling/reference.test.ts` fails where one is out of date. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMANDS } from '../src/cli/commands.ts';
import { commandsPage } from '../src/cli/reference.ts';
import { configurationPage, environmentExample } from '../src/config/reference.ts';
import { ERRORS } from '../src/errors.ts';

export interface Document {
	/** From the root of the project. */
	readonly file: string;
	readonly render: () => string;
}

export const DOCUMENTS: readonly Document[] = [
	{ file: 'docs/reference/errors.md', render: errorsPage },
	{ file: 'docs/reference/configuration.md', render: configurationPage },
	{ file: 'docs/reference/cli.md', render: () => commandsPage(COMMANDS) },
	{ file: '.env.example', render: environmentExample },
];

const ERRORS_HEAD = `<!-- Made from src/errors.ts by \`npm run reference\`; do not edit. -->
# Errors

Every error that the gateway answers on purpose. Each API tells it in its own form; \`/recado/v1\` as \`application/problem+json\` (RFC 9457) with
the code. *Retry* says whether the same request can succeed later without being changed. \`{…}\` is filled in when it happens.

| code | status | retry | English | Portuguese |
|---|---|---|---|---|
`;

function errorsPage(): string {
	const rows = Object.entries(ERRORS).map(
		([code, { status, retryable, en, pt }]) => `| \`${code}\` | ${status} | ${retryable ? 'yes' : 'no'} | ${en} | ${pt} |\n`,
	);
	return `${ERRORS_HEAD}${rows.join('')}`;
}

if (import.meta.main) {
	const root = join(import.meta.dirname, '..');
	for (const { file, render } of DOCUMENTS) await writeFile(join(root, file), render());
}
