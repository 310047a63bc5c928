/**
 * `npm run coverage:contracts`: how much of the contracts is answered and produced. Prints the page; with `--json` the figures and misses as one
 * object; with `--write` it writes docs/contract-coverage.md and prints the figures.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, page, reportOf } from '../test/contracts/coverage.ts';

const FILE = join(import.meta.dirname, '../docs/contract-coverage.md');

const { values } = parseArgs({ options: { json: { type: 'boolean' }, write: { type: 'boolean' } } });
const coverage = await measure();
const report = reportOf(coverage);
if (values.write) await writeFile(FILE, page(coverage));
if (values.json) process.stdout.write(`${JSON.stringify(report, null, '\t')}\n`);
else if (values.write) process.stdout.write(`${figures()}\n`);
else process.stdout.write(`${page(coverage)}\n${report.misses.map((miss) => `${miss}\n`).join('')}`);

function figures(): string {
	const { operations, payloads } = report;
	return `operations: ${operations.answered} of ${operations.total}, payloads: ${payloads.produced} of ${payloads.total}`;
}
