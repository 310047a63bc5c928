/**
 * Who is in a group or a community, and who runs it. The paths are shared: a body that names a community is about that one. An invitation link is
 * renewed under one path as well, where the id says what it is of: groups end with `-group`.
 */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ParticipantAct } from '../../../ports/whatsapp.ts';
import { addressKind } from '../../callbacks/address.ts';
import { given } from '../../callbacks/given.ts';
import { participantsOutcome } from '../../callbacks/group-views.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { missing } from '../faults.ts';

const phones = Type.Array(Type.String(), { minItems: 1 });
const id = Type.String({ minLength: 1 });

const either = { groupId: Type.Optional(id), communityId: Type.Optional(id), phones };
const EitherBody = Type.Object(either);
const AdditionBody = Type.Object({
	...either,
	autoInvite: Type.Boolean({ description: 'Whoever cannot be added is sent the invitation' }),
});
const GroupBody = Type.Object({ groupId: id, phones });

const OF_EITHER: Readonly<Record<string, 'add' | 'remove' | 'promote' | 'demote'>> = {
	'add-participant': 'add',
	'remove-participant': 'remove',
	'add-admin': 'promote',
	'remove-admin': 'demote',
};
const OF_GROUPS: Readonly<Record<string, ParticipantAct>> = { 'approve-participant': 'approve', 'reject-participant': 'reject' };

export function participantRoutes(scope: FastifyInstance, { whatsapp }: ZApiDeps): void {
	for (const [path, act] of Object.entries(OF_EITHER)) {
		const schema = { body: act === 'add' ? AdditionBody : EitherBody };
		scope.post<{ Body: Static<typeof EitherBody> & { autoInvite?: boolean } }>(`${INSTANCE_PATH}/${path}`, { schema }, async (request) => {
			const { groupId, communityId, autoInvite, ...rest } = request.body;
			const asked = { act, ...rest, ...given({ autoInvite }) };
			const instance = instanceOf(request);
			if (communityId !== undefined)
				return participantsOutcome(await whatsapp.ask(instance, 'communities.participants', { communityId, ...asked }));
			return participantsOutcome(await whatsapp.ask(instance, 'groups.participants', { groupId: groupId ?? missing('groupId'), ...asked }));
		});
	}

	for (const [path, act] of Object.entries(OF_GROUPS)) {
		scope.post<{ Body: Static<typeof GroupBody> }>(`${INSTANCE_PATH}/${path}`, { schema: { body: GroupBody } }, async (request) =>
			participantsOutcome(await whatsapp.ask(instanceOf(request), 'groups.participants', { act, ...request.body })),
		);
	}

	scope.post<{ Params: { groupId: string } }>(
		`${INSTANCE_PATH}/redefine-invitation-link/:groupId`,
		{ config: { isBodyOptional: true } },
		async (request) => {
			const { groupId } = request.params;
			const { url } = addressKind(groupId).isGroup
				? await whatsapp.ask(instanceOf(request), 'groups.newInvitation', { groupId })
				: await whatsapp.ask(instanceOf(request), 'communities.newInvitation', { communityId: groupId });
			return { invitationLink: url };
		},
	);
}
