/**
 * Templates: what a business may write to a customer who has not written within the last 24 hours. WhatsApp approves each beforehand; what changes from
 * message to message are its variables, `{{1}}`, `{{2}}`, … counted from 1 in each component. The rules are those of WhatsApp's Business Management API.
 */
import type { ActionButton, ContentBody, Medium } from './content.ts';

/** In the form and spelling in which WhatsApp has them. */
export interface Template {
	/** WhatsApp's id: digits. */
	readonly facebookId: string;
	readonly accountId: string;
	readonly applicationId: string;
	/** Unique in its application; small letters, digits and `_`. */
	readonly name: string;
	/** `pt_BR` */
	readonly language: string;
	/** `MARKETING`, `UTILITY`, …: WhatsApp renames them every few years. */
	readonly category: string;
	/** Only an approved one can be sent. */
	readonly status: TemplateStatus;
	readonly components: readonly TemplateComponent[];
	readonly createdAt: number;
	readonly updatedAt: number;
}

export const TEMPLATE_STATUSES: readonly ['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED'] = [
	'APPROVED',
	'PENDING',
	'REJECTED',
	'PAUSED',
	'DISABLED',
];
export type TemplateStatus = (typeof TEMPLATE_STATUSES)[number];

export type TemplateComponent =
	| { readonly type: 'HEADER'; readonly format: 'TEXT'; readonly text: string }
	| { readonly type: 'HEADER'; readonly format: MediumFormat }
	| { readonly type: 'BODY'; readonly text: string }
	| { readonly type: 'FOOTER'; readonly text: string }
	| { readonly type: 'BUTTONS'; readonly buttons: readonly TemplateButton[] };

export type MediumFormat = 'IMAGE' | 'VIDEO' | 'DOCUMENT';

export type TemplateButton =
	| { readonly type: 'PHONE_NUMBER'; readonly text: string; readonly phone_number: string }
	| { readonly type: 'QUICK_REPLY'; readonly text: string }
	/** `url` may end in `{{1}}`. */
	| { readonly type: 'URL'; readonly text: string; readonly url: string };

export type TemplateContent = Extract<ContentBody, { readonly kind: 'template' }>;

/** What one message puts into a template. */
export interface TemplateValues {
	/** By number of the variable. */
	readonly body: Readonly<Record<string, string>>;
	readonly header: Readonly<Record<string, string>>;
	readonly medium?: Medium;
	readonly buttons: readonly { readonly index: number; readonly content: string }[];
}

/** One thing that is wrong: where, and what is expected there, in both languages of the dialects. */
export interface TemplateFault {
	readonly path: string;
	readonly en: string;
	readonly pt: string;
}

export type FilledTemplate =
	| { readonly kind: 'filled'; readonly content: TemplateContent }
	| { readonly kind: 'faulty'; readonly faults: readonly TemplateFault[] };

/** The message that a template becomes with these values; faults name each variable that is missing, too much, or not as WhatsApp takes it. */
export function fillTemplate(template: Template, values: TemplateValues): FilledTemplate {
	const { header, body, footer, buttons } = partsOf(template.components);
	const faults = [
		...variableFaults(variablesOf(body), values.body, ''),
		...variableFaults(header?.format === 'TEXT' ? variablesOf(header.text) : [], values.header, 'header.'),
		...mediumFaults(mediumFormatOf(template), values.medium),
		...buttonFaults(buttons, values.buttons),
	];
	if (faults.length > 0) return { kind: 'faulty', faults };
	const medium = header !== undefined && header.format !== 'TEXT' && values.medium ? headerMedium(header.format, values.medium) : undefined;
	return {
		kind: 'filled',
		content: {
			kind: 'template',
			templateId: template.facebookId,
			text: filled(body, values.body),
			...(header?.format === 'TEXT' ? { title: filled(header.text, values.header) } : {}),
			...(footer === undefined ? {} : { footer }),
			...(medium === undefined ? {} : { header: medium }),
			buttons: buttons.map((button, index) => actionOf(button, values.buttons.find((one) => one.index === index)?.content)),
		},
	};
}

/** Which kind of medium heads the message, if any. */
export function mediumFormatOf({ components }: Pick<Template, 'components'>): MediumFormat | undefined {
	const { header } = partsOf(components);
	return header === undefined || header.format === 'TEXT' ? undefined : header.format;
}

interface Parts {
	readonly header: Extract<TemplateComponent, { type: 'HEADER' }> | undefined;
	readonly body: string;
	readonly footer: string | undefined;
	readonly buttons: readonly TemplateButton[];
}

