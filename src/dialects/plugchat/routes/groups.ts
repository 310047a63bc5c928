/** Groups: made, looked into, changed, left. Who is in one: `participants.ts`. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { RecadoError } from '../../../errors.ts';
import type { GroupChange } from '../../../ports/whatsapp.ts';
import { given } from '../../callbacks/given.ts';
import { takePhoto } from '../../callbacks/photo.ts';
import { type Authenticated, instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import { mediumSource } from '../send.ts';
import { groupMetadata, invitationMetadata } from '../views/group.ts';

const groupId = Type.String({ minLength: 1, description: 'As `create-group` answered it' });

const CreateBody = Type.Object({
	groupName: Type.String({ minLength: 1 }),
	phones: Type.Array(Type.String(), { minItems: 1 }),
});
const GroupBody = Type.Object({ groupId });
const NameBody = Type.Object({ groupId, groupName: Type.String({ minLength: 1 }) });
const DescriptionBody = Type.Object({ groupId, groupDescription: Type.String() });
const PhotoBody = Type.Object({ groupId, groupPhoto: mediumSource });
/** The table requires both flags, the example sends one. */
const SettingsBody = Type.Object({
	phone: groupId,
	adminOnlyMessage: Type.Optional(Type.Boolean()),
	adminOnlySettings: Type.Optional(Type.Boolean()),
});
const LinkQuery = Type.Object({ url: Type.String({ minLength: 1, description: 'Of the invitation' }) });
const GroupQuery = Type.Object({ groupId });

export function groupRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	makingRoutes(scope, deps);
	lookingRoutes(scope, deps);
	changingRoutes(scope, deps);
}

function makingRoutes(scope: FastifyInstance, { whatsapp, directory }: PlugchatDeps): void {
	scope.post<{ Body: Static<typeof CreateBody> }>('/api/whatsapp/create-group', { schema: { body: CreateBody } }, async (request) => {
		const { groupName: subject, phones } = request.body;
		const { id, invitationUrl } = await whatsapp.ask(await instanceOf(request, directory), 'groups.create', { subject, phones });
		return { phone: id, invitationLink: invitationUrl ?? '' };
	});

	scope.post<{ Body: Static<typeof GroupBody> }>('/api/whatsapp/leave-group', { schema: { body: GroupBody } }, async (request) => {
		await whatsapp.ask(await instanceOf(request, directory), 'groups.leave', { groupId: request.body.groupId });
		return { value: true };
	});
}

function lookingRoutes(scope: FastifyInstance, { whatsapp, directory }: PlugchatDeps): void {
	const look = async (request: Authenticated, id: string): Promise<object> =>
		groupMetadata(await whatsapp.ask(await instanceOf(request, directory), 'groups.get', { groupId: id }));
	scope.get<{ Params: { phone: string } }>('/api/whatsapp/group-metadata/:phone', (request) => look(request, request.params.phone));
	// As the page's example has it; its table calls the parameter so.
	scope.get<{ Querystring: Static<typeof GroupQuery> }>(
		'/api/whatsapp/group-metadata',
		{ schema: { querystring: GroupQuery } },
		(request) => look(request, request.query.groupId),
	);

	scope.get<{ Querystring: Static<typeof LinkQuery> }>(
		'/api/whatsapp/group-invitation-metadata',
		{ schema: { querystring: LinkQuery } },
		async (request) =>
			invitationMetadata(await whatsapp.ask(await instanceOf(request, directory), 'groups.invitation', { url: request.query.url })),
	);
}

function changingRoutes(scope: FastifyInstance, { whatsapp, directory, media }: PlugchatDeps): void {
	const change = async (request: Authenticated, id: string, wish: GroupChange): Promise<object> => {
		await whatsapp.ask(await instanceOf(request, directory), 'groups.change', { groupId: id, change: wish });
		return { value: true };
	};

	scope.post<{ Body: Static<typeof NameBody> }>('/api/whatsapp/update-group-name', { schema: { body: NameBody } }, (request) =>
		change(request, request.body.groupId, { subject: request.body.groupName }),
	);

	scope.post<{ Body: Static<typeof DescriptionBody> }>(
		'/api/whatsapp/update-group-description',
		{ schema: { body: DescriptionBody } },
		(request) => change(request, request.body.groupId, { description: request.body.groupDescription }),
	);

	scope.post<{ Body: Static<typeof PhotoBody> }>('/api/whatsapp/update-group-photo', { schema: { body: PhotoBody } }, async (request) => {
		const instance = await instanceOf(request, directory);
		const photoUrl = await takePhoto(media, instance, { field: 'groupPhoto', source: request.body.groupPhoto });
		return change(request, request.body.groupId, { photoUrl });
	});

	scope.post<{ Body: Static<typeof SettingsBody> }>(
		'/api/whatsapp/update-group-settings',
		{ schema: { body: SettingsBody } },
		(request) => {
			const { phone, adminOnlyMessage, adminOnlySettings } = request.body;
			const settings = given({ adminOnlyMessage, adminOnlySettings });
			if (Object.keys(settings).length === 0) throw nothingSet();
			return change(request, phone, { settings });
		},
	);
}

function nothingSet(): RecadoError {
	const path = 'adminOnlyMessage';
	return new RecadoError('invalid_request', {
		faults: [{ path, en: 'or adminOnlySettings is required', pt: 'ou adminOnlySettings é obrigatório' }],
	});
}
