/** The pages of the documentation, as text: their links, their code and what they name. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '../..');

/** Every page, from the root of the project. */
export const PAGES: readonly string[] = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).sort();

export function readPage(page: string): string {
	return readFileSync(join(ROOT, page), 'utf8');
}

/** The fenced blocks in one language, in order. */
export function codeOf(text: string, language: string): readonly string[] {
	return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, name, code = '']) => (name === language ? [code] : []));
}

/** Where its links lead, outside of code. */
export function linksOf(text: string): readonly string[] {
	return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** What stands between backticks, outside of blocks. */
export function quotedIn(text: string): readonly string[] {
	return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, quoted = '']) => quoted);
}

/** The anchors of its headings, in the manner of GitHub. */
export function anchorsOf(text: string): ReadonlySet<string> {
	const headings = [...withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => heading);
	return new Set(
		headings.map((heading) =>
			heading
				.toLowerCase()
				.replace(/[^\p{L}\p{N}_ -]/gu, '')
				.replaceAll(' ', '-'),
		),
	);
}

function withoutBlocks(text: string): string {
	return text.replace(/^```.*?^```$/gms, '');
}

function withoutCode(text: string): string {
	return withoutBlocks(text).replace(/`[^`\n]*`/g, '');
}