function partsOf(components: readonly TemplateComponent[]): Parts {
	const of = <T extends TemplateComponent['type']>(type: T) =>
		components.find((component): component is Extract<TemplateComponent, { type: T }> => component.type === type);
	return { header: of('HEADER'), body: of('BODY')?.text ?? '', footer: of('FOOTER')?.text, buttons: of('BUTTONS')?.buttons ?? [] };
}

const VARIABLE = /\{\{(\d+)\}\}/g;

/** The names of the variables of a text, each once, by number. */
export function variablesOf(text: string): readonly string[] {
	const names = new Set([...text.matchAll(VARIABLE)].map(([, name]) => name ?? ''));
	return [...names].sort((one, other) => Number(one) - Number(other));
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(VARIABLE, (written, name: string) => values[name] ?? written);
}

/** WhatsApp refuses these in variables, so that nobody smuggles a message of their own into a template (error 131009). */
const UNFIT = /[\n\r\t]| {5,}/;

function variableFaults(wanted: readonly string[], given: Readonly<Record<string, string>>, prefix: string): readonly TemplateFault[] {
	const missing = wanted.filter((name) => given[name] === undefined).map((name) => fault(`${prefix}${name}`, REQUIRED));
	const others = Object.entries(given).flatMap(([name, value]) => {
		if (!wanted.includes(name)) return [fault(`${prefix}${name}`, EXTRA)];
		return valueFaults(`${prefix}${name}`, value);
	});
	return [...missing, ...others];
}

function valueFaults(path: string, value: string): readonly TemplateFault[] {
	if (value.trim() === '') return [fault(path, EMPTY)];
	return UNFIT.test(value) ? [fault(path, UNFIT_VALUE)] : [];
}

function mediumFaults(format: MediumFormat | undefined, medium: Medium | undefined): readonly TemplateFault[] {
	if (format !== undefined && medium === undefined)
		return [
			fault('header', {
				en: `needs link or id: the template has a header of ${format}`,
				pt: `precisa de link ou id: o template tem cabeçalho ${format}`,
			}),
		];
	if (format === undefined && medium !== undefined) return [fault('header', NO_MEDIUM)];
	return [];
}

function buttonFaults(buttons: readonly TemplateButton[], given: TemplateValues['buttons']): readonly TemplateFault[] {
	const wanted = buttons.flatMap((button, index) => (button.type === 'URL' && variablesOf(button.url).length > 0 ? [index] : []));
	const missing = wanted.filter((index) => !given.some((one) => one.index === index)).map((index) => fault(`buttons[${index}]`, REQUIRED));
	const others = given.flatMap(({ index, content }, place) => {
		if (!wanted.includes(index)) return [fault(`buttons[${index}]`, EXTRA)];
		if (given.findIndex((one) => one.index === index) !== place) return [fault(`buttons[${index}]`, TWICE)];
		return valueFaults(`buttons[${index}].content`, content);
	});
	return [...missing, ...others];
}

const REQUIRED = { en: 'is a variable of the template and has to be given', pt: 'é uma variável do template e é obrigatória' };
const EXTRA = { en: 'is no variable of the template', pt: 'não é uma variável do template' };
const TWICE = { en: 'is given twice', pt: 'foi informado duas vezes' };
const EMPTY = { en: 'must not be empty', pt: 'não pode ser vazio' };
const UNFIT_VALUE = {
	en: 'must not have line breaks, tabs or more than four spaces in a row',
	pt: 'não pode ter quebras de linha, tabulações ou mais de quatro espaços seguidos',
};
const NO_MEDIUM = { en: 'has a medium, and the template has none', pt: 'tem mídia, e o template não' };

function fault(path: string, words: { readonly en: string; readonly pt: string }): TemplateFault {
	return { path, ...words };
}

function headerMedium(format: MediumFormat, medium: Medium): NonNullable<TemplateContent['header']> {
	switch (format) {
		case 'IMAGE':
			return { kind: 'image', ...medium };
		case 'VIDEO':
			return { kind: 'video', ...medium };
		case 'DOCUMENT':
			return { kind: 'document', ...medium };
	}
}

/** What a tap on a quick reply sends back is its text, as WhatsApp has it where no payload is given. */
function actionOf(button: TemplateButton, content: string | undefined): ActionButton {
	switch (button.type) {
		case 'QUICK_REPLY':
			return { action: 'reply', id: button.text, label: button.text };
		case 'PHONE_NUMBER':
			return { action: 'call', label: button.text, phone: button.phone_number };
		case 'URL':
			return { action: 'url', label: button.text, url: content === undefined ? button.url : filled(button.url, { 1: content }) };
	}
}
