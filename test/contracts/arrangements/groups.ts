/** Groups, which Plugchat and Z-API run by the same calls: who is in, who may what, and what `group-metadata` says after each. */
import type { MadeGroup, Scene } from '../scene.ts';
import { type Arrange, type Arrangements, holds, same } from './arrangement.ts';

interface Metadata {
	readonly subject: string;
	readonly description?: string;
	readonly participants: readonly { readonly phone: string; readonly isAdmin: boolean }[];
	readonly adminOnlyMessage?: boolean;
}

/** In both APIs. */
export const GROUPS: Arrangements = {
	'group.create-group': (scene) => ({
		body: { groupName: 'Compras' },
		effect: async ({ body }) => {
			const { subject, participants } = await metadata(scene, body);
			return [
				...same('the subject', subject, 'Compras'),
				...holds(
					'both are in',
					both(scene).every((phone) => has(participants, phone)),
				),
			];
		},
	}),
	'group.update-group-name': changing({ groupName: 'Vendas' }, async (scene, group) =>
		same('the subject', (await metadata(scene, group)).subject, 'Vendas'),
	),
	'group.update-group-description': changing({ groupDescription: 'Só avisos' }, async (scene, { phone }) =>
		same('the description', (await scene.onWhatsApp(`groups/${phone}`)).description, 'Só avisos'),
	),
	'group.update-group-photo': changing({}, async (scene, { phone }) =>
		holds('the photo has an address', String((await scene.onWhatsApp(`groups/${phone}`)).photoUrl).startsWith('http')),
	),
	'group.add-participant': withPhones(
		async (scene, group) => {
			await scene.call('POST', 'remove-participant', { groupId: group.phone, phones: [scene.otherPhone] });
			return [scene.otherPhone];
		},
		({ participants }, [phone]) => holds('the phone is in', has(participants, phone)),
	),
	'group.remove-participant': withPhones(
		async ({ otherPhone }) => [otherPhone],
		({ participants }, [phone]) => holds('the phone is out', !has(participants, phone)),
	),
	'group.add-admin': withPhones(
		async ({ otherPhone }) => [otherPhone],
		({ participants }, [phone]) => holds('the phone is an admin', isAdmin(participants, phone)),
	),
	'group.remove-admin': withPhones(
		async (scene, group) => {
			await scene.call('POST', 'add-admin', { groupId: group.phone, phones: [scene.otherPhone] });
			return [scene.otherPhone];
		},
		({ participants }, [phone]) => holds('the phone is no admin', has(participants, phone) && !isAdmin(participants, phone)),
	),
	'group.leave-group': async (scene) => {
		const { phone } = await scene.group();
		return {
			body: { groupId: phone },
			effect: async () => {
				const { participants } = await metadata(scene, { phone });
				return holds('we are out', !has(participants, scene.account.instance.phone));
			},
		};
	},
	'group.metadata-group': async (scene) => ({ path: { phone: (await scene.group()).phone } }),
	'group.group-invitation-metadata': async (scene) => {
		const { phone, invitationLink } = await scene.group();
		return { query: { url: invitationLink }, effect: async ({ body }) => same('the group of the link', body.phone, phone) };
	},
	'group.update-group-settings': async (scene) => {
		const { phone } = await scene.group();
		return {
			body: { phone, adminOnlyMessage: true },
			effect: async () => same('adminOnlyMessage', (await scene.onWhatsApp(`groups/${phone}`)).settings.adminOnlyMessage, true),
		};
	},
};

