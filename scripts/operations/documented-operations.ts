/**
 * The `operations.json` of a dialect: what the contracts print of its operations, as far as its OpenAPI document shows it. Made rather than read at
 * run time, since the contracts are a thing of the tests and do not ship.
 */
import type { DocumentedAnswer, DocumentedOperation, Examples } from '../../src/dialects/open-api/documented.ts';
import { nameOf, OPERATIONS, OPERATIONS_NOT_THERE, type Operation, type System, successesOf } from '../../test/contracts/operations.ts';
import { optionalOf } from '../../test/contracts/quirks.ts';
import { answerSchema } from './answer-schema.ts';
import { SUMMARIES, TAGS } from './summaries.ts';

/** They share their address with another operation, and say nothing of it. */
const HIDDEN: ReadonlySet<string> = new Set([
	// Told by its recipient, and answered 501.
	'z-api metaai.conversation',
	// An empty page (contracts, quirk 15).
	'plugchat message.send-message-catalog',
]);

/** Text of JSON. Throws where an operation has no summary. */
export function operationsFile(system: System): string {
	const operations = [...OPERATIONS, ...OPERATIONS_NOT_THERE].filter((one) => one.system === system && !HIDDEN.has(nameOf(one)));
	const byAddress = Map.groupBy(operations, ({ method, path }) => addressOf(method, path));
	return `${JSON.stringify([...byAddress.values()].map(documented), undefined, '\t')}\n`;
}

function documented(operations: readonly Operation[]): DocumentedOperation {
	const all = operations.flatMap(({ method, path, pathVariants = [] }) => {
		const spellings = [path, ...pathVariants];
		// The gateway takes a document without the extension, too: the name of the file has one.
		const shorter = spellings.map((one) => one.replace(/\/\{extension\}$/, ''));
		return [...spellings, ...shorter].map((one) => addressOf(method, one));
	});
	return { addresses: [...new Set(all)], ...namesOf(operations), bodies: bodiesOf(operations), answers: answersOf(operations) };
}

/** As in `documented.ts` of the dialects: the names of parameters are not the same everywhere. */
function addressOf(method: string, path: string): string {
	return `${method} ${path.replace(/\{\w+\}/g, '{}').replace(/\/$/, '')}`;
}

function namesOf(operations: readonly Operation[]): { readonly summary: string; readonly tag: string } {
	const [named] = operations.flatMap((operation) => {
		const summary = SUMMARIES[nameOf(operation)] ?? SUMMARIES[operation.id];
		const tag = TAGS[operation.group];
		return summary === undefined || tag === undefined ? [] : [{ summary, tag }];
	});
	if (named) return named;
	throw new Error(`one of ${operations.map(nameOf).join(', ')} needs a summary, and its group a tag: scripts/operations/summaries.ts`);
}

function bodiesOf(operations: readonly Operation[]): Examples {
	return Object.assign(
		{},
		...operations.map(({ id, body }) => named(id, body.example === null ? [] : [body.example, ...(body.moreExamples ?? [])])),
	);
}

function answersOf(operations: readonly Operation[]): Readonly<Record<string, DocumentedAnswer>> {
	const statuses = new Set(operations.flatMap(successesOf));
	return Object.fromEntries(
		[...statuses].map((status) => {
			const printed = operations.flatMap((operation) => {
				const { body = null, alternatives = [], fields = {} } = operation.responses[status] ?? {};
				if (body === null) return [];
				return [{ id: operation.id, fields, optional: new Set(optionalOf(operation)), bodies: [body, ...alternatives] }];
			});
			if (printed.length === 0) return [status, {}];
			const examples: Examples = Object.assign({}, ...printed.map(({ id, bodies }) => named(id, bodies)));
			return [status, { schema: answerSchema(printed), examples }];
		}),
	);
}

function named(id: string, values: readonly unknown[]): Examples {
	return Object.fromEntries(values.map((value, index) => [index === 0 ? id : `${id} (${index + 1})`, { value }]));
}
