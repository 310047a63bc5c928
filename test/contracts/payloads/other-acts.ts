/** What happens to messages that are sent, to connections and to attendances. */
import { EVENT_TYPES } from '../../../src/domain/event.ts';
import { type Act, type Acts, both } from './act.ts';
import { type Actor, MARIA } from './actor.ts';

const STATUSES: Acts = {
	...both('status-sent', sends()),
	...both('status-received', sends()),
	...both('status-read', sends()),
	...both('status-played', async (actor) => {
		await actor.phoneReads();
		await actor.listen();
		await actor.whatsapp('POST', 'send-audio', { phone: MARIA, audio: actor.medium('opus') });
	}),
	'plugchat/message-status-legacy.json': sends(),
	'z-api/status-read-by-me.json': readsHere(),
	'plugchat/status-read-self.json': readsHere(),
};

const DELIVERIES: Acts = {
	'z-api/delivery.json': sends(),
	'plugchat/sending-message.json': sends(),
	'plugchat/sending-message-legacy.json': sends({ customId: '123' }),
	'z-api/delivery-error.json': sendsInVain(),
	'plugchat/message-delivery-error.json': sendsInVain(),
};

const CONNECTION: Acts = {
	...both('disconnected', async (actor) => {
		await actor.listen();
		await actor.simulator('POST', '/disconnect', {});
	}),
	'plugchat/disconnected-legacy.json': async (actor) => {
		await actor.listen();
		await actor.simulator('POST', '/disconnect', {});
	},
	'z-api/connected.json': async (actor) => {
		await actor.simulator('POST', '/disconnect', {});
		await actor.listen();
		await actor.simulator('POST', '/connect');
	},
};

const PRESENCES: Acts = Object.assign(
	{},
	...['available', 'unavailable', 'composing', 'recording', 'paused'].map((status) =>
		both(`chat-presence-${status}`, async (actor) => {
			await actor.listen();
			await actor.simulator('POST', '/presence', { from: MARIA, status });
		}),
	),
);

const ATTENDANCES: Acts = {
	'plugchat/start-attendance.json': async (actor) => {
		await actor.listen();
		await startsAttendance(actor);
	},
	'plugchat/start-attendance-app.json': async (actor) => {
		await actor.listenAs('app-page', EVENT_TYPES);
		await startsAttendance(actor);
	},
	'plugchat/finish-attendance-2022-04.json': async (actor) => {
		await actor.listenAs('2022-04', EVENT_TYPES);
		await finishesAttendance(actor, {});
	},
	'plugchat/finish-attendance-category.json': async (actor) => {
		const { body: category } = await actor.admin('POST', `/accounts/${actor.account.id}/categories`, { name: 'Dúvida', color: '#DDDDDD' });
		await actor.listen();
		await finishesAttendance(actor, { categoryId: category.id });
	},
	'plugchat/finish-attendance-categories.json': async (actor) => {
		const { body: category } = await actor.admin('POST', `/accounts/${actor.account.id}/categories`, {
			name: 'Dúvida',
			color: '#DDDDDD',
			items: [{ name: 'Preço' }, { name: 'Prazo' }],
		});
		await actor.listen();
		const items = category.items.map((item: { id: string }) => ({ categoryId: category.id, itemId: item.id }));
		await finishesAttendance(actor, { items });
	},
	'plugchat/custom-button.json': async (actor) => {
		const button = { name: 'Pedidos', url: actor.url, method: 'POST' };
		const { body: made } = await actor.admin('POST', `/accounts/${actor.account.id}/custom-buttons`, button);
		const { operatorId, chatId } = await startsAttendance(actor);
		await actor.admin('POST', `/accounts/${actor.account.id}/custom-buttons/${made.id}/press`, { operatorId, chatId });
	},
};

