/** The paths that have routes, with their methods: what tells 405 from 404, whatever the method, and fills `Allow`. */

interface KnownPath {
	readonly pattern: RegExp;
	readonly methods: Set<string>;
}

export class KnownPaths {
	readonly #paths = new Map<string, KnownPath>();

	/** `url` as the router takes it: `/instances/:id/queue`, `/docs/*`. */
	add(url: string, methods: string | readonly string[]): void {
		const known = this.#paths.get(url) ?? { pattern: patternOf(url), methods: new Set() };
		this.#paths.set(url, known);
		for (const method of [methods].flat()) known.methods.add(method);
	}

	/** The methods that this path takes, sorted; none where nothing is there. `path` without its query. */
	methodsOf(path: string): readonly string[] {
		const found = new Set<string>();
		for (const { pattern, methods } of this.#paths.values()) {
			if (pattern.test(path)) for (const method of methods) found.add(method);
		}
		return [...found].sort();
	}
}

/** Slashes that are doubled or at the end are ignored, as the router does. */
function patternOf(url: string): RegExp {
	const segments = url
		.split('/')
		.filter((segment) => segment !== '')
		.map((segment) => (segment === '*' ? '.*' : segment.startsWith(':') ? '[^/]+' : RegExp.escape(segment)));
	return new RegExp(`^${segments.map((segment) => `/+${segment}`).join('')}/*$`);
}
