/**
 * How much of the contracts the gateway answers and produces, by system and group, with the name of each miss. `npm run coverage:contracts` prints it;
 * `docs/contract-coverage.md` is what it wrote last, and tests fail where that is not so any more.
 */
import { answersNotThere, examine } from './examine.ts';
import { nameOf, OPERATIONS, OPERATIONS_NOT_THERE, type Operation } from './operations.ts';
import { type ProducedPayload, producePayloads } from './payloads.ts';
import { startWorld } from './world.ts';

export interface Verdict {
	readonly operation: Operation;
	/** None: it is answered as documented. */
	readonly faults: readonly string[];
}

export interface Coverage {
	/** Of the operations that are to be answered. */
	readonly verdicts: readonly Verdict[];
	/** Of those that are to be answered 501. */
	readonly notThere: readonly Verdict[];
	readonly payloads: readonly ProducedPayload[];
}

/** What `--json` prints. */
export interface CoverageReport {
	readonly operations: { readonly answered: number; readonly total: number };
	readonly payloads: { readonly produced: number; readonly total: number };
	/** `<system> <operation or file>: <the first thing that is wrong>` */
	readonly misses: readonly string[];
}

export async function measure(): Promise<Coverage> {
	const [verdicts, notThere] = await measureOperations();
	return { verdicts, notThere, payloads: await producePayloads() };
}

export function reportOf({ verdicts, notThere, payloads }: Coverage): CoverageReport {
	const wrong = [...verdicts, ...notThere].filter(({ faults }) => faults.length > 0);
	const unproduced = payloads.filter(({ produced }) => !produced);
	return {
		operations: { answered: answered(verdicts), total: verdicts.length },
		payloads: { produced: payloads.length - unproduced.length, total: payloads.length },
		misses: [
			...wrong.map(({ operation, faults }) => `${nameOf(operation)}: ${faults[0]}`),
			...unproduced.map(({ file, miss }) => `${file}: ${miss ?? 'not produced'}`),
		],
	};
}

export function page({ verdicts, payloads }: Coverage): string {
	return `${operationsSection(verdicts)}\n${payloadsSection(payloads)}`;
}

const HEAD = `<!-- Made by \`npm run coverage:contracts -- --write\`; do not edit. -->
# What the contracts say, and what is there

Counted by trying it: each documented operation is called on a running gateway, rightly and wrong in each thing that its page names, and each
documented payload is brought about by a phone of the simulator and taken from the receiver of a webhook. An operation counts where status, keys,
types and errors are as documented, and where another call can tell what it did, that too. Exceptions, each with its reason, stand in
\`test/contracts/quirks.ts\`.
`;

/** The page up to the payloads. Without the reasons of the misses, which name ids that are new each time. */
export function operationsSection(verdicts: readonly Verdict[]): string {
	const rows = [...grouped(verdicts, ({ operation }) => `${operation.system} | ${operation.group}`)].map(
		([of, ones]) => `| ${of} | ${answered(ones)} | ${ones.length} |\n`,
	);
	const wrong = verdicts.filter(({ faults }) => faults.length > 0).map(({ operation }) => nameOf(operation));
	return `${HEAD}
## Operations

| system | group | answered as documented | of |
|---|---|---|---|
${rows.join('')}| **all** | | **${answered(verdicts)}** | **${verdicts.length}** |

${namedMisses(wrong)}
Besides, these groups of Z-API are not there yet; each operation is answered 501:
${notThereLine()}.
`;
}

/** The rest of the page. */
export function payloadsSection(payloads: readonly ProducedPayload[]): string {
	const rows = [...grouped(payloads, ({ file }) => file.split('/')[0] ?? '')].map(
		([system, ones]) => `| ${system} | ${producedOf(ones)} | ${ones.length} |\n`,
	);
	return `## Payloads of webhooks

| system | produced | of |
|---|---|---|
${rows.join('')}| **all** | **${producedOf(payloads)}** | **${payloads.length}** |

${namedMisses(payloads.filter(({ produced }) => !produced).map(({ file }) => file))}`;
}

async function measureOperations(): Promise<readonly [readonly Verdict[], readonly Verdict[]]> {
	await using world = await startWorld();
	const verdicts: Verdict[] = [];
	for (const operation of OPERATIONS) verdicts.push({ operation, faults: await examine(world, operation) });
	const notThere: Verdict[] = [];
	for (const operation of OPERATIONS_NOT_THERE) notThere.push({ operation, faults: await answersNotThere(world, operation) });
	return [verdicts, notThere];
}

function notThereLine(): string {
	const groups = grouped(OPERATIONS_NOT_THERE, ({ group }) => group);
	return [...groups].map(([group, ones]) => `*${group}* (${ones.length})`).join(', ');
}

function namedMisses(names: readonly string[]): string {
	if (names.length === 0) return 'None is missing.\n';
	return `Missing:\n\n${names.map((name) => `- \`${name}\`\n`).join('')}`;
}

function answered(verdicts: readonly Verdict[]): number {
	return verdicts.filter(({ faults }) => faults.length === 0).length;
}

function producedOf(payloads: readonly ProducedPayload[]): number {
	return payloads.filter(({ produced }) => produced).length;
}

/** In the order of the first of each. */
function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
	return Map.groupBy(all, keyOf);
}