const INSTANT_MESSAGE: Acts = {
	'instant-message/response.json': answered((actor) => ({
		document: { url: actor.medium('pdf'), caption: 'Descrição', fileName: 'a.pdf' },
	})),
	'instant-message/response-text.json': answered(() => ({ text: 'Mensagem de teste' })),
	'instant-message/response-location.json': answered(() => ({
		location: { latitude: 37.483, longitude: -122.149, name: 'Facebook HQ', address: '1 Hacker Way, Menlo Park, CA 94025' },
	})),
	'instant-message/status.json': interacts(),
	'instant-message/status-sent.json': interacts(),
	'instant-message/status-delivered.json': interacts(),
	'instant-message/status-read.json': interacts(),
};

export const OTHER_ACTS: Acts = {
	...STATUSES,
	...DELIVERIES,
	...CONNECTION,
	...PRESENCES,
	...ATTENDANCES,
	...INSTANT_MESSAGE,
};

function sends(more: { readonly customId?: string } = {}): Act {
	return async (actor) => {
		await actor.phoneReads();
		await actor.listen();
		await actor.whatsapp('POST', 'send-text', { phone: MARIA, message: 'Olá', ...more });
	};
}

/** To a number that is not on WhatsApp. */
function sendsInVain(): Act {
	return async (actor) => {
		await actor.simulator('PUT', `/contacts/${MARIA}`, { onWhatsApp: false });
		await actor.listen();
		await actor.whatsapp('POST', 'send-text', { phone: MARIA, message: 'Olá' });
	};
}

/** What a customer wrote is read on our side. */
function readsHere(): Act {
	return async (actor) => {
		await actor.listen();
		const messageId = await actor.writes({ text: 'Oi' });
		await actor.whatsapp('POST', 'read-message', { phone: MARIA, messageId });
	};
}

interface Attended {
	readonly operatorId: string;
	readonly chatId: string;
}

/** Upon a message of the customer and one of ours. */
async function startsAttendance(actor: Actor): Promise<Attended> {
	const { id } = actor.account;
	const { body: department } = await actor.admin('POST', `/accounts/${id}/departments`, { name: 'Vendas' });
	const { body: operator } = await actor.admin('POST', `/accounts/${id}/operators`, { name: 'Ana' });
	// Else she answers after some seconds, and the transcript has it or not.
	await actor.simulator('PUT', `/contacts/${MARIA}`, { repliesWith: null });
	await actor.writes({ text: 'mensagem enviada' });
	await actor.sends({ text: 'só um momento' });
	const { body: attendance } = await actor.admin('POST', `/accounts/${id}/attendances`, {
		phone: MARIA,
		operatorIds: [operator.id],
		departmentId: department.id,
	});
	return { operatorId: operator.id, chatId: attendance.chatId };
}

interface Choice {
	readonly categoryId?: string;
	readonly items?: readonly { readonly categoryId: string; readonly itemId: string }[];
}

async function finishesAttendance(actor: Actor, choice: Choice): Promise<void> {
	const { operatorId } = await startsAttendance(actor);
	await actor.admin('POST', `/accounts/${actor.account.id}/attendances/finish`, {
		phone: MARIA,
		operatorId,
		report: 'Relato do operador',
		ratingObservation: 'Observação do cliente',
		...choice,
	});
}

/** An application that hears of what the customer writes. */
function answered(content: (actor: Actor) => Parameters<Actor['writes']>[0]): Act {
	return async (actor) => {
		await actor.application();
		await actor.writes(content(actor));
	};
}

/** A document is sent into the window that the customer opened. */
function interacts(): Act {
	return async (actor) => {
		await actor.phoneReads();
		const token = await actor.application();
		await actor.writes({ text: 'Oi' });
		await actor.callWith(token, 'POST', '/v1/messages', {
			provider: 'whatsapp',
			type: 'interaction',
			contact: { phone: `+${MARIA}` },
			mediaType: 'document',
			mediaData: { link: actor.medium('pdf'), caption: 'Descrição da mídia', filename: 'nome-arquivo.pdf' },
			contextId: 'wdad-123123',
		});
	};
}
