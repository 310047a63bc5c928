/** A result as Markdown: the table that the run prints and that docs/performance.md shows. */
import type { Environment } from './harness/environment.ts';
import type { Figure, Figures } from './harness/scenario.ts';
import { isFigures, type Target } from './targets.ts';

export interface Result extends Environment {
	readonly minutes: number;
	readonly tookSeconds: Readonly<Record<string, number>>;
	readonly scenarios: Figures;
	readonly ratios: Readonly<Record<string, number>>;
	readonly targets: readonly Target[];
}

export function markdownOf(result: Result): string {
	return [originOf(result), table(['target', 'wanted', 'measured', ''], result.targets.map(targetRow)), ...figureTables(result)].join(
		'\n\n',
	);
}

function originOf({ date, commit, isChanged, machine, versions, minutes }: Result): string {
	const { cpus, model, memoryMiB, os } = machine;
	const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
	return [
		`Commit \`${commit.slice(0, 12)}\`${isChanged ? ' with changes' : ''}, ${date.slice(0, 16).replace('T', ' ')} UTC, in ${minutes} minutes.`,
		`${cpus} × ${model}, ${Math.round(memoryMiB / 1024)} GiB, ${os}. ${named.join(', ')}.`,
	].join('\n');
}

function targetRow({ name, wanted, value, met, skipped }: Target): string[] {
	if (value === undefined) return [name, wanted, skipped ?? '', ''];
	return [name, wanted, written(value), met ? 'met' : '**missed**'];
}

function figureTables({ scenarios }: Result): string[] {
	return Object.entries(scenarios).flatMap(([name, figures]) => (isFigures(figures) ? [`### ${name}`, ...tablesOf(figures)] : []));
}

/** The plain figures first, then those that come in several columns (rates, stages, peers) side by side. */
function tablesOf(figures: Figures): string[] {
	const entries = Object.entries(figures).filter(([, figure]) => figure !== undefined);
	const plain = entries.flatMap(([name, figure]) => (isFigures(figure) ? [] : [[name, written(figure)]]));
	const nested = entries.flatMap(([name, figure]) => (isFigures(figure) ? [[name, figure] as const] : []));
	const columns = nested.filter(([, inner]) => !Object.values(inner).some(isFigures));
	const names = [...new Set(columns.flatMap(([, inner]) => Object.keys(inner)))];
	const rows = names.map((name) => [name, ...columns.map(([, inner]) => written(inner[name]))]);
	return [
		...(plain.length > 0 ? [table(['figure', 'value'], plain)] : []),
		...(columns.length > 0 ? [table(['figure', ...columns.map(([name]) => name)], rows)] : []),
		...nested.filter((one) => !columns.includes(one)).flatMap(([name, inner]) => [`#### ${name}`, ...tablesOf(inner)]),
	];
}

function written(figure: Figure): string {
	if (figure === undefined || figure === null) return '';
	if (typeof figure === 'number') return Number.isInteger(figure) ? figure.toLocaleString('en') : String(figure);
	return Array.isArray(figure) ? figure.map(written).join(', ') : String(figure);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
