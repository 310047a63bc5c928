/** Simulated phones. */
import type { PhoneMessage, SimulatorControl } from '../../../../src/ports/simulator.ts';
import type { Asked, Note } from './asked.ts';
import { AT } from './records.ts';

const PHONE_MESSAGE: PhoneMessage = {
	...{ whatsappId: '3EB0A', chat: '5544999990000', from: '5544999990000', fromMe: false, at: AT, isPinned: false, isRead: false },
	content: { kind: 'text', text: 'Bom dia' },
	reactions: [{ from: '554488887777', emoji: '👍' }],
	...{ votes: [], replies: [] },
};

export function fakeSimulator(asked: Asked, note: Note): SimulatorControl {
	const behaviour = {
		...{ onWhatsApp: true, receivesAfterMs: 300, readsAfterMs: null, repliesWith: null },
		...{ answersInGroups: false, mayBeAdded: true, hidesNumber: false, name: 'Ana' },
	};
	return {
		write: async (_instance, act) => {
			asked.written.push(act);
			return { whatsappId: act.whatsappId ?? '3EB0NEW' };
		},
		act: async (_instance, act) => {
			note('act', act);
			return { whatsappIds: ['3EB0ACT'], ...(act.kind === 'make-group' ? { groupId: '120363019502650977-group', errors: [] } : {}) };
		},
		chats: async () => [{ chat: '5544999990000', name: 'Padaria', messages: 1, lastAt: AT, lastText: 'Bom dia' }],
		messages: async (_instance, phone, look) => {
			note('messages', phone, look);
			return [PHONE_MESSAGE];
		},
		forget: async (_instance, phone) => note('forget', phone),
		presence: async (_instance, phone, status) => note('presence', phone, status),
		setBehaviour: async (_instance, phone, change) => {
			note('setBehaviour', phone, change);
			return { ...behaviour, ...change };
		},
		behaviour: () => Promise.resolve(behaviour),
		loseConnection: async (of, reason) => note('loseConnection', of.id, reason),
	};
}
