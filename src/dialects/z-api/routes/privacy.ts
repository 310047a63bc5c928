/** Who sees what of the instance's own profile, and for how long messages of new chats last. */
import type { FastifyInstance } from 'fastify';
import { type Static, type TSchema, Type } from 'typebox';
import type { PrivacyAudience, PrivacyChange, PrivacyList } from '../../../ports/whatsapp.ts';
import { given } from '../../callbacks/given.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';

const AUDIENCES: Readonly<Record<'ALL' | 'NONE' | 'CONTACTS' | 'CONTACT_BLACKLIST', PrivacyAudience>> = {
	ALL: 'all',
	NONE: 'none',
	CONTACTS: 'contacts',
	CONTACT_BLACKLIST: 'contactsExcept',
};

const DAY_SECONDS = 86_400;
const DURATIONS = { days90: 90 * DAY_SECONDS, days7: 7 * DAY_SECONDS, hours24: DAY_SECONDS, disable: 0 } as const;

const blacklist = Type.Optional(
	Type.Array(Type.Object({ action: Type.Union([Type.Literal('add'), Type.Literal('remove')]), phone: Type.String() }), {
		description: 'With CONTACT_BLACKLIST: who is left out, and who no more',
	}),
);
const anyOf = <T extends string>(words: readonly T[]) => Type.Union(words.map((word) => Type.Literal(word)));

const AudienceBody = Type.Object({
	visualizationType: anyOf(['ALL', 'NONE', 'CONTACTS', 'CONTACT_BLACKLIST']),
	contactsBlacklist: blacklist,
});
const GroupAddBody = Type.Object({ type: anyOf(['ALL', 'CONTACTS', 'CONTACT_BLACKLIST']), contactsBlacklist: blacklist });
const OnlineBody = Type.Object({ visualizationType: anyOf(['ALL', 'SAME_LAST_SEEN']) });
const DurationQuery = Type.Object({ value: anyOf(['days90', 'days7', 'hours24', 'disable']) });
const SwitchQuery = Type.Object({ value: anyOf(['enable', 'disable']) });
const ListQuery = Type.Object({ type: anyOf(['lastSeen', 'photo', 'description', 'groupAdd']) });

const OF_AUDIENCE: Readonly<Record<string, PrivacyList>> = { 'last-seen': 'lastSeen', photo: 'photo', description: 'description' };

type Blacklist = Static<typeof AudienceBody>['contactsBlacklist'];

export function privacyRoutes(scope: FastifyInstance, { whatsapp }: ZApiDeps): void {
	const set = async (request: Parameters<typeof instanceOf>[0], change: PrivacyChange): Promise<object> => {
		await whatsapp.ask(instanceOf(request), 'privacy.set', change);
		return { success: true };
	};
	const post = <Body extends TSchema>(path: string, body: Body, changeOf: (body: Static<Body>) => PrivacyChange): void => {
		scope.post<{ Body: Static<Body> }>(`${INSTANCE_PATH}/privacy/${path}`, { schema: { body } }, (request) =>
			set(request, changeOf(request.body as Static<Body>)),
		);
	};

	for (const [path, setting] of Object.entries(OF_AUDIENCE)) {
		post(path, AudienceBody, ({ visualizationType, contactsBlacklist }) =>
			audience(setting, AUDIENCES[visualizationType], contactsBlacklist),
		);
	}
	post('group-add', GroupAddBody, ({ type, contactsBlacklist }) => audience('groupAdd', AUDIENCES[type], contactsBlacklist));
	post('online', OnlineBody, ({ visualizationType }) => ({
		setting: 'online',
		audience: visualizationType === 'ALL' ? 'all' : 'sameAsLastSeen',
	}));

	scope.post<{ Querystring: Static<typeof SwitchQuery> }>(
		`${INSTANCE_PATH}/privacy/read-receipts`,
		{ config: { isBodyOptional: true }, schema: { querystring: SwitchQuery } },
		(request) => set(request, { setting: 'readReceipts', isOn: request.query.value === 'enable' }),
	);

	scope.post<{ Querystring: Static<typeof DurationQuery> }>(
		`${INSTANCE_PATH}/privacy/messages-duration`,
		{ config: { isBodyOptional: true }, schema: { querystring: DurationQuery } },
		(request) => set(request, { setting: 'messagesDuration', seconds: DURATIONS[request.query.value] }),
	);

	for (const path of ['privacy/disallowed-contacts', 'disallowed-contacts']) {
		scope.get<{ Querystring: Static<typeof ListQuery> }>(
			`${INSTANCE_PATH}/${path}`,
			{ schema: { querystring: ListQuery } },
			async (request) => {
				const { phones } = await whatsapp.ask(instanceOf(request), 'privacy.disallowed', { setting: request.query.type });
				return { disallowedContacts: phones };
			},
		);
	}
}

function audience(setting: PrivacyList, to: PrivacyAudience, list: Blacklist): PrivacyChange {
	const except = list?.map(({ action, phone }) => ({ phone, isLeftOut: action === 'add' }));
	return { setting, audience: to, ...given({ except }) };
}