/** In Z-API alone, or telling more there. */
export const ZAPI_GROUPS: Arrangements = {
	...GROUPS,
	'group.update-group-description': changing({ groupDescription: 'Só avisos' }, async (scene, group) =>
		same('the description', (await metadata(scene, group)).description, 'Só avisos'),
	),
	'group.update-group-settings': async (scene) => {
		const { phone } = await scene.group();
		return { body: { phone }, effect: async () => same('adminOnlyMessage', (await metadata(scene, { phone })).adminOnlyMessage, true) };
	},
	'group.light-metadata-group': async (scene) => ({ path: { phone: (await scene.group()).phone } }),
	'group.get-groups': async (scene) => {
		const { phone } = await scene.group();
		return { effect: async ({ body }) => holds('the group is listed', phonesOf(body).includes(phone)) };
	},
	'group.get-invitation-link': async (scene) => {
		const { phone, invitationLink } = await scene.group();
		return { path: { groupId: phone }, effect: async ({ body }) => same('the link', body.invitationLink, invitationLink) };
	},
	'group.redefine-invitation-link': async (scene) => {
		const { phone, invitationLink } = await scene.group();
		return {
			path: { groupId: phone },
			effect: async ({ body }) => [
				...holds('the link is another', body.invitationLink !== invitationLink),
				...same('the link read back', (await scene.get(`group-invitation-link/${phone}`)).invitationLink, body.invitationLink),
			],
		};
	},
	'group.accept-group-invite': async (scene) => {
		const { phone, invitationLink } = await scene.group();
		await scene.call('POST', 'leave-group', { groupId: phone });
		return {
			query: { url: invitationLink },
			effect: async () => holds('we are in', has((await metadata(scene, { phone })).participants, scene.account.instance.phone)),
		};
	},
	'group.approve-participant': asked(true),
	'group.reject-participant': asked(false),
	'group.mention-participant': async (scene) => {
		const { phone } = await scene.group();
		return {
			body: { phone, mentioned: [scene.phone], message: `Oi @${scene.phone}` },
			effect: async ({ body }) =>
				same('who is mentioned', (await scene.message(body.messageId))?.content.context?.mentioned, [scene.phone]),
		};
	},
	'group.mention-group': async (scene) => {
		const { phone } = await scene.group();
		const groupMentioned = [{ phone, subject: 'Grupo' }];
		return {
			body: { phone, groupMentioned, message: `Oi @${phone}` },
			effect: async ({ body }) =>
				same('which groups are mentioned', (await scene.message(body.messageId))?.content.context?.groupsMentioned, groupMentioned),
		};
	},
};

export function phonesOf(list: readonly { readonly phone: string }[]): readonly string[] {
	return list.map(({ phone }) => phone);
}

/** One change of a group of our own. */
function changing(
	body: { readonly [key: string]: string },
	check: (scene: Scene, group: MadeGroup) => Promise<readonly string[]>,
): Arrange {
	return async (scene) => {
		const group = await scene.group();
		return { body: { groupId: group.phone, ...body }, effect: () => check(scene, group) };
	};
}

function withPhones(
	arrange: (scene: Scene, group: MadeGroup) => Promise<readonly string[]>,
	check: (metadata: Metadata, phones: readonly string[]) => readonly string[],
): Arrange {
	return async (scene) => {
		const group = await scene.group();
		const phones = await arrange(scene, group);
		return { body: { groupId: group.phone, phones }, effect: async () => check(await metadata(scene, group), phones) };
	};
}

/** A phone asks to be let in by the link of a group that wants an admin's approval. */
function asked(isLetIn: boolean): Arrange {
	return async (scene) => {
		const { phone, invitationLink } = await scene.group();
		await scene.call('POST', 'remove-participant', { groupId: phone, phones: [scene.otherPhone] });
		await scene.call('POST', 'update-group-settings', {
			phone,
			adminOnlyMessage: false,
			adminOnlySettings: false,
			requireAdminApproval: true,
			adminOnlyAddMember: false,
		});
		await scene.simulator('POST', '/joins', { by: scene.otherPhone, url: invitationLink });
		return {
			body: { groupId: phone, phones: [scene.otherPhone] },
			effect: async () => same('whether the phone is in', has((await metadata(scene, { phone })).participants, scene.otherPhone), isLetIn),
		};
	};
}

function metadata(scene: Scene, { phone }: Pick<MadeGroup, 'phone'>): Promise<Metadata> {
	return scene.get(`group-metadata/${phone}`);
}

function both({ phone, otherPhone }: Scene): readonly string[] {
	return [phone, otherPhone];
}

function has(participants: Metadata['participants'], phone: string | undefined): boolean {
	return participants.some((one) => one.phone === phone);
}

function isAdmin(participants: Metadata['participants'], phone: string | undefined): boolean {
	return participants.some((one) => one.phone === phone && one.isAdmin);
}
