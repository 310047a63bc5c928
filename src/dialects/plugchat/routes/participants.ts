/** Who is in a group, and who runs it. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ParticipantAct } from '../../../ports/whatsapp.ts';
import { participantsOutcome } from '../../callbacks/group-views.ts';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';

const Body = Type.Object({ groupId: Type.String({ minLength: 1 }), phones: Type.Array(Type.String(), { minItems: 1 }) });

const ACTS: Readonly<Record<string, ParticipantAct>> = {
	'add-participant': 'add',
	'remove-participant': 'remove',
	'add-admin': 'promote',
	'remove-admin': 'demote',
};

export function participantRoutes(scope: FastifyInstance, { whatsapp, directory }: PlugchatDeps): void {
	for (const [path, act] of Object.entries(ACTS)) {
		scope.post<{ Body: Static<typeof Body> }>(`/api/whatsapp/${path}`, { schema: { body: Body } }, async (request) => {
			const { groupId, phones } = request.body;
			const asked = { groupId, phones, act };
			return participantsOutcome(await whatsapp.ask(await instanceOf(request, directory), 'groups.participants', asked));
		});
	}
}
