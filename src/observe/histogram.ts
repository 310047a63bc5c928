/**
 * A histogram that is fed several times for each delivery. It counts into plain buckets, found label by label, and is made into the text format of
 * Prometheus when somebody reads it; prom-client's own hashes an object of labels at each observation, which costs several times as much.
 */

export interface HistogramOptions<Labels extends readonly string[]> {
	readonly name: string;
	readonly help: string;
	readonly labels: Labels;
	/** Upper bounds, ascending; what is above the last one is counted in `+Inf` alone. */
	readonly bounds: readonly number[];
}

type ValuesOf<Labels extends readonly string[]> = { readonly [Index in keyof Labels]: string };

export class Histogram<const Labels extends readonly string[]> {
	readonly #options: HistogramOptions<Labels>;
	readonly #root: Branch = { next: new Map(), buckets: undefined };

	constructor(options: HistogramOptions<Labels>) {
		this.#options = options;
	}

	/** @param labels their values, in the order of their names. They have few: never an id. */
	observe(value: number, ...labels: ValuesOf<Labels>): void {
		let branch = this.#root;
		for (const label of labels) {
			let next = branch.next.get(label);
			if (next === undefined) {
				next = { next: new Map(), buckets: undefined };
				branch.next.set(label, next);
			}
			branch = next;
		}
		const { bounds } = this.#options;
		branch.buckets ??= this.#empty();
		const { buckets } = branch;
		let at = 0;
		while (at < bounds.length && value > (bounds[at] ?? Number.POSITIVE_INFINITY)) at += 1;
		buckets.counts[at] = (buckets.counts[at] ?? 0) + 1;
		buckets.sum += value;
	}

	/** All of it in the text format of Prometheus. */
	text(): string {
		const { name, help, labels } = this.#options;
		const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`];
		// Without labels it is there from the start, as zero: a rate over it has a beginning.
		if (labels.length === 0 && !this.#root.buckets) this.#root.buckets = this.#empty();
		this.#write(this.#root, [], lines);
		return `${lines.join('\n')}\n`;
	}

	#empty(): Buckets {
		return { counts: new Array<number>(this.#options.bounds.length + 1).fill(0), sum: 0 };
	}

	#write(branch: Branch, values: readonly string[], lines: string[]): void {
		for (const [value, next] of branch.next) this.#write(next, [...values, value], lines);
		if (!branch.buckets) return;
		const { name, labels, bounds } = this.#options;
		const pairs = labels.map((label, index) => `${label}="${escaped(values[index] ?? '')}"`);
		let count = 0;
		for (const [index, inBucket] of branch.buckets.counts.entries()) {
			count += inBucket;
			const bound = bounds[index];
			if (bound !== undefined) lines.push(`${name}_bucket{${[...pairs, `le="${bound}"`].join(',')}} ${count}`);
		}
		const own = pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
		lines.push(`${name}_bucket{${[...pairs, 'le="+Inf"'].join(',')}} ${count}`);
		lines.push(`${name}_sum${own} ${branch.buckets.sum}`, `${name}_count${own} ${count}`);
	}
}

interface Branch {
	readonly next: Map<string, Branch>;
	buckets: Buckets | undefined;
}

interface Buckets {
	/** One more than there are bounds: the last one is what is above all of them. */
	readonly counts: number[];
	sum: number;
}

function escaped(value: string): string {
	return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
