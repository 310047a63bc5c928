/** The chats of an instance that are in a thread, by the latest message in one: found from the newest messages in threads, and not from all its chats. */
import type { Message } from '../../../domain/message.ts';
import type { ChatView } from '../../../ports/chats.ts';
import { LOOKED_AT_MAX } from '../../../ports/pages.ts';
import { CHAT_COLUMNS, type ChatRow, toChatView } from '../../shared/chat-row.ts';
import { type MessageRow, toMessage } from '../../shared/message-row.ts';
import { offsetOfPage } from '../../shared/offset.ts';
import type { Queries } from '../database.ts';
import { type Statement, statement } from '../statement.ts';
import type { Listed } from './message-lists.ts';

const HAS_ANSWER = 'bool_or(NOT from_me) OVER (PARTITION BY chat_id) AS has_answer';
/** Long ago, or among what is looked at: a chat with many people notes no time at which its customer wrote last. */
const CUSTOMER_ANSWERED =
	'(latest.has_answer OR EXISTS (SELECT 1 FROM chats WHERE chats.id = latest.chat_id AND chats.last_inbound_at IS NOT NULL))';

/** Nearly every message is in a thread, so the index of all of them leads to these. */
export function threadsQueries(answered: boolean | undefined): { readonly count: Statement; readonly list: Statement } {
	const { name, hasAnswer, condition } = answering(answered);
	const from = `FROM (
		SELECT DISTINCT ON (chat_id) chat_id, seq, created_at${hasAnswer} FROM (
			SELECT chat_id, seq, created_at, from_me, interaction_id FROM messages WHERE instance_id = $1
			ORDER BY created_at DESC, seq DESC LIMIT ${LOOKED_AT_MAX}
		) AS told WHERE interaction_id IS NOT NULL ORDER BY chat_id, created_at DESC, seq DESC
	) AS latest WHERE ${condition}`;
	return {
		count: statement(`threads_count_${name}`, `SELECT count(*) AS count ${from}`),
		list: statement(
			`threads_list_${name}`,
			`SELECT messages.*, ${CHAT_COLUMNS} FROM (SELECT seq ${from} ORDER BY created_at DESC, seq DESC LIMIT $2 OFFSET $3) AS listed
			JOIN messages ON messages.seq = listed.seq JOIN chats ON chats.id = messages.chat_id JOIN contacts ON contacts.id = chats.contact_id
			ORDER BY messages.created_at DESC, messages.seq DESC`,
		),
	};
}

function answering(answered: boolean | undefined): { name: string; hasAnswer: string; condition: string } {
	if (answered === undefined) return { name: 'all', hasAnswer: '', condition: 'true' };
	const hasAnswer = `, ${HAS_ANSWER}`;
	return answered
		? { name: 'answered', hasAnswer, condition: CUSTOMER_ANSWERED }
		: { name: 'unanswered', hasAnswer, condition: `NOT ${CUSTOMER_ANSWERED}` };
}

/** A row is the message with its chat: the columns that both have (`chat_id`) are equal. */
export async function latestOfThreads(
	db: Queries,
	instanceId: string,
	answered: boolean | undefined,
	page: number,
	limit: number,
): Promise<Listed<{ readonly last: Message; readonly view: ChatView }>> {
	const offset = offsetOfPage(page, limit);
	const { count, list } = threadsQueries(answered);
	const [counted, rows] = await Promise.all([
		db.query<{ count: number }>(count, [instanceId]),
		db.query<MessageRow & ChatRow>(list, [instanceId, limit, offset]),
	]);
	return { items: rows.map((row) => ({ last: toMessage(row), view: toChatView(row) })), total: counted[0]?.count ?? 0 };
}
