/**
 * Throughput by the number of webhooks and chats over which the same traffic is spread: each webhook belongs to an instance of its own, and
 * each event goes to one of them. With one chat a webhook the order allows one attempt at a time for it; with 100,000 chats nearly each event
 * is somebody's first and makes a contact and a chat, too.
 */
import { Engine, GATEWAY, Generator, measureRate } from '../harness/engine.ts';
import { startReceiver } from '../harness/receivers.ts';
import type { Bench, Figures } from '../harness/scenario.ts';

interface Cell {
	readonly chats: number;
	readonly events: number;
}

const CHATS_MANY = 100_000;

const ROWS: readonly { readonly webhooks: number; readonly cells: readonly Cell[] }[] = [
	{
		webhooks: 1,
		cells: [
			{ chats: 1, events: 1_500 },
			{ chats: CHATS_MANY, events: 5_000 },
		],
	},
	{
		webhooks: 100,
		cells: [
			{ chats: 100, events: 5_000 },
			{ chats: CHATS_MANY, events: 5_000 },
		],
	},
	{
		webhooks: 10_000,
		cells: [
			{ chats: 10_000, events: 5_000 },
			{ chats: CHATS_MANY, events: 5_000 },
		],
	},
];

/** Chats of the two cells of a row are different ones: those of the second begin here. */
const FIRST_CHAT_OF_MANY = 200_000;

export async function spread({ workspace, say }: Bench): Promise<Figures> {
	const cells: Record<string, Figures> = {};
	for (const { webhooks, cells: wanted } of ROWS) {
		await using receiver = await startReceiver(workspace);
		const urls = Array.from({ length: webhooks }, (_, n) => `${receiver.url}${n}`);
		await using engine = await Engine.start(workspace, GATEWAY, { urls });
		await using generator = new Generator();
		for (const { chats, events } of wanted) {
			const isMany = chats === CHATS_MANY;
			const firstChat = isMany ? FIRST_CHAT_OF_MANY : 0;
			// The circle of chats once, where that is short; then nobody is new.
			const warmUp = isMany ? 0 : Math.max(chats, 500);
			const rate = await measureRate({ receiver, engine, generator }, { chats, firstChat, warmUp, events });
			say(`${webhooks} webhooks, ${chats} chats: ${rate.perSecond} delivered/s`);
			cells[`${webhooks}x${chats}`] = { webhooks, chats, areChatsNew: isMany, ...rate };
		}
	}
	return cells;
}
