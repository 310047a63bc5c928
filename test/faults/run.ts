/**
 * `npm run test:faults`: brings every fault about, one kind after the other, and prints the ledger. Ends with 1 where anything was not kept.
 *
 *     npm run test:faults -- --quick                  a little of each, under a minute
 *     npm run test:faults -- --only kill-random,dns   some of them
 *     npm run test:faults -- --store postgres         on PostgreSQL instead of SQLite
 *     npm run test:faults -- --seed 42                the same choices again
 *     npm run test:faults -- --json FILE --markdown docs/reliability.md
 */
import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { mulberry } from '../../src/system/mulberry.ts';
import { testedStore } from '../support/open-store.ts';
import { intoDocument, json, markdown, type Run, tableHead, tableLine } from './report.ts';
import type { Line, Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		only: { type: 'string' },
		store: { type: 'string' },
		seed: { type: 'string', default: String(randomInt(2 ** 31)) },
		json: { type: 'string' },
		markdown: { type: 'string' },
	},
});

// As for all other tests, which have no command line.
if (values.store !== undefined) process.env['RECADO_TEST_STORE'] = values.store;
const store = testedStore();
const seed = Number(values.seed);
const size = values.quick ? 'quick' : 'whole';
const begunAt = performance.now();
console.log(`seed ${seed}, on ${store}\n\n${tableHead()}`);
const lines: Line[] = [];
const scenarios = chosen(values.only);
for (const scenario of scenarios) {
	const found = await scenario.run({ random: mulberry(seed), size });
	for (const line of found) console.log(tableLine(line));
	lines.push(...found);
}
const run: Run = { seed, size, store, seconds: (performance.now() - begunAt) / 1000, lines };
const broken = lines.filter((line) => line.faults.length > 0);
console.log(
	`\n${lines.length} faults in ${run.seconds.toFixed(0)} s; ${broken.length === 0 ? 'every promise was kept' : `${broken.length} NOT KEPT`}`,
);
if (values.json !== undefined) await writeFile(values.json, json(run));
if (values.markdown !== undefined) {
	const document = await readFile(values.markdown, 'utf8').catch(() => '');
	await writeFile(values.markdown, intoDocument(document, markdown(run, scenarios)));
}
process.exit(broken.length === 0 ? 0 : 1);

function chosen(only: string | undefined): readonly Scenario[] {
	if (only === undefined) return SCENARIOS;
	const names = only.split(',');
	const unknown = names.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
	if (unknown.length > 0) throw new Error(`no scenario ${unknown.join(', ')}; there are ${SCENARIOS.map(({ name }) => name).join(', ')}`);
	return SCENARIOS.filter(({ name }) => names.includes(name));
}
