/** Communities of Z-API: what `communities-metadata` says after each call. */
import type { Scene } from '../scene.ts';
import { type Arrange, type Arrangements, holds, same } from './arrangement.ts';
import { phonesOf } from './groups.ts';

export const COMMUNITIES: Arrangements = {
	'communities.create-community': (scene) => ({
		effect: async ({ body }) => same('the name', (await metadata(scene, body.id)).name, 'Minha primeira Comunidade'),
	}),
	'communities.list-communities': async (scene) => {
		const id = await community(scene);
		return {
			effect: async ({ body }) =>
				same(
					'the communities',
					body.map((one: { id: string }) => one.id),
					[id],
				),
		};
	},
	'communities.community-metadata': async (scene) => {
		const communityId = await community(scene);
		return { path: { communityId }, effect: async ({ body }) => same('the id', body.id, communityId) };
	},
	'communities.deactivate-community': async (scene) => {
		const communityId = await community(scene);
		return {
			path: { communityId },
			effect: async () => same('the communities', await scene.get('communities?page=1&pageSize=10'), []),
		};
	},
	'communities.link-groups': async (scene) => {
		const [communityId, { phone }] = [await community(scene), await scene.group()];
		return {
			body: { communityId, groupsPhones: [phone] },
			effect: async () => holds('the group is in', phonesOf((await metadata(scene, communityId)).subGroups).includes(phone)),
		};
	},
	'communities.unlink-groups': async (scene) => {
		const [communityId, { phone }] = [await community(scene), await scene.group()];
		await scene.call('POST', 'communities/link', { communityId, groupsPhones: [phone] });
		return {
			body: { communityId, groupsPhones: [phone] },
			effect: async () => holds('the group is out', !phonesOf((await metadata(scene, communityId)).subGroups).includes(phone)),
		};
	},
	'communities.redefine-invitation-link': async (scene) => ({ path: { communityId: await community(scene) } }),
	'communities.community-settings': ofCommunity(() => ({})),
	'communities.update-community-description': ofCommunity(
		() => ({ communityDescription: 'Só avisos' }),
		async (scene, communityId) => same('the description', (await metadata(scene, communityId)).description, 'Só avisos'),
	),
	'communities.update-community-photo': ofCommunity(() => ({})),
	'communities.add-community-participant': ofCommunity(
		({ otherPhone }) => ({ phones: [otherPhone] }),
		async (scene, communityId) => holds('the phone is in', (await announcedTo(scene, communityId)).includes(scene.otherPhone)),
	),
	'communities.remove-participant': withMember(async (scene, communityId) =>
		holds('the phone is out', !(await announcedTo(scene, communityId)).includes(scene.otherPhone)),
	),
	'communities.add-community-admin': withMember(async () => []),
	'communities.remove-admin': withMember(async () => [], 'add-admin'),
};

type Check = (scene: Scene, communityId: string) => Promise<readonly string[]>;

function ofCommunity(
	body: (scene: Scene) => { readonly [key: string]: string | readonly string[] },
	check: Check = async () => [],
): Arrange {
	return async (scene) => {
		const communityId = await community(scene);
		return { body: { communityId, ...body(scene) }, effect: () => check(scene, communityId) };
	};
}

/** The other phone is in already, and what `before` makes of it. */
function withMember(check: Check, before?: string): Arrange {
	return async (scene) => {
		const communityId = await community(scene);
		const phones = [scene.otherPhone];
		await scene.call('POST', 'add-participant', { autoInvite: true, communityId, phones });
		if (before !== undefined) await scene.call('POST', before, { communityId, phones });
		return { body: { communityId, phones }, effect: () => check(scene, communityId) };
	};
}

interface Metadata {
	readonly name: string;
	readonly description: string;
	readonly subGroups: readonly { readonly phone: string; readonly isGroupAnnouncement: boolean }[];
}

function metadata(scene: Scene, communityId: string): Promise<Metadata> {
	return scene.get(`communities-metadata/${communityId}`);
}

/** Everybody of a community is in the group where it announces. */
async function announcedTo(scene: Scene, communityId: string): Promise<readonly string[]> {
	const { subGroups } = await metadata(scene, communityId);
	const group = subGroups.find(({ isGroupAnnouncement }) => isGroupAnnouncement);
	return phonesOf((await scene.get(`group-metadata/${group?.phone}`)).participants);
}

async function community(scene: Scene): Promise<string> {
	return (await scene.call('POST', 'communities', { name: 'Bairro' })).body.id;
}
