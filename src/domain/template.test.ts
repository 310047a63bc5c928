import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillTemplate, type Template, type TemplateComponent, type TemplateValues, variablesOf } from './template.ts';
import { componentFaults } from './template-rules.ts';

const NOTHING: TemplateValues = { body: {}, header: {}, buttons: [] };

function template(...components: readonly TemplateComponent[]): Template {
	return {
		facebookId: '7',
		accountId: 'acc_1',
		applicationId: 'app_1',
		name: 'pedido',
		language: 'pt_BR',
		category: 'UTILITY',
		status: 'APPROVED',
		components,
		createdAt: 0,
		updatedAt: 0,
	};
}

test('all parts are filled, and say what kind of button they are', () => {
	const filled = fillTemplate(
		template(
			{ type: 'HEADER', format: 'TEXT', text: 'Oi {{1}}' },
			{ type: 'BODY', text: '{{2}}, {{1}} e {{2}}' },
			{ type: 'FOOTER', text: 'Loja' },
			{
				type: 'BUTTONS',
				buttons: [
					{ type: 'QUICK_REPLY', text: 'Sim' },
					{ type: 'PHONE_NUMBER', text: 'Ligar', phone_number: '+5511976333566' },
					{ type: 'URL', text: 'Ver', url: 'https://loja.example/{{1}}' },
					{ type: 'URL', text: 'Site', url: 'https://loja.example/' },
				],
			},
		),
		{ body: { 1: 'um', 2: '{{1}}' }, header: { 1: 'Ana' }, buttons: [{ index: 2, content: 'p/7' }] },
	);
	assert.deepEqual(filled, {
		kind: 'filled',
		content: {
			kind: 'template',
			templateId: '7',
			// A value that looks like a variable is none.
			text: '{{1}}, um e {{1}}',
			title: 'Oi Ana',
			footer: 'Loja',
			buttons: [
				{ action: 'reply', id: 'Sim', label: 'Sim' },
				{ action: 'call', label: 'Ligar', phone: '+5511976333566' },
				{ action: 'url', label: 'Ver', url: 'https://loja.example/p/7' },
				{ action: 'url', label: 'Site', url: 'https://loja.example/' },
			],
		},
	});
});

test('a medium becomes the header that the template says', () => {
	const medium = { url: 'https://x.example/a', mimeType: '', fileName: 'a.pdf' };
	for (const [format, kind] of [
		['IMAGE', 'image'],
		['VIDEO', 'video'],
		['DOCUMENT', 'document'],
	] as const) {
		const filled = fillTemplate(template({ type: 'HEADER', format }, { type: 'BODY', text: 'x' }), { ...NOTHING, medium });
		assert.deepEqual(filled.kind === 'filled' && filled.content.header, { kind, ...medium });
	}
});

test('each fault has its place', () => {
	const filled = fillTemplate(
		template(
			{ type: 'BODY', text: '{{1}} {{2}} {{3}}' },
			{ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Ver', url: 'https://x.example/{{1}}' }] },
		),
		{
			body: { 1: 'x', 2: 'a     b', 4: 'x' },
			header: { 1: 'x' },
			medium: { url: 'x', mimeType: '' },
			buttons: [
				{ index: 0, content: 'a' },
				{ index: 0, content: 'b' },
				{ index: 3, content: 'c' },
			],
		},
	);
	assert.deepEqual(filled.kind === 'faulty' && filled.faults.map(({ path, en }) => `${path} ${en}`), [
		'3 is a variable of the template and has to be given',
		'2 must not have line breaks, tabs or more than four spaces in a row',
		'4 is no variable of the template',
		'header.1 is no variable of the template',
		'header has a medium, and the template has none',
		'buttons[0] is given twice',
		'buttons[3] is no variable of the template',
	]);
});

test('the variables of a text are counted by their numbers', () => {
	assert.deepEqual(variablesOf('{{10}} {{2}} {{2}} {{ 3 }} {4} {{x}}'), ['2', '10']);
});

test('components that WhatsApp would not take are refused, with what is wrong of each', () => {
	const faults = (...components: readonly TemplateComponent[]): readonly string[] =>
		componentFaults(components).map(({ path, en }) => `${path} ${en}`);
	const body: TemplateComponent = { type: 'BODY', text: '{{1}} {{2}}' };
	const url = (address: string): TemplateComponent => ({ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'x', url: address }] });
	assert.deepEqual(faults(body, url('https://x.example/{{1}}')), []);
	assert.deepEqual(faults(), ['components needs a BODY']);
	assert.deepEqual(faults(body, body), ['components has BODY more than once']);
	assert.deepEqual(faults({ type: 'BODY', text: '{{1}} {{3}}' }), ['components[0].text must count its variables from {{1}} without gaps']);
	assert.deepEqual(faults(body, { type: 'HEADER', format: 'TEXT', text: '{{1}} {{2}}' }), ['components[1].text may have one variable']);
	assert.deepEqual(faults(body, { type: 'FOOTER', text: '{{1}}' }), ['components[1].text may have no variables']);
	assert.deepEqual(faults(body, url('https://x.example/{{1}}/y')), [
		'components[1].buttons[0].url may have one variable, {{1}}, at its end',
	]);
	assert.deepEqual(faults(body, url('ftp://x.example/')), ['components[1].buttons[0].url must be an http or https URL']);
	const many = (type: 'QUICK_REPLY' | 'URL', count: number): TemplateComponent => ({
		type: 'BUTTONS',
		buttons: Array.from({ length: count }, () => (type === 'URL' ? { type, text: 'x', url: 'https://x.example' } : { type, text: 'x' })),
	});
	assert.deepEqual(faults(body, many('QUICK_REPLY', 11)), ['components[1].buttons may have 10 buttons']);
	assert.deepEqual(faults(body, many('URL', 3)), ['components[1].buttons may have 2 of type URL']);
	const calls = { type: 'PHONE_NUMBER', text: 'x', phone_number: '1' } as const;
	assert.deepEqual(faults(body, { type: 'BUTTONS', buttons: [calls, calls] }), ['components[1].buttons may have 1 of type PHONE_NUMBER']);
});
