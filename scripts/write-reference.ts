/** The documents that are made from the code. `npm run reference` writes them; `test/tooling/reference.test.ts` and `open-api.test.ts` fail where one is out of date. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMANDS } from '../src/cli/commands.ts';
import { commandsPage } from '../src/cli/reference.ts';
import { configurationPage, environmentExample } from '../src/config/reference.ts';
import { ERRORS } from '../src/errors.ts';
import { CONSOLE_VIEWS_FILE, consoleViews } from './console-views.ts';
import { openApiDocuments } from './open-api-documents.ts';
import { operationsFile } from './operations/documented-operations.ts';

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
	{ file: 'src/dialects/plugchat/operations.json', render: () => operationsFile('plugchat') },
	{ file: 'src/dialects/plugchat-partner/operations.json', render: () => operationsFile('plugchat-partner') },
	{ file: 'src/dialects/z-api/operations.json', render: () => operationsFile('z-api') },
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
	// After the others: the gateway reads what they wrote.
	await mkdir(join(root, 'docs/openapi'), { recursive: true });
	for (const { file, text } of await openApiDocuments()) await writeFile(join(root, file), text);
	await writeFile(join(root, CONSOLE_VIEWS_FILE), await consoleViews(root));
}
