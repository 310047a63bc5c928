/** `GET /v1/whatsapp/templates`: the templates of the application by name, page by page in both directions. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Template } from '../../domain/template.ts';
import type { Templates } from '../../messaging/directory-services.ts';
import { callerOf } from './authentication.ts';
import { badParameter } from './errors.ts';
import { TEMPLATES_EXAMPLE } from './examples.ts';
import { answers, TemplatePage } from './schemas.ts';

/** The document says nothing of it. */
const PAGE_SIZE = 20;

const Query = Type.Object({
	name: Type.Optional(Type.String({ description: 'Part of the name' })),
	next: Type.Optional(Type.String({ description: '`next` of a page: what follows it' })),
	previous: Type.Optional(Type.String({ description: '`previous` of a page: what comes before it' })),
});
type Query = Static<typeof Query>;

interface TemplateList {
	readonly data: readonly Pick<Template, 'facebookId' | 'category' | 'components' | 'language' | 'name' | 'status'>[];
	readonly next: string;
	readonly previous: string;
}

export function templatesRoute(scope: FastifyInstance, templates: Pick<Templates, 'all'>): void {
	scope.get<{ Querystring: Query }>(
		'/v1/whatsapp/templates',
		{
			schema: {
				summary: 'List templates',
				tags: ['WhatsApp'],
				querystring: Query,
				response: answers(TemplatePage, TEMPLATES_EXAMPLE, 'A page, in the order of the names'),
			},
		},
		async (request) => listTemplates(await templates.all(callerOf(request).application.id), request.query),
	);
}

/** An application has few enough templates to look at all of them. */
function listTemplates(all: readonly Template[], query: Query): TemplateList {
	const named = all.filter(({ name }) => name.includes(query.name?.toLowerCase() ?? ''));
	const start = startOf(named, query);
	const page = named.slice(start, start + PAGE_SIZE);
	return {
		data: page.map(({ facebookId, category, components, language, name, status }) => ({
			...{ facebookId, category, components, language, name, status },
		})),
		next: start + PAGE_SIZE < named.length ? cursorOf(page.at(-1)) : '',
		previous: start > 0 ? cursorOf(page.at(0)) : '',
	};
}

/** A cursor is the name of the last, or first, of a page; that one may be gone since. Throws invalid_request. */
function startOf(named: readonly Template[], { next, previous }: Query): number {
	if (next && previous) throw badParameter('previous', 'cannot be given together with next', 'não pode ser informado junto com next');
	if (next) {
		const last = readCursor('next', next);
		const following = named.findIndex(({ name }) => name > last);
		return following === -1 ? named.length : following;
	}
	if (!previous) return 0;
	const first = readCursor('previous', previous);
	return Math.max(0, named.filter(({ name }) => name < first).length - PAGE_SIZE);
}

function cursorOf(template: Template | undefined): string {
	return Buffer.from(template?.name ?? '').toString('base64url');
}

function readCursor(parameter: string, cursor: string): string {
	const name = Buffer.from(cursor, 'base64url').toString();
	if (!/^[a-z0-9_]+$/.test(name)) throw badParameter(parameter, 'is no cursor of a page', 'não é um cursor de uma página');
	return name;
}
