/** What is sent, read and attended, and the instances that it goes through. */
import { USUAL_SETTINGS } from '../../../../src/domain/instance-settings.ts';
import type { Attending, ExtensionCodes, InstanceSetting, Instances, Messaging, Reading } from '../../../../src/messaging/services.ts';
import type { Asked, Keep, Note } from './asked.ts';
import { AT, attendance, message } from './records.ts';

export function fakeMessaging(asked: Asked, keep: Keep): Messaging {
	return {
		send: async (command) => {
			asked.sent.push(command);
			return await keep({ ...message, id: 'msg_9', status: 'queued', timeline: { queued: AT } }, command.idempotency);
		},
		sendAll: () => Promise.reject(new Error('our own dialect sends no letters')),
		forward: async ({ toPhone: phone, whatsappId, ...command }) => {
			asked.sent.push({ ...command, phone, content: { kind: 'text', text: `forwarded ${whatsappId}` } });
			return await keep({ ...message, id: 'msg_9', status: 'queued', timeline: { queued: AT } }, command.idempotency);
		},
		dequeue: () => Promise.resolve(),
		emptyQueue: () => Promise.resolve(0),
	};
}

export function fakeReading(note: Note): Reading {
	return {
		markRead: async (of, phone, whatsappId) => note('markRead', of.id, phone, whatsappId),
		readChat: async (of, phone) => {
			note('readChat', of.id, phone);
			return 3;
		},
	};
}

export function fakeInstanceSettings(): InstanceSetting {
	return { get: async () => USUAL_SETTINGS, set: async (_instance, change) => ({ ...USUAL_SETTINGS, ...change }) };
}

export function fakeInstances(note: Note): Instances {
	return {
		connect: async (of) => note('connect', of.id),
		disconnect: async (of) => note('disconnect', of.id),
		restart: async (of) => note('restart', of.id),
		qrCode: async (of) => (of.channel === 'simulator' ? undefined : 'qr'),
	};
}

export function fakeExtensionCodes(note: Note): ExtensionCodes {
	return {
		issue: async () => ({ code: 'AB12CD', expiresAt: AT }),
		redeem: async (of, code) => note('redeem', { of: of.id, code }),
	};
}

export function fakeAttending(note: Note, keep: Keep): Attending {
	return {
		start: async ({ idempotency, ...command }) => {
			note('start', command);
			return await keep({ isNew: command.operatorIds.length > 0, attendance }, idempotency);
		},
		finish: async ({ idempotency, ...command }) => {
			note('finish', command);
			if (command.phone === '0') return { found: false };
			const choices = [{ categoryId: 'cat_1', categoryName: 'Pedido', color: '#0a0', itemId: 'itm_1', itemName: 'Bolo' }];
			const finished = {
				finishedAt: AT + 9000,
				finishedBy: { id: 'opr_1', name: 'Rosa' },
				categorisation: { form: 'list', choices },
			} as const;
			return await keep({ found: true, attendance: { ...attendance, ...finished, status: 'finished' } }, idempotency);
		},
		changeDepartment: () => Promise.resolve(),
	};
}
