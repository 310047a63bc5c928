/**
 * The styles of the components of Mantine that the console uses, and of those they are made of: a third less than all. Imported as `virtual:mantine.css`;
 * which they are is read from the sources at each build, so nothing has to be kept in step.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Plugin } from 'vite';

const ID = 'virtual:mantine.css';
const PACKAGE = join(import.meta.dirname, '../node_modules/@mantine/core');
const COMPONENTS = join(PACKAGE, 'esm/components');
/** What all of them stand on. */
const BASE = ['baseline', 'default-css-variables', 'global'];

export function mantineStyles(): Plugin {
	return {
		name: 'mantine-styles',
		resolveId: (id) => (id === ID ? id : undefined),
		load: (id) => (id === ID ? [...BASE, ...inOrder(withParts(used()))].map(read).join('\n') : undefined),
	};
}

/** Names that the sources import from the package. */
function used(): ReadonlySet<string> {
	const names = new Set<string>();
	for (const file of globSync('src/**/*.{ts,tsx}', { cwd: import.meta.dirname })) {
		const text = readFileSync(join(import.meta.dirname, file), 'utf8');
		for (const [, list = ''] of text.matchAll(/import\s+\{([^}]*)\}\s+from\s+'@mantine\/(?:core|notifications)'/g)) {
			for (const name of list.split(',')) names.add(name.replace(/^\s*type\s+/, '').trim());
		}
	}
	// What the package of the notifications shows, and the portals that it and others stand in.
	return names.has('Notifications') ? names.add('Notification') : names;
}

function withParts(names: ReadonlySet<string>): ReadonlySet<string> {
	const found = new Set<string>();
	const addSheet = (name: string): void => {
		if (!existsSync(join(COMPONENTS, name)) && existsSync(fileOf(name))) found.add(name);
	};
	const add = (name: string): void => {
		const directory = join(COMPONENTS, name);
		if (name === '' || found.has(name) || !existsSync(directory)) return;
		found.add(name);
		for (const file of globSync('**/*.mjs', { cwd: directory })) {
			const path = join(directory, file);
			// A part of a component has its own sheet, and some stand elsewhere in the package (`utils/InlineInput`): each is named by its directory.
			addSheet(basename(dirname(path)));
			for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(/from "(\.\.?\/[^"]+)"/g)) {
				addSheet(basename(dirname(target)));
				const [component = ''] = relative(COMPONENTS, join(dirname(path), target)).split('/');
				if (component !== '..') add(component);
			}
		}
	};
	for (const name of names) add(name);
	return found;
}

/** As in the package's own sheet of all styles: later ones refine earlier ones. */
function inOrder(names: ReadonlySet<string>): readonly string[] {
	const all = readFileSync(join(PACKAGE, 'styles.css'), 'utf8');
	const styled = [...names].filter((name) => existsSync(fileOf(name)));
	return styled.sort((one, other) => all.indexOf(read(one).slice(0, 200)) - all.indexOf(read(other).slice(0, 200)));
}

function fileOf(name: string): string {
	return join(PACKAGE, 'styles', `${name}.css`);
}

function read(name: string): string {
	return readFileSync(fileOf(name), 'utf8').trim();
}
