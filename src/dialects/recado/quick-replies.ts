/** Quick replies: texts that operators write often. Every operator reads those of their departments; who is admin changes them. */
import { type TSchema, Type } from 'typebox';
import type { QuickReply } from '../../service-desk/services.ts';
import { listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { AskerQuery, askerOf } from './desk-input.ts';
import { foundAccount } from './found.ts';
import { IdParams, MemberParams, only } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { iso, named, Text, Time, type View } from './views/view.ts';

const tags = ['Quick replies'];
const QUICK_REPLIES = `${ROOT}/accounts/:id/quick-replies`;
/** WhatsApp cuts a text after 4096 characters. */
const TEXT_LENGTH_MAX = 4_096;
const SHORTCUT_LENGTH_MAX = 50;
const DEPARTMENTS_MAX = 100;

const Shortcut = Type.String({
	pattern: '^\\S+$',
	maxLength: SHORTCUT_LENGTH_MAX,
	description: 'What is typed for it, without spaces; of one reply in its account, in whatever case',
});
const Said = Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX });
const Departments = Type.Array(Type.String(), { minItems: 1, maxItems: DEPARTMENTS_MAX, uniqueItems: true });

export const QuickReplySchema: TSchema = named(
	'QuickReply',
	Type.Object(
		{
			id: Type.String({ description: '`qrp_…`' }),
			accountId: Text,
			shortcut: Text,
			text: Text,
			departmentIds: Type.Optional(Type.Array(Text, { description: 'Whose operators see it; all of them if missing' })),
			createdAt: Time,
			updatedAt: Time,
		},
		{ additionalProperties: false },
	),
);

function quickReplyView(reply: QuickReply): View {
	const { id, accountId, shortcut, text, departmentIds } = reply;
	return { id, accountId, shortcut, text, departmentIds, createdAt: iso(reply.createdAt), updatedAt: iso(reply.updatedAt) };
}

export function quickReplyRoutes(scope: Scope, deps: RecadoDeps): void {
	readingRoute(scope, deps);
	writingRoutes(scope, deps);
}

function readingRoute(scope: Scope, { serviceDesk: { quickReplies }, store }: RecadoDeps): void {
	scope.get(
		QUICK_REPLIES,
		{
			config: { operators: 'all' },
			schema: {
				tags,
				summary: 'List quick replies',
				params: IdParams,
				querystring: AskerQuery,
				response: replies({ 200: listOf('QuickReply') }),
			},
		},
		async ({ params, query, credential }) => {
			const { id } = await foundAccount(store, params.id);
			return { items: (await quickReplies.list(askerOf(credential, id, query))).map(quickReplyView) };
		},
	);
}

function writingRoutes(scope: Scope, { serviceDesk: { quickReplies } }: RecadoDeps): void {
	scope.post(
		QUICK_REPLIES,
		{
			config: { operators: 'admin' },
			schema: {
				tags,
				summary: 'Create a quick reply',
				params: IdParams,
				body: Type.Object({ shortcut: Shortcut, text: Said, departmentIds: Type.Optional(Departments) }),
				response: replies({ 201: ref('QuickReply') }),
			},
		},
		async ({ params, body }, reply) =>
			reply.code(201).send(quickReplyView(await quickReplies.create(params.id, only(body, ['shortcut', 'text', 'departmentIds'])))),
	);
	scope.patch(
		`${QUICK_REPLIES}/:memberId`,
		{
			config: { operators: 'admin' },
			schema: {
				tags,
				summary: 'Change a quick reply',
				params: MemberParams,
				body: Type.Object({
					shortcut: Type.Optional(Shortcut),
					text: Type.Optional(Said),
					departmentIds: Type.Optional(
						Type.Unsafe<readonly string[] | null>(Type.Union([Departments, Type.Null()], { description: 'null: all of them' })),
					),
				}),
				response: replies({ 200: ref('QuickReply') }),
			},
		},
		async ({ params, body }) =>
			quickReplyView(await quickReplies.update(params.id, params.memberId, only(body, ['shortcut', 'text', 'departmentIds']))),
	);
	scope.delete(
		`${QUICK_REPLIES}/:memberId`,
		{
			config: { operators: 'admin' },
			schema: { tags, summary: 'Delete a quick reply', params: MemberParams, response: replies({ 204: Nothing }) },
		},
		async ({ params }, reply) => {
			await quickReplies.delete(params.id, params.memberId);
			return reply.code(204).send();
		},
	);
}
