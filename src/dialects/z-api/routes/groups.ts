/** Groups: made, listed, looked into, changed, left and joined. Who is in one: `participants.ts`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { GroupChange } from '../../../ports/whatsapp.ts';
import { PageQuery, pageOf } from '../../callbacks/page.ts';
import { takePhoto } from '../../callbacks/photo.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { groupMetadata, groupRow, invitationMetadata } from '../views/group.ts';

/** These GETs do something, so they answer no HEAD, which clients and monitors take for harmless. */
const ACTS = { exposeHeadRoute: false };

const groupId = Type.String({ minLength: 1, description: 'As `create-group` answered it' });

const CreateBody = Type.Object({
	autoInvite: Type.Boolean({ description: 'Whoever cannot be added is sent the invitation' }),
	groupName: Type.String({ minLength: 1 }),
	phones: Type.Array(Type.String(), { minItems: 1 }),
});
const NameBody = Type.Object({ groupId, groupName: Type.String({ minLength: 1 }) });
const DescriptionBody = Type.Object({ groupId, groupDescription: Type.String() });
const PhotoBody = Type.Object({ groupId, groupPhoto: Type.String({ minLength: 1 }) });
const SettingsBody = Type.Object({
	phone: groupId,
	adminOnlyMessage: Type.Boolean(),
	adminOnlySettings: Type.Boolean(),
	requireAdminApproval: Type.Boolean(),
	adminOnlyAddMember: Type.Boolean(),
});
const GroupBody = Type.Object({ groupId });
const LinkQuery = Type.Object({ url: Type.String({ minLength: 1, description: 'Of the invitation' }) });

interface GroupPath {
	Params: { groupId: string };
}

export function groupRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	makingRoutes(scope, deps);
	lookingRoutes(scope, deps);
	changingRoutes(scope, deps);
}

function makingRoutes(scope: FastifyInstance, { whatsapp }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof CreateBody> }>(`${INSTANCE_PATH}/create-group`, { schema: { body: CreateBody } }, async (request) => {
		const { groupName, phones, autoInvite } = request.body;
		const { id, invitationUrl } = await whatsapp.ask(instanceOf(request), 'groups.create', { subject: groupName, phones, autoInvite });
		return { phone: id, invitationLink: invitationUrl ?? '' };
	});

	scope.post<{ Body: Static<typeof GroupBody> }>(`${INSTANCE_PATH}/leave-group`, { schema: { body: GroupBody } }, async (request) => {
		await whatsapp.ask(instanceOf(request), 'groups.leave', { groupId: request.body.groupId });
		return { value: true };
	});

	scope.get<{ Querystring: Static<typeof LinkQuery> }>(
		`${INSTANCE_PATH}/accept-invite-group`,
		{ ...ACTS, schema: { querystring: LinkQuery } },
		async (request) => {
			await whatsapp.ask(instanceOf(request), 'groups.join', { url: request.query.url });
			return { success: true };
		},
	);
}

function lookingRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const { whatsapp } = deps;
	scope.get<{ Querystring: Static<typeof PageQuery> }>(
		`${INSTANCE_PATH}/groups`,
		{ schema: { querystring: PageQuery } },
		async (request) => {
			const instance = instanceOf(request);
			const groups = await whatsapp.ask(instance, 'groups.list', pageOf(request.query));
			const flags = await whatsapp.ask(instance, 'chats.flags', { phones: groups.map(({ id }) => id) });
			const heard = await Promise.all(
				groups.map(({ id }) => deps.chats.findByAlias(instance.id, instance.accountId, [{ kind: 'address', value: id }])),
			);
			return groups.map((group, index) => groupRow(group, flags[index], heard[index]?.chat.lastMessageAt));
		},
	);

	scope.get<GroupPath>(`${INSTANCE_PATH}/group-metadata/:groupId`, async (request) =>
		groupMetadata(await whatsapp.ask(instanceOf(request), 'groups.get', { groupId: request.params.groupId })),
	);

	// As documented: without the link, which costs Z-API a question to WhatsApp.
	scope.get<GroupPath>(`${INSTANCE_PATH}/light-group-metadata/:groupId`, async (request) => ({
		...groupMetadata(await whatsapp.ask(instanceOf(request), 'groups.get', { groupId: request.params.groupId })),
		invitationLink: null,
	}));

	scope.get<GroupPath>(`${INSTANCE_PATH}/group-invitation-link/:groupId`, async (request) => {
		const { id, invitationUrl } = await whatsapp.ask(instanceOf(request), 'groups.get', { groupId: request.params.groupId });
		return { phone: id, invitationLink: invitationUrl ?? null };
	});

	scope.get<{ Querystring: Static<typeof LinkQuery> }>(
		`${INSTANCE_PATH}/group-invitation-metadata`,
		{ schema: { querystring: LinkQuery } },
		async (request) => {
			const { url } = request.query;
			return invitationMetadata(await whatsapp.ask(instanceOf(request), 'groups.invitation', { url }), url);
		},
	);
}

function changingRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const change = async (request: Parameters<typeof instanceOf>[0], id: string, wish: GroupChange): Promise<object> => {
		await deps.whatsapp.ask(instanceOf(request), 'groups.change', { groupId: id, change: wish });
		return { value: true };
	};

	scope.post<{ Body: Static<typeof NameBody> }>(`${INSTANCE_PATH}/update-group-name`, { schema: { body: NameBody } }, (request) =>
		change(request, request.body.groupId, { subject: request.body.groupName }),
	);

	scope.post<{ Body: Static<typeof DescriptionBody> }>(
		`${INSTANCE_PATH}/update-group-description`,
		{ schema: { body: DescriptionBody } },
		(request) => change(request, request.body.groupId, { description: request.body.groupDescription }),
	);

	scope.post<{ Body: Static<typeof PhotoBody> }>(
		`${INSTANCE_PATH}/update-group-photo`,
		{ schema: { body: PhotoBody } },
		async (request) => {
			const photoUrl = await takePhoto(deps.media, instanceOf(request), { field: 'groupPhoto', source: request.body.groupPhoto });
			return change(request, request.body.groupId, { photoUrl });
		},
	);

	scope.post<{ Body: Static<typeof SettingsBody> }>(
		`${INSTANCE_PATH}/update-group-settings`,
		{ schema: { body: SettingsBody } },
		(request) => {
			const { phone, ...settings } = request.body;
			return change(request, phone, { settings });
		},
	);
}
