/** One chat as it stands before an operator: who it is with, and what was written. Each is shown what their role lets them see. */
import { Type } from 'typebox';
import { pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { AskerQuery, askerOf, askerProperties } from './desk-input.ts';
import { MemberParams, pageProperties, strict } from './inputs.ts';
import { latestOf } from './latest-of.ts';
import { ROOT, type Scope } from './scope.ts';
import { messageView } from './views/message.ts';

const tags = ['Desk'];
const CHAT = `${ROOT}/accounts/:id/chats/:memberId`;

export function deskChatRoutes(scope: Scope, { serviceDesk: { desk }, store }: RecadoDeps): void {
	scope.get(
		CHAT,
		{
			schema: {
				tags,
				summary: 'Show a chat, with its latest message',
				params: MemberParams,
				querystring: AskerQuery,
				response: replies({ 200: ref('Chat') }),
			},
		},
		async ({ params, query, credential }) => latestOf(store, await desk.chat(askerOf(credential, params.id, query), params.memberId)),
	);
	scope.get(
		`${CHAT}/messages`,
		{
			schema: {
				tags,
				summary: 'List what was written in a chat, newest first',
				description: 'By cursor: a page takes as long among a million messages as among ten, and nothing moves while one goes on.',
				params: MemberParams,
				querystring: Type.Object({ ...askerProperties, ...pageProperties }, strict),
				response: replies({ 200: pageOf('Message') }),
			},
		},
		async ({ params, query, credential }) => {
			const { chat } = await desk.chat(askerOf(credential, params.id, query), params.memberId);
			const { limit, cursor: before } = query;
			const found = await store.messages.ofChat(chat.id, { limit: limit + 1, ...(before === undefined ? {} : { before }) });
			const items = found.slice(0, limit);
			return { items: items.map(messageView), next: found.length > limit ? items.at(-1)?.id : undefined };
		},
	);
}
