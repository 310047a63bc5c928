/** Categories: what attendances were about. With items in any of them, attendances are categorised with a list. */
import { Type } from 'typebox';
import type { Category } from '../../domain/account.ts';
import type { CategoryWish } from '../../messaging/directory-services.ts';
import { createOnce, listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundAccount } from './found.ts';
import { IdParams, MemberParams, nameText, only } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { categoryView } from './views/account.ts';

const tags = ['Categories'];
const Name = nameText('As operators read it');
const Color = Type.String({ minLength: 1, maxLength: 40, description: '`#rrggbb`, or a name that the screens of the account know' });
const Items = Type.Optional(
	Type.Array(Type.Object({ id: Type.Optional(Type.String()), name: nameText('Of the item') }), { maxItems: 200 }),
);
const IsDefault = Type.Optional(Type.Boolean({ description: 'Takes the place of the one that was the default' }));

export function categoryRoutes(scope: Scope, deps: RecadoDeps): void {
	creating(scope, deps);
	scope.get(
		`${ROOT}/accounts/:id/categories`,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'List categories', params: IdParams, response: replies({ 200: listOf('Category') }) },
		},
		async (request) => {
			const account = await foundAccount(deps.store, request.params.id);
			return { items: (await deps.store.accounts.categories(account.id)).map(categoryView) };
		},
	);
	scope.patch(
		`${ROOT}/accounts/:id/categories/:memberId`,
		{
			schema: {
				tags,
				summary: 'Change a category',
				description: 'Items with an id keep it, those without are new, those left out are gone.',
				params: MemberParams,
				body: Type.Object({ name: Type.Optional(Name), color: Type.Optional(Color), items: Items, isDefault: IsDefault }),
				response: replies({ 200: ref('Category') }),
			},
		},
		async (request) => {
			const { id, memberId } = request.params;
			return categoryView(await deps.directory.updateCategory(id, memberId, read(request.body)));
		},
	);
	scope.delete(
		`${ROOT}/accounts/:id/categories/:memberId`,
		{ schema: { tags, summary: 'Delete a category', params: MemberParams, response: replies({ 204: Nothing }) } },
		async (request, reply) => {
			await deps.directory.deleteCategory(request.params.id, request.params.memberId);
			return reply.code(204).send();
		},
	);
}

function creating(scope: Scope, { directory }: RecadoDeps): void {
	scope.post(
		`${ROOT}/accounts/:id/categories`,
		{
			schema: {
				tags,
				summary: 'Create a category',
				description: 'Where any category of the account has items, attendances are categorised with a list of items.',
				params: IdParams,
				body: Type.Object({ name: Name, color: Color, items: Items, isDefault: IsDefault }),
				response: replies({ 201: ref('Category') }),
			},
		},
		async (request, reply) => {
			const wish = read(request.body);
			const { status, body } = await createOnce(
				request,
				(category: Category) => ({ status: 201, body: categoryView(category) }),
				(idempotency) => directory.createCategory(request.params.id, wish, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
}

function read<T extends Partial<CategoryWish>>(body: T): Pick<T, 'name' | 'color' | 'isDefault' | 'items'> {
	const items = body.items?.map((item) => only(item, ['id', 'name']));
	return { ...only(body, ['name', 'color', 'isDefault', 'items']), ...(items === undefined ? {} : { items }) };
}
