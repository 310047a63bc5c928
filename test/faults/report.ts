/** The ledger's table, for people on a terminal, for docs/reliability.md and for machines. */
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import type { StoreKind } from '../support/open-store.ts';
import type { Line, Scenario } from './scenario.ts';

export interface Run {
	readonly seed: number;
	readonly size: 'quick' | 'whole';
	readonly store: StoreKind;
	readonly seconds: number;
	readonly lines: readonly Line[];
}

interface Column {
	readonly title: string;
	readonly width: number;
	cell(line: Line): string;
}

/** Below a line on the terminal; the JSON has all. */
const FAULTS_TOLD = 8;

const BEGIN = '<!-- ledger: written by npm run test:faults -- --markdown -->';
const END = '<!-- end of the ledger -->';

const COLUMNS: readonly Column[] = [
	{ title: 'fault', width: 44, cell: (line) => line.fault },
	{ title: 'rounds', width: 6, cell: (line) => String(line.rounds) },
	{ title: 'accepted', width: 8, cell: (line) => String(line.accepted) },
	{ title: 'arrived', width: 8, cell: (line) => String(line.arrived) },
	{ title: 'duplicates', width: 10, cell: (line) => String(line.duplicates) },
	{ title: 'out of order', width: 12, cell: (line) => String(line.outOfOrder) },
	{ title: 'lost', width: 5, cell: (line) => String(line.lost) },
	{ title: 'MiB', width: 4, cell: (line) => String(line.peakMiB) },
	{ title: 'seconds', width: 7, cell: (line) => line.seconds.toFixed(1) },
	{ title: 'kept', width: 4, cell: (line) => (line.skipped === undefined ? (line.faults.length === 0 ? 'yes' : 'NO') : 'skip') },
];

export function tableHead(): string {
	return COLUMNS.map(({ title, width }, at) => (at === 0 ? title.padEnd(width) : title.padStart(width))).join('  ');
}

/** With what went wrong below it. */
export function tableLine(line: Line): string {
	const row = COLUMNS.map(({ width, cell }, at) => (at === 0 ? cell(line).padEnd(width) : cell(line).padStart(width))).join('  ');
	const words = line.skipped === undefined ? told(line.faults) : [`skipped: ${line.skipped}`];
	return [row, ...words.map((word) => `    ${word}`)].join('\n');
}

function told(faults: readonly string[]): readonly string[] {
	const more = faults.length - FAULTS_TOLD;
	return more > 0 ? [...faults.slice(0, FAULTS_TOLD), `and ${more} more`] : faults;
}

/** What a document holds between its marks: what is promised, and the ledger. */
export function markdown(run: Run, scenarios: readonly Scenario[]): string {
	const { commit, machine, node } = where();
	return [
		'| scenario | what is promised |',
		'|---|---|',
		...scenarios.map(({ name, promise }) => row([`\`${name}\``, promise])),
		'',
		`Commit ${commit}, ${machine}, Node.js ${node}, ${run.store}, seed ${run.seed}, ${Math.round(run.seconds)} s in all.`,
		'',
		row(COLUMNS.map(({ title }) => title)),
		row(COLUMNS.map((_, at) => (at === 0 ? '---' : '--:'))),
		...run.lines.map((line) => row(COLUMNS.map(({ cell }) => cell(line)))),
	].join('\n');
}

/** The document with what stands between its marks replaced; a document without marks becomes what would stand there. */
export function intoDocument(document: string, text: string): string {
	const [before, rest] = document.split(BEGIN);
	const after = rest?.split(END)[1];
	return after === undefined ? `${text}\n` : `${before}${BEGIN}\n${text}\n${END}${after}`;
}

function row(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`;
}

export function json(run: Run): string {
	return `${JSON.stringify({ ...where(), ...run }, null, '\t')}\n`;
}

function where(): { readonly commit: string; readonly machine: string; readonly node: string } {
	const [cpu] = cpus();
	const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
	return { commit: commit(), machine, node: process.version };
}

/** Of a copy without git, nothing is known. */
function commit(): string {
	try {
		return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' }).trim();
	} catch {
		return 'unknown';
	}
}
