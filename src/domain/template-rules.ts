/** What WhatsApp asks of the components of a template before it looks at what they say: how many of each, how long, which variables. */
import { type TemplateButton, type TemplateComponent, type TemplateFault, variablesOf } from './template.ts';

const BUTTONS_MAX = 10;
const URL_BUTTONS_MAX = 2;
const PHONE_BUTTONS_MAX = 1;

/** None where WhatsApp would take it. */
export function componentFaults(components: readonly TemplateComponent[]): readonly TemplateFault[] {
	return [...countFaults(components), ...components.flatMap((component, index) => faultsOf(component, `components[${index}]`))];
}

function countFaults(components: readonly TemplateComponent[]): readonly TemplateFault[] {
	const faults: TemplateFault[] = [];
	for (const type of ['HEADER', 'BODY', 'FOOTER', 'BUTTONS'] as const) {
		const count = components.filter((component) => component.type === type).length;
		if (count > 1) faults.push({ path: 'components', en: `has ${type} more than once`, pt: `tem ${type} mais de uma vez` });
		if (count === 0 && type === 'BODY') faults.push({ path: 'components', en: 'needs a BODY', pt: 'precisa de um BODY' });
	}
	return faults;
}

function faultsOf(component: TemplateComponent, path: string): readonly TemplateFault[] {
	switch (component.type) {
		case 'BODY':
			return gaps(component.text, `${path}.text`);
		case 'HEADER':
			return component.format === 'TEXT' ? [...gaps(component.text, `${path}.text`), ...atMostOne(component.text, `${path}.text`)] : [];
		case 'FOOTER':
			return variablesOf(component.text).length === 0 ? [] : [{ path: `${path}.text`, ...NO_VARIABLES }];
		case 'BUTTONS':
			return buttonFaults(component.buttons, `${path}.buttons`);
	}
}

/** Variables are counted from 1 without gaps. */
function gaps(text: string, path: string): readonly TemplateFault[] {
	const isInOrder = variablesOf(text).every((name, index) => name === String(index + 1));
	return isInOrder
		? []
		: [{ path, en: 'must count its variables from {{1}} without gaps', pt: 'deve numerar as variáveis a partir de {{1}} sem saltos' }];
}

function atMostOne(text: string, path: string): readonly TemplateFault[] {
	return variablesOf(text).length < 2 ? [] : [{ path, en: 'may have one variable', pt: 'pode ter uma variável' }];
}

function buttonFaults(buttons: readonly TemplateButton[], path: string): readonly TemplateFault[] {
	const tooMany = (type: TemplateButton['type'], max: number): readonly TemplateFault[] =>
		buttons.filter((button) => button.type === type).length > max
			? [{ path, en: `may have ${max} of type ${type}`, pt: `pode ter ${max} do tipo ${type}` }]
			: [];
	return [
		...(buttons.length > BUTTONS_MAX ? [{ path, en: `may have ${BUTTONS_MAX} buttons`, pt: `pode ter ${BUTTONS_MAX} botões` }] : []),
		...tooMany('URL', URL_BUTTONS_MAX),
		...tooMany('PHONE_NUMBER', PHONE_BUTTONS_MAX),
		...buttons.flatMap((button, index) => (button.type === 'URL' ? urlFaults(button.url, `${path}[${index}].url`) : [])),
	];
}

function urlFaults(url: string, path: string): readonly TemplateFault[] {
	const names = variablesOf(url);
	if (names.length > 0 && (names.length > 1 || !url.endsWith('{{1}}'))) {
		return [{ path, en: 'may have one variable, {{1}}, at its end', pt: 'pode ter uma variável, {{1}}, no fim' }];
	}
	if (/^https?:\/\/[^\s/]+/.test(url)) return [];
	return [{ path, en: 'must be an http or https URL', pt: 'deve ser uma URL http ou https' }];
}

const NO_VARIABLES = { en: 'may have no variables', pt: 'não pode ter variáveis' };
