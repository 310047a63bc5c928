/** What happened on the network in one go, as a batch for the courier: what the gateway is told, and what is kept of it afterwards. */
import type { ChannelState, ChannelStateChange, Observation } from '../../ports/channel.ts';
import { isBlocked } from './address-book.ts';
import type { Audience } from './audience.ts';
import type { Act, Incoming } from './chats.ts';
import type { Batch } from './courier.ts';
import type { Notebook } from './notebook.ts';
import { deletion, INCOMING_PREFIX, type IncomingRecord, OUTGOING_PREFIX, type OutgoingRecord } from './records.ts';
import type { Screens } from './screens.ts';
import type { Society } from './society.ts';
import { answerOf, tellMessage, tellStep } from './telling.ts';

export interface ActBatchParts {
	readonly instanceId: string;
	readonly state: ChannelState;
	readonly notebook: Notebook;
	readonly society: Society;
	readonly audience: Audience;
	readonly screens: Screens;
}

export function actBatch(acts: readonly Act[], parts: ActBatchParts): Batch {
	const tellings = acts.map((act) => telling(act, parts));
	const changes = acts.map(changeOf);
	return {
		isKept: true,
		observations: async () => (await Promise.all(tellings.map((tell) => tell()))).flat(),
		settle: () => parts.notebook.put(changes),
	};
}

type Telling = readonly Observation[] | Promise<readonly Observation[]>;

/** How to tell an act. What a phone did is fixed now; what was written while nobody was connected is not held in memory, but read when it is told. */
function telling(act: Act, parts: ActBatchParts): () => Telling {
	if (act.kind === 'hear') return () => readIncoming(act.incoming, parts);
	const observations = tell(act, parts);
	return () => observations;
}

function tell(act: Exclude<Act, { kind: 'hear' }>, parts: ActBatchParts): readonly Observation[] {
	const { message, at } = act;
	const { society } = parts;
	const spelling = society.phones.spelling(message.phone);
	switch (act.kind) {
		case 'receive':
			return [tellStep(message, 'received', at, spelling)];
		case 'read':
			return [
				...(isReadSeen(message.phone, society) ? [tellStep(message, 'read', at, spelling)] : []),
				// Nobody can hide that they played something.
				...(message.isPlayed ? [tellStep(message, 'played', at, spelling)] : []),
			];
		case 'answer':
			return tellAnswers(act, parts);
		case 'forget':
			return [];
	}
}

/** Who hides from others what was read does not see what they read; in groups everybody sees it. */
function isReadSeen(address: string, society: Society): boolean {
	return society.own.privacy.readReceipts || address.endsWith('-group');
}

function tellAnswers(
	{ message, at }: Exclude<Act, { kind: 'hear' }>,
	{ society, audience, screens }: ActBatchParts,
): readonly Observation[] {
	const address = message.phone;
	const chat = society.party(address);
	return audience.answering(address).flatMap((phone) => {
		const text = society.phones.part(phone, 'repliesWith') ?? '';
		const answer = answerOf(message, text, chat, phone === address ? undefined : society.participant(phone));
		const isNew = screens.add({ ...answer, address, from: phone, at });
		if (phone === address && isBlocked(society, phone)) return [];
		if (isNew) society.unread.arrived(address, answer.whatsappId, at);
		return tellMessage(answer, at);
	});
}

/** The record as it is after the act; where several acts of one message go together, the last change of its key stands. */
function changeOf(act: Act): ChannelStateChange {
	if (act.kind === 'hear') return deletion(`${INCOMING_PREFIX}${act.incoming.whatsappId}`);
	const { whatsappId, ...record } = act.next ?? act.message;
	const key = `${OUTGOING_PREFIX}${whatsappId}`;
	return act.next === undefined ? deletion(key) : { key, value: record satisfies OutgoingRecord };
}

async function readIncoming(incoming: Incoming, { state, instanceId, society }: ActBatchParts): Promise<readonly Observation[]> {
	const key = `${INCOMING_PREFIX}${incoming.whatsappId}`;
	const entry = (await state.list(instanceId, key)).find((one) => one.key === key);
	// Gone where an earlier attempt of this batch was noted after all: the gateway has it.
	if (entry === undefined) return [];
	const { fromMe, content, replyTo } = entry.value as IncomingRecord;
	const message = { whatsappId: incoming.whatsappId, chat: society.party(incoming.phone), fromMe, content };
	return [tellMessage(replyTo === undefined ? message : { ...message, replyTo }, incoming.at)];
}
