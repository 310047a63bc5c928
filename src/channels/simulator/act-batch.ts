/** What happened on the network in one go, as a batch for the courier: what the gateway is told, and what is kept of it afterwards. */
import type { ChannelState, ChannelStateChange, Observation } from '../../ports/channel.ts';
import type { Act, Incoming } from './chats.ts';
import type { Batch } from './courier.ts';
import type { Notebook } from './notebook.ts';
import type { Phones } from './phones.ts';
import { deletion, INCOMING_PREFIX, type IncomingRecord, OUTGOING_PREFIX, type OutgoingRecord } from './records.ts';
import { tellAnswer, tellMessage, tellStep } from './telling.ts';

export interface ActBatchParts {
	readonly instanceId: string;
	readonly state: ChannelState;
	readonly notebook: Notebook;
	readonly phones: Phones;
}

export function actBatch(acts: readonly Act[], parts: ActBatchParts): Batch {
	const tellings = acts.map((act) => telling(act, parts));
	const changes = acts.map(changeOf);
	return {
		isKept: true,
		observations: async () => {
			const observations = await Promise.all(tellings.map((tell) => tell()));
			return observations.filter((observation) => observation !== undefined);
		},
		settle: () => parts.notebook.put(changes),
	};
}

/** How to tell an act. What a phone did is fixed now; what was written while nobody was connected is not held in memory, but read when it is told. */
function telling(act: Act, parts: ActBatchParts): () => Observation | undefined | Promise<Observation | undefined> {
	if (act.kind === 'hear') return () => readIncoming(act.incoming, parts);
	const observation = tell(act, parts.phones);
	return () => observation;
}

function tell(act: Exclude<Act, { kind: 'hear' }>, phones: Phones): Observation | undefined {
	const phone = act.message.phone;
	switch (act.kind) {
		case 'receive':
			return tellStep(act.message, 'received', act.at, phones.spelling(phone));
		case 'read':
			return tellStep(act.message, 'read', act.at, phones.spelling(phone));
		case 'answer':
			return tellAnswer(act.message, phones.part(phone, 'repliesWith') ?? '', act.at, phones.party(phone));
		case 'forget':
			return undefined;
	}
}

/** The record as it is after the act; where several acts of one message go together, the last change of its key stands. */
function changeOf(act: Act): ChannelStateChange {
	if (act.kind === 'hear') return deletion(`${INCOMING_PREFIX}${act.incoming.whatsappId}`);
	const { whatsappId, ...record } = act.next ?? act.message;
	const key = `${OUTGOING_PREFIX}${whatsappId}`;
	return act.next === undefined ? deletion(key) : { key, value: record satisfies OutgoingRecord };
}

async function readIncoming(incoming: Incoming, { state, instanceId, phones }: ActBatchParts): Promise<Observation | undefined> {
	const key = `${INCOMING_PREFIX}${incoming.whatsappId}`;
	const entry = (await state.list(instanceId, key)).find((one) => one.key === key);
	// Gone where an earlier attempt of this batch was noted after all: the gateway has it.
	if (entry === undefined) return undefined;
	const { fromMe, content, replyTo } = entry.value as IncomingRecord;
	const message = { whatsappId: incoming.whatsappId, chat: phones.party(incoming.phone), fromMe, content };
	return tellMessage(replyTo === undefined ? message : { ...message, replyTo }, incoming.at);
}
