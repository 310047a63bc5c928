/** Communities: made, listed, looked into, changed and deactivated, and which groups belong to one. Who is in one: `participants.ts`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Community } from '../../../ports/whatsapp.ts';
import { given } from '../../callbacks/given.ts';
import { OptionalPageQuery, pageOf } from '../../callbacks/page.ts';
import { takePhoto } from '../../callbacks/photo.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';

const communityId = Type.String({ minLength: 1 });

const CreateBody = Type.Object({ name: Type.String({ minLength: 1 }), description: Type.Optional(Type.String()) });
const GroupsBody = Type.Object({ communityId, groupsPhones: Type.Array(Type.String(), { minItems: 1 }) });
const DescriptionBody = Type.Object({ communityId, communityDescription: Type.String() });
const PhotoBody = Type.Object({ communityId, communityPhoto: Type.String({ minLength: 1 }) });
const SettingsBody = Type.Object({
	communityId,
	whoCanAddNewGroups: Type.Union([Type.Literal('admins'), Type.Literal('all')]),
});

interface CommunityPath {
	Params: { communityId: string };
}

export function communityRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const { whatsapp } = deps;
	scope.post<{ Body: Static<typeof CreateBody> }>(`${INSTANCE_PATH}/communities`, { schema: { body: CreateBody } }, async (request) => {
		const { name, description } = request.body;
		const made = await whatsapp.ask(instanceOf(request), 'communities.create', { name, ...given({ description }) });
		return { id: made.id, subGroups: subGroupsOf(made) };
	});

	scope.get<{ Querystring: Static<typeof OptionalPageQuery> }>(
		`${INSTANCE_PATH}/communities`,
		{ schema: { querystring: OptionalPageQuery } },
		async (request) => {
			const communities = await whatsapp.ask(instanceOf(request), 'communities.list', pageOf(request.query));
			return communities.map(({ name, id }) => ({ name, id }));
		},
	);

	scope.get<CommunityPath>(`${INSTANCE_PATH}/communities-metadata/:communityId`, async (request) => {
		const community = await whatsapp.ask(instanceOf(request), 'communities.get', { communityId: request.params.communityId });
		return { name: community.name, id: community.id, description: community.description, subGroups: subGroupsOf(community) };
	});

	// Documented without an answer: as the other calls that change something.
	scope.delete<CommunityPath>(`${INSTANCE_PATH}/communities/:communityId`, async (request, reply) => {
		await whatsapp.ask(instanceOf(request), 'communities.deactivate', { communityId: request.params.communityId });
		return reply.send({ value: true });
	});

	for (const [path, isLinked] of [
		['communities/link', true],
		['communities/unlink', false],
	] as const) {
		scope.post<{ Body: Static<typeof GroupsBody> }>(`${INSTANCE_PATH}/${path}`, { schema: { body: GroupsBody } }, async (request) => {
			const { groupsPhones } = request.body;
			await whatsapp.ask(instanceOf(request), 'communities.link', {
				communityId: request.body.communityId,
				groupIds: groupsPhones,
				isLinked,
			});
			return { success: true };
		});
	}

	changingRoutes(scope, deps);
}

function changingRoutes(scope: FastifyInstance, { whatsapp, media }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof SettingsBody> }>(
		`${INSTANCE_PATH}/communities/settings`,
		{ schema: { body: SettingsBody } },
		async (request) => {
			const { whoCanAddNewGroups } = request.body;
			await whatsapp.ask(instanceOf(request), 'communities.change', {
				communityId: request.body.communityId,
				change: { whoCanAddGroups: whoCanAddNewGroups },
			});
			return { success: true };
		},
	);

	scope.post<{ Body: Static<typeof DescriptionBody> }>(
		`${INSTANCE_PATH}/update-community-description`,
		{ schema: { body: DescriptionBody } },
		async (request) => {
			const { communityDescription } = request.body;
			await whatsapp.ask(instanceOf(request), 'communities.change', {
				communityId: request.body.communityId,
				change: { description: communityDescription },
			});
			return { value: true };
		},
	);

	scope.post<{ Body: Static<typeof PhotoBody> }>(
		`${INSTANCE_PATH}/update-community-photo`,
		{ schema: { body: PhotoBody } },
		async (request) => {
			const instance = instanceOf(request);
			const photoUrl = await takePhoto(media, instance, { field: 'communityPhoto', source: request.body.communityPhoto });
			await whatsapp.ask(instance, 'communities.change', { communityId: request.body.communityId, change: { photoUrl } });
			return { value: true };
		},
	);
}

function subGroupsOf({ groups }: Community): readonly object[] {
	return groups.map(({ id, subject, isAnnouncement }) => ({ name: subject, phone: id, isGroupAnnouncement: isAnnouncement }));
}
