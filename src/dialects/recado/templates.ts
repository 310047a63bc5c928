/** Templates of applications. On the simulator nobody has to approve them: they are made as they are wanted. */
import { type TObject, type TSchema, type TString, type TUnsafe, Type } from 'typebox';
import { TEMPLATE_STATUSES, type Template, type TemplateButton, type TemplateComponent } from '../../domain/template.ts';
import { createOnce, listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found } from './found.ts';
import { IdParams, only } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { templateView } from './views/template.ts';
import { oneOf } from './views/view.ts';

const tags = ['Templates'];
const Params: TObject<{ id: TString; name: TString }> = Type.Object({ id: Type.String(), name: Type.String() });

/** Lengths are WhatsApp's. */
const Name = Type.String({
	pattern: '^[a-z0-9_]+$',
	maxLength: 512,
	description: 'Small letters, digits and `_`; unique in the application',
});
const Language = Type.String({ pattern: '^[a-z]{2,3}(_[A-Z]{2})?$', description: '`pt_BR`' });
const Category = Type.String({ pattern: '^[A-Z_]+$', maxLength: 64, description: '`MARKETING`, `UTILITY`, `AUTHENTICATION`, …' });
const Status = oneOf(TEMPLATE_STATUSES, 'Only an approved one can be sent');
const text = (maxLength: number): TString => Type.String({ minLength: 1, maxLength });
const Button = formBy<TemplateButton>('type', {
	QUICK_REPLY: Type.Object({ text: text(25) }),
	PHONE_NUMBER: Type.Object({ text: text(25), phone_number: text(20) }),
	URL: Type.Object({ text: text(25), url: text(2000) }),
});
const Medium = Type.Object({}, { description: 'The medium is given when it is sent' });
const Component = formBy<TemplateComponent>('type', {
	HEADER: formBy('format', { TEXT: Type.Object({ text: text(60) }), IMAGE: Medium, VIDEO: Medium, DOCUMENT: Medium }),
	BODY: Type.Object({ text: text(1024) }),
	FOOTER: Type.Object({ text: text(60) }),
	BUTTONS: Type.Object({ buttons: Type.Array(Button, { minItems: 1, maxItems: 10 }) }),
});
const Components = Type.Array(Component, {
	minItems: 1,
	maxItems: 4,
	description: 'As WhatsApp has them; `{{1}}`, `{{2}}`, … are variables',
});

const Wish = Type.Object({
	name: Name,
	language: Type.Optional(Language),
	category: Type.Optional(Category),
	status: Type.Optional(Status),
	components: Components,
});

export function templateRoutes(scope: Scope, deps: RecadoDeps): void {
	creating(scope, deps);
	changing(scope, deps);
	scope.get(
		`${ROOT}/applications/:id/templates`,
		{ schema: { tags, summary: 'List the templates of an application', params: IdParams, response: replies({ 200: listOf('Template') }) } },
		async (request) => {
			const application = found('application', await deps.store.accounts.application(request.params.id));
			return { items: (await deps.templates.all(application.id)).map(templateView) };
		},
	);
	scope.get(
		`${ROOT}/applications/:id/templates/:name`,
		{ schema: { tags, summary: 'Show a template', params: Params, response: replies({ 200: ref('Template') }) } },
		async (request) => templateView(found('template', await deps.templates.find(request.params.id, request.params.name))),
	);
}

function creating(scope: Scope, { templates }: RecadoDeps): void {
	scope.post(
		`${ROOT}/applications/:id/templates`,
		{
			schema: {
				tags,
				summary: 'Create a template',
				description: 'It is approved, of the language `pt_BR` and the category `UTILITY` unless said otherwise.',
				params: IdParams,
				body: Wish,
				response: replies({ 201: ref('Template') }),
			},
		},
		async (request, reply) => {
			const { name, language = 'pt_BR', category = 'UTILITY', status = 'APPROVED', components } = request.body;
			const wish = { name, language, category, status, components: components.map(readComponent) };
			const { status: code, body } = await createOnce(
				request,
				(template: Template) => ({ status: 201, body: templateView(template) }),
				(idempotency) => templates.create(request.params.id, wish, idempotency),
			);
			return reply.code(code).send(body);
		},
	);
}

function changing(scope: Scope, { templates }: RecadoDeps): void {
	scope.patch(
		`${ROOT}/applications/:id/templates/:name`,
		{
			schema: {
				tags,
				summary: 'Change a template',
				params: Params,
				body: Type.Object({
					language: Type.Optional(Language),
					category: Type.Optional(Category),
					status: Type.Optional(Status),
					components: Type.Optional(Components),
				}),
				response: replies({ 200: ref('Template') }),
			},
		},
		async (request) => {
			const { id, name } = request.params;
			const { components } = request.body;
			return templateView(
				await templates.update(id, name, {
					...only(request.body, ['language', 'category', 'status']),
					...(components === undefined ? {} : { components: components.map(readComponent) }),
				}),
			);
		},
	);
	scope.delete(
		`${ROOT}/applications/:id/templates/:name`,
		{ schema: { tags, summary: 'Delete a template', params: Params, response: replies({ 204: Nothing }) } },
		async (request, reply) => {
			await templates.delete(request.params.id, request.params.name);
			return reply.code(204).send();
		},
	);
}

/** What is documented of it and nothing else: it is shown to others as it is kept. */
function readComponent(given: TemplateComponent): TemplateComponent {
	switch (given.type) {
		case 'HEADER':
			return given.format === 'TEXT' ? only(given, ['type', 'format', 'text']) : only(given, ['type', 'format']);
		case 'BODY':
		case 'FOOTER':
			return only(given, ['type', 'text']);
		case 'BUTTONS':
			return { type: given.type, buttons: given.buttons.map(readButton) };
	}
}

function readButton(given: TemplateButton): TemplateButton {
	switch (given.type) {
		case 'QUICK_REPLY':
			return only(given, ['type', 'text']);
		case 'PHONE_NUMBER':
			return only(given, ['type', 'text', 'phone_number']);
		case 'URL':
			return only(given, ['type', 'text', 'url']);
	}
}

/** An object whose form a member names: only that form is looked at, so that nobody is told what the others ask for. */
function formBy<T>(member: string, forms: Readonly<Record<string, TSchema>>): TUnsafe<T> {
	const conditions = Object.entries(forms).map(([name, form]) => ({
		if: { required: [member], properties: { [member]: { const: name } } },
		// biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
		then: form,
	}));
	return Type.Unsafe<T>({ type: 'object', required: [member], properties: { [member]: { enum: Object.keys(forms) } }, allOf: conditions });
}
