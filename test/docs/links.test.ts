/** Links between the pages lead somewhere, and pages that are in two languages say so to each other. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { anchorsOf, linksOf, PAGES, ROOT, readPage } from './pages.ts';

const TRANSLATION = '.pt-BR.md';
const INDEX = 'docs/README.md';

describe('links', () => {
	for (const page of PAGES) {
		it(`of ${page} lead to files and headings that are there`, () => {
			const text = readPage(page);
			const lost = linksOf(text).filter((target) => !/^[a-z]+:/.test(target) && !isThere(page, target));
			assert.deepEqual(lost, []);
		});
	}

	it(`lead from ${INDEX} to every page, or to its folder`, () => {
		const led = new Set(linksOf(readPage(INDEX)).map((target) => join(dirname(INDEX), target)));
		const lost = PAGES.filter((page) => page !== INDEX && dirname(page) !== '.' && !led.has(page) && !led.has(dirname(page)));
		assert.deepEqual(lost, []);
	});

	for (const page of PAGES.filter((name) => name.endsWith(TRANSLATION))) {
		it(`lead from ${page} to its original and back`, () => {
			const original = page.replace(TRANSLATION, '.md');
			assert.ok(linksOf(readPage(page)).some((target) => join(dirname(page), target) === original));
			assert.ok(linksOf(readPage(original)).some((target) => join(dirname(page), target) === page));
		});

		it(`are as many in ${page} as in its original, under as many headings`, () => {
			const [translation, original] = [readPage(page), readPage(page.replace(TRANSLATION, '.md'))];
			assert.equal(linksOf(translation).length, linksOf(original).length);
			assert.equal(anchorsOf(translation).size, anchorsOf(original).size);
		});
	}
});

function isThere(page: string, target: string): boolean {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? page : join(dirname(page), path);
	return existsSync(join(ROOT, file)) && (anchor === undefined || anchorsOf(readPage(file)).has(anchor));
}
