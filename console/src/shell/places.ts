/** Where one can go, by who one is. */
import {
	Building2,
	ChartNoAxesCombined,
	Headset,
	KeyRound,
	type LucideIcon,
	MessageSquareText,
	ScrollText,
	Send,
	Settings2,
	SlidersHorizontal,
	Smartphone,
	Webhook,
} from 'lucide-react';
import { isAdministrator, lacking, type Session, type TokenScope } from '../api/session.ts';
import { words } from '../i18n/words.ts';

/** The names of groups and places. */
export const PLACE_WORDS = words({
	en: {
		gateway: 'Gateway',
		overview: 'Overview',
		phone: 'Phone',
		deliveries: 'Deliveries',
		webhooks: 'Webhooks',
		instances: 'Instances',
		service: 'Customer service',
		desk: 'Service desk',
		deskSettings: 'Desk settings',
		administration: 'Administration',
		accounts: 'Accounts',
		tokens: 'API tokens',
		audit: 'Audit log',
		settings: 'Settings',
	},
	pt: {
		gateway: 'Gateway',
		overview: 'Visão geral',
		phone: 'Telefone',
		deliveries: 'Entregas',
		webhooks: 'Webhooks',
		instances: 'Instâncias',
		service: 'Atendimento',
		desk: 'Atendimentos',
		deskSettings: 'Configurar atendimento',
		administration: 'Administração',
		accounts: 'Contas',
		tokens: 'Tokens de API',
		audit: 'Auditoria',
		settings: 'Configurações',
	},
});

type Name = keyof (typeof PLACE_WORDS)['en'];

interface Place {
	readonly to: string;
	readonly name: Name;
	readonly icon: LucideIcon;
	/** What its page cannot do without, of a token. */
	readonly scopes: readonly TokenScope[];
	/** Of the gateway as a whole: not for whoever is confined to an account. */
	readonly isOfAll?: boolean;
	/** Pages below are other places. */
	readonly isExact?: boolean;
	/** Is another place, although it is below. */
	readonly except?: string;
}

interface PlaceGroup {
	readonly title: Name;
	readonly places: readonly Place[];
}

const DESK_SETTINGS: Place = {
	to: '/console/desk/settings',
	name: 'deskSettings',
	icon: SlidersHorizontal,
	scopes: ['accounts:manage'],
};
const DESK: Place = {
	to: '/console/desk',
	name: 'desk',
	icon: Headset,
	scopes: ['attendances:manage', 'messages:read'],
	except: DESK_SETTINGS.to,
};
const GROUPS: readonly PlaceGroup[] = [
	{
		title: 'gateway',
		places: [
			{ to: '/', name: 'overview', icon: ChartNoAxesCombined, scopes: ['webhooks:manage'], isExact: true },
			{
				to: '/console/phone',
				name: 'phone',
				icon: MessageSquareText,
				scopes: ['simulator:act', 'messages:read', 'accounts:manage', 'webhooks:manage'],
			},
			{ to: '/console/deliveries', name: 'deliveries', icon: Send, scopes: ['webhooks:manage'] },
			{ to: '/console/webhooks', name: 'webhooks', icon: Webhook, scopes: ['webhooks:manage'] },
			{ to: '/console/instances', name: 'instances', icon: Smartphone, scopes: ['accounts:manage'] },
		],
	},
	{ title: 'service', places: [DESK, DESK_SETTINGS] },
	{
		title: 'administration',
		places: [
			{ to: '/console/accounts', name: 'accounts', icon: Building2, scopes: ['accounts:manage'] },
			{ to: '/console/tokens', name: 'tokens', icon: KeyRound, scopes: ['admin'] },
			{ to: '/console/audit', name: 'audit', icon: ScrollText, scopes: ['admin'] },
			{ to: '/console/settings', name: 'settings', icon: Settings2, scopes: ['admin'], isOfAll: true },
		],
	},
];

/** Those that are open to them. */
export function placesFor(session: Session): readonly PlaceGroup[] {
	if (!isAdministrator(session)) return [{ title: 'service', places: session.role === 'admin' ? [DESK, DESK_SETTINGS] : [DESK] }];
	const open = GROUPS.map(({ title, places }) => ({ title, places: places.filter((place) => isOpen(place, session)) }));
	return open.filter(({ places }) => places.length > 0);
}

function isOpen({ scopes, isOfAll = false }: Place, session: Session): boolean {
	return lacking(session, scopes).length === 0 && !(isOfAll && session.accountId !== undefined);
}

/** Pages by what they take of a token. */
export interface Openers {
	readonly scopes: readonly TokenScope[];
	readonly names: readonly Name[];
}

/** Which scopes open which pages, in the order of the menu. */
export function openers(): readonly Openers[] {
	const places = GROUPS.flatMap((group) => group.places);
	return [...Map.groupBy(places, ({ scopes }) => scopes.join(' ')).values()].map((alike) => ({
		scopes: alike[0]?.scopes ?? [],
		names: alike.map(({ name }) => name),
	}));
}

/** What a session lacks for a page. */
export function lackingAt(path: string, session: Session): readonly TokenScope[] {
	const place = GROUPS.flatMap(({ places }) => places).find((one) => isAt(one, path));
	return lacking(session, place?.scopes ?? []);
}

export function isAt({ to, isExact = false, except }: Place, path: string): boolean {
	const isBelow = !isExact && path.startsWith(`${to}/`) && !(except !== undefined && path.startsWith(except));
	return path === to || isBelow;
}
