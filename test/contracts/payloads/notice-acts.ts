/** What makes WhatsApp write into a chat. What no phone of the simulator can bring about is told as a notice of that name. */
import type { JsonObject } from '../../support/contract.ts';
import { type Act, type Acts, both } from './act.ts';
import { type Actor, MARIA, PEDRO } from './actor.ts';

/** Whom groups are made with. */
const ANA = '5544966665555';

/** Nobody but WhatsApp's own servers can do it. */
const NAMES_ALONE = [
	'BIZ_MOVE_TO_CONSUMER_APP',
	'BLUE_MSG_SELF_PREMISE_UNVERIFIED',
	'BLUE_MSG_SELF_PREMISE_VERIFIED',
	'CIPHERTEXT',
	'E2E_ENCRYPTED',
] as const;

export const NOTICE_ACTS: Acts = {
	...Object.assign({}, ...NAMES_ALONE.map((name) => both(eventOf(name), notice({ name })))),
	...both(
		'received-notification-payment-action-request-declined',
		notice({ name: 'PAYMENT_ACTION_REQUEST_DECLINED', parameters: [MARIA, 'BRL', '1000'], fromMe: true }),
	),
	...both('received-notification-group-create', async (actor) => {
		await actor.listen();
		await actor.simulator('POST', '/groups', { by: MARIA, subject: 'Grupo', phones: [actor.phone, ANA] });
	}),
	...both('received-notification-group-participant-add', changesParticipants('add', [PEDRO])),
	...both('received-notification-group-participant-remove', changesParticipants('remove', [ANA])),
	...both('received-notification-group-participant-leave', async (actor) => {
		const groupId = await actor.group([MARIA, ANA]);
		await actor.listen();
		await actor.simulator('POST', `/groups/${groupId}/leave`, { by: ANA });
	}),
	'z-api/received-call-voice.json': calls('voice', 'ringing'),
	'z-api/received-call-missed-voice.json': calls('voice', 'missed'),
	'z-api/received-call-missed-video.json': calls('video', 'missed'),
	'plugchat/received-notification-call-missed-voice.json': calls('voice', 'missed'),
	'plugchat/received-notification-call-missed-video.json': calls('video', 'missed'),
	'z-api/received-notification-chat-label-association.json': async (actor) => {
		await actor.writes({ text: 'Oi' });
		await actor.listen();
		await actor.simulator('POST', '/labels', { labels: [{ phone: MARIA, label: '1', assigned: true }] });
	},
	'z-api/received-notification-profile-name-updated.json': changesProfile(() => ({ name: 'nome atualizado' })),
	'z-api/received-notification-profile-picture-updated.json': changesProfile((actor) => ({ photoUrl: actor.medium('jpeg') })),
	'z-api/received-notification-newsletter-admin-promote.json': changesRole('ADMIN'),
	'z-api/received-notification-newsletter-admin-demote.json': changesRole('SUBSCRIBER'),
	'z-api/received-notification-group-member-link-all.json': changesMemberLink('ALL_MEMBER_LINK'),
	'z-api/received-notification-group-member-link-admin.json': changesMemberLink('ADMIN_LINK'),
	'z-api/received-notification-membership-approval-request-invite-link.json': async (actor) => {
		const { url } = await actor.groupThatApproves();
		await actor.listen();
		await actor.simulator('POST', '/joins', { by: PEDRO, url });
	},
	'z-api/received-notification-membership-approval-request-non-admin-add.json': async (actor) => {
		const { groupId } = await actor.groupThatApproves();
		await actor.listen();
		await actor.simulator('POST', `/groups/${groupId}/participants`, { by: MARIA, act: 'add', phones: [PEDRO] });
	},
	'z-api/received-notification-revoked-membership-requests.json': async (actor) => {
		const { groupId, url } = await actor.groupThatApproves();
		await actor.simulator('POST', '/joins', { by: PEDRO, url });
		await actor.listen();
		await actor.simulator('POST', `/groups/${groupId}/withdraw`, { by: PEDRO });
	},
};

function eventOf(name: string): string {
	return `received-notification-${name.toLowerCase().replaceAll('_', '-')}`;
}

function notice(told: JsonObject): Act {
	return async (actor) => {
		await actor.listen();
		await actor.simulator('POST', '/notices', { from: MARIA, ...told });
	};
}

function calls(media: 'voice' | 'video', stage: 'ringing' | 'missed'): Act {
	return async (actor) => {
		await actor.listen();
		await actor.simulator('POST', `/phones/${MARIA}/calls`, { media, stage });
	};
}

function changesParticipants(act: string, phones: readonly string[]): Act {
	return async (actor) => {
		const groupId = await actor.group([MARIA, ANA]);
		await actor.simulator('POST', `/groups/${groupId}/participants`, { by: actor.phone, act: 'promote', phones: [MARIA] });
		await actor.listen();
		await actor.simulator('POST', `/groups/${groupId}/participants`, { by: MARIA, act, phones });
	};
}

/** Of the account itself: whoever changes it on its own phone. */
function changesProfile(change: (actor: Actor) => JsonObject): Act {
	return async (actor) => {
		await actor.listen();
		await actor.simulator('PATCH', `/phones/${actor.phone}/profile`, change(actor));
	};
}

function changesRole(role: 'ADMIN' | 'SUBSCRIBER'): Act {
	return async (actor) => {
		const path = '/newsletters/120363166555745933@newsletter/role';
		const newsletter = { by: MARIA, name: 'nome do canal' };
		await actor.simulator('PUT', path, { ...newsletter, role: role === 'ADMIN' ? 'SUBSCRIBER' : 'ADMIN' });
		await actor.listen();
		await actor.simulator('PUT', path, { ...newsletter, role });
	};
}

function changesMemberLink(linkMode: string): Act {
	return async (actor) => {
		const group = await actor.group([MARIA]);
		await actor.listen();
		await actor.simulator('POST', '/notices', { from: MARIA, group, name: 'GROUP_MEMBER_LINK_PROPERTY_UPDATE', details: { linkMode } });
	};
}
