/** What the people of the simulated world do besides writing: run groups, call, show another name, look at their screens. */
import { type TArray, type TObject, type TString, Type } from 'typebox';
import type { PhoneAct, PhoneActed } from '../../ports/simulator.ts';
import { listOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { nameText, notBlank, only, readPhone, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { readShared, simulated } from './simulated.ts';
import { actedView, phoneChatView, phoneMessageView } from './views/simulated.ts';
import { oneOf, type View } from './views/view.ts';
import { GroupSettingsBody } from './views/whatsapp.ts';

const tags = ['Simulator'];
const WORLD = `${ROOT}/simulator/:instanceId`;

type Ids<K extends string> = TObject<{ [key in K]: TString }>;
const Params: Ids<'instanceId'> = Type.Object({ instanceId: Type.String() });
const PhoneParams: Ids<'instanceId' | 'phone'> = Type.Object({ instanceId: Type.String(), phone: Type.String() });
const GroupParams: Ids<'instanceId' | 'groupId'> = Type.Object({ instanceId: Type.String(), groupId: Type.String() });
const NewsletterParams: Ids<'instanceId' | 'newsletterId'> = Type.Object({
	instanceId: Type.String(),
	newsletterId: Type.String(),
});

/** WhatsApp's own limit of a group. */
const PARTICIPANTS_MAX = 1024;
const LABELS_MAX = 100;
const PARAMETERS_MAX = 100;
const MESSAGES_MAX = 500;

const by: TString = Type.String({ minLength: 1, description: "Whose phone it is done on; the instance's own number is possible, too" });
const phones: TArray<TString> = Type.Array(Type.String({ minLength: 1 }), { maxItems: PARTICIPANTS_MAX });

export function simulatorActRoutes(scope: Scope, deps: RecadoDeps): void {
	const act = async (instanceId: string, act: PhoneAct): Promise<View> => actedView(await acted(deps, instanceId, act));
	groupRoutes(scope, act);
	membershipRoutes(scope, act);
	peopleRoutes(scope, act);
	noticeRoutes(scope, act);
	screenRoutes(scope, deps);
}

type Act = (instanceId: string, act: PhoneAct) => Promise<View>;

async function acted(deps: RecadoDeps, instanceId: string, act: PhoneAct): Promise<PhoneActed> {
	return await deps.simulator.act(await simulated(deps, instanceId), act);
}

function groupRoutes(scope: Scope, act: Act): void {
	scope.post(
		`${WORLD}/groups`,
		{
			schema: {
				tags,
				summary: 'Somebody makes a group',
				description: 'The instance hears of it where it is among the participants.',
				params: Params,
				body: Type.Object({ by, subject: Type.String(notBlank), phones }),
				response: replies({ 201: ref('Acted') }),
			},
		},
		async (request, reply) => {
			const { by: written, subject, phones: members } = request.body;
			const group = { phone: readPhone(written), subject, phones: members.map(readPhone) };
			return reply.code(201).send(await act(request.params.instanceId, { kind: 'make-group', ...group }));
		},
	);
	scope.patch(
		`${WORLD}/groups/:groupId`,
		{
			schema: {
				tags,
				summary: 'Somebody changes a group',
				params: GroupParams,
				body: Type.Object({
					by,
					subject: Type.Optional(Type.String(notBlank)),
					description: Type.Optional(Type.String()),
					photoUrl: Type.Optional(Type.String({ minLength: 1 })),
					settings: Type.Optional(GroupSettingsBody),
				}),
				response: replies({ 200: ref('Acted') }),
			},
		},
		async (request) => {
			const { instanceId, groupId } = request.params;
			const change = only(request.body, ['subject', 'description', 'photoUrl', 'settings']);
			return await act(instanceId, { kind: 'change-group', phone: readPhone(request.body.by), groupId, change });
		},
	);
}

function membershipRoutes(scope: Scope, act: Act): void {
	scope.post(
		`${WORLD}/groups/:groupId/participants`,
		{
			schema: {
				tags,
				summary: 'Somebody adds, removes, promotes, demotes, lets in or turns away',
				params: GroupParams,
				body: Type.Object({ by, act: oneOf(['add', 'remove', 'promote', 'demote', 'approve', 'reject'], 'What to do'), phones }),
				response: replies({ 200: ref('Acted') }),
			},
		},
		async (request) => {
			const { instanceId, groupId } = request.params;
			const { by: written, act: what, phones: members } = request.body;
			const change = { phone: readPhone(written), groupId, act: what, phones: members.map(readPhone) };
			return await act(instanceId, { kind: 'change-participants', ...change });
		},
	);
	scope.post(
		`${WORLD}/joins`,
		{
			schema: {
				tags,
				summary: 'Somebody joins a group by its link',
				description: 'Where the group approves its participants, they ask to be let in.',
				params: Params,
				body: Type.Object({ by, url: Type.String({ minLength: 1 }) }),
				response: replies({ 200: ref('Acted') }),
			},
		},
		async (request) =>
			await act(request.params.instanceId, { kind: 'join-group', phone: readPhone(request.body.by), url: request.body.url }),
	);
	for (const [name, kind, summary] of [
		['leave', 'leave-group', 'Somebody leaves a group'],
		['withdraw', 'withdraw-request', 'Somebody does not ask to be let in any more'],
	] as const) {
		scope.post(
			`${WORLD}/groups/:groupId/${name}`,
			{ schema: { tags, summary, params: GroupParams, body: Type.Object({ by }), response: replies({ 200: ref('Acted') }) } },
			async (request) => {
				const { instanceId, groupId } = request.params;
				return await act(instanceId, { kind, phone: readPhone(request.body.by), groupId });
			},
		);
	}
}

function peopleRoutes(scope: Scope, act: Act): void {
	scope.patch(
		`${WORLD}/phones/:phone/profile`,
		{
			schema: {
				tags,
				summary: 'Somebody shows another name, picture or text of themselves',
				params: PhoneParams,
				body: Type.Object({
					name: Type.Optional(nameText('As they call themselves')),
					about: Type.Optional(Type.String({ maxLength: 139 })),
					photoUrl: Type.Optional(Type.String({ minLength: 1 })),
				}),
				response: replies({ 200: ref('Acted') }),
			},
		},
		async (request) => {
			const { instanceId, phone } = request.params;
			return await act(instanceId, {
				kind: 'change-profile',
				phone: readPhone(phone),
				...only(request.body, ['name', 'about', 'photoUrl']),
			});
		},
	);
	scope.post(
		`${WORLD}/phones/:phone/calls`,
		{
			schema: {
				tags,
				summary: 'Somebody calls the instance',
				params: PhoneParams,
				body: Type.Object({
					media: oneOf(['voice', 'video'], 'Of the call'),
					stage: Type.Optional(oneOf(['ringing', 'missed'], 'Of a voice call; nobody took it where left out')),
				}),
				response: replies({ 200: ref('Acted') }),
			},
		},
		async (request) => {
			const { media, stage = 'missed' } = request.body;
			return await act(request.params.instanceId, { kind: 'call', phone: readPhone(request.params.phone), media, stage });
		},
	);
	scope.put(
		`${WORLD}/newsletters/:newsletterId/role`,
		{
			schema: {
				tags,
				summary: 'The owner of a newsletter makes the instance its admin, or a subscriber again',
				params: NewsletterParams,
				body: Type.Object({ by, role: oneOf(['ADMIN', 'SUBSCRIBER'], 'From now on'), name: Type.Optional(nameText('Of the newsletter')) }),
				response: replies({ 200: ref('Acted') }),
			},
		},
		async (request) => {
			const { instanceId, newsletterId } = request.params;
			const { role, name } = request.body;
			const named = name === undefined ? {} : { name };
			const change = { newsletterId: readShared('newsletterId', newsletterId), role, ...named };
			return await act(instanceId, { kind: 'change-role', phone: readPhone(request.body.by), ...change });
		},
	);
}

function noticeRoutes(scope: Scope, act: Act): void {
	scope.post(
		`${WORLD}/labels`,
		{
			schema: {
				tags,
				summary: "The instance's own phone puts labels on chats, or takes them off",
				params: Params,
				body: Type.Object({
					labels: Type.Array(
						Type.Object({ phone: Type.String({ minLength: 1 }), label: Type.String(notBlank), assigned: Type.Boolean() }),
						{
							minItems: 1,
							maxItems: LABELS_MAX,
						},
					),
				}),
				response: replies({ 200: ref('Acted') }),
			},
		},
		async (request) => {
			const labels = request.body.labels.map(({ phone, label, assigned }) => ({ phone: readPhone(phone), label, assigned }));
			return await act(request.params.instanceId, { kind: 'label-chats', labels });
		},
	);
	scope.post(
		`${WORLD}/notices`,
		{
			schema: {
				tags,
				summary: 'WhatsApp writes a notice into a chat, whatever it is called',
				params: Params,
				body: Type.Object({
					from: Type.String({ minLength: 1, description: "The customer's number" }),
					group: Type.Optional(Type.String({ minLength: 1, description: 'The group or newsletter that it is written in instead' })),
					name: Type.String({ minLength: 1, maxLength: 100, description: "WhatsApp's own: `E2E_ENCRYPTED`, …" }),
					parameters: Type.Optional(Type.Array(Type.Unknown(), { maxItems: PARAMETERS_MAX })),
					callId: Type.Optional(Type.String({ minLength: 1 })),
					details: Type.Optional(Type.Record(Type.String(), Type.String())),
					fromMe: Type.Optional(Type.Boolean()),
				}),
				response: replies({ 200: ref('Acted') }),
			},
		},
		async (request) => {
			const { from, group, parameters = [], ...rest } = request.body;
			const notice = { name: rest.name, parameters, ...only(rest, ['callId', 'details', 'fromMe']) };
			const address = group === undefined ? {} : { address: readShared('group', group) };
			return await act(request.params.instanceId, { kind: 'notice', phone: readPhone(from), ...notice, ...address });
		},
	);
}

function screenRoutes(scope: Scope, deps: RecadoDeps): void {
	scope.get(
		`${WORLD}/phones/:phone/chats`,
		{
			schema: {
				tags,
				summary: 'The chats on the screen of a phone, latest first',
				description: 'Screens are held in memory: they begin empty with each process of the gateway, and the oldest messages go first.',
				params: PhoneParams,
				response: replies({ 200: listOf('PhoneChat') }),
			},
		},
		async (request) => {
			const instance = await simulated(deps, request.params.instanceId);
			const chats = await deps.simulator.chats(instance, readPhone(request.params.phone));
			return { items: chats.map(phoneChatView) };
		},
	);
	scope.get(
		`${WORLD}/phones/:phone/messages`,
		{
			schema: {
				tags,
				summary: 'The newest messages on the screen of a phone, oldest first',
				params: PhoneParams,
				querystring: Type.Object(
					{
						chat: Type.Optional(Type.String({ minLength: 1, description: "Only this one: the instance's number, or a group" })),
						before: Type.Optional(
							Type.String({
								minLength: 1,
								description: 'Only what comes before this message, by its WhatsApp id: the first of the answer before',
							}),
						),
						limit: Type.Integer({ minimum: 1, maximum: MESSAGES_MAX, default: 50, description: 'How many at most' }),
					},
					strict,
				),
				response: replies({ 200: listOf('PhoneMessage') }),
			},
		},
		async (request) => {
			const instance = await simulated(deps, request.params.instanceId);
			const messages = await deps.simulator.messages(instance, readPhone(request.params.phone), request.query);
			return { items: messages.map(phoneMessageView) };
		},
	);
}
