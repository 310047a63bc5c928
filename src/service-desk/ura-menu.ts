/** The menu of the URA as words: how it is asked, and what an answer chooses. */
import type { Department } from '../domain/account.ts';
import type { ContentBody } from '../domain/content.ts';
import type { UraOption, UraSettings } from './answering-services.ts';

/** What is offered at first: the options as they were set, or the active departments. */
export function optionsOf(settings: UraSettings, departments: readonly Department[]): readonly UraOption[] {
	if (settings.options) return settings.options;
	return departments
		.filter((one) => one.active && !(settings.ignoreDefault && one.isDefault))
		.map(({ id, name }) => ({ label: name, to: { kind: 'department', departmentId: id } }));
}

/** The message, and under it `1 - Vendas`, `2 - Suporte`. */
export function asked(message: string, options: readonly UraOption[]): string {
	const lines = options.map(({ label }, index) => `${index + 1} - ${label}`);
	return [...(message === '' ? [] : [message, '']), ...lines].join('\n');
}

export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole));
}

/** The option that an answer chooses: by its number or its label, in whatever case and with or without accents. */
export function chosen(content: ContentBody, options: readonly UraOption[]): UraOption | undefined {
	const text = textOf(content);
	if (text === undefined) return undefined;
	const number = /^\D{0,3}(\d{1,3})\D{0,3}$/u.exec(text)?.[1];
	if (number !== undefined) return options[Number(number) - 1];
	const words = plain(text);
	return words === '' ? undefined : options.find(({ label }) => plain(label) === words);
}

/** What somebody wrote or tapped. */
export function textOf(content: ContentBody): string | undefined {
	switch (content.kind) {
		case 'text':
		case 'button-reply':
			return content.text.trim();
		case 'list-reply':
			return content.title.trim();
		default:
			return undefined;
	}
}

function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
