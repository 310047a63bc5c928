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
	SlidersHorizontal,
	Smartphone,
	Webhook,
} from 'lucide-react';
import { isAdministrator, type Session } from '../api/session.ts';
import { type InBoth, words } from '../i18n/words.ts';

const WORDS = words({
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
	},
});

interface Place {
	readonly to: string;
	readonly name: string;
	readonly icon: LucideIcon;
	/** Pages below are other places. */
	readonly isExact?: boolean;
	/** Is another place, although it is below. */
	readonly except?: string;
}

export interface PlaceGroup {
	readonly title: string;
	readonly places: readonly Place[];
}

export function placesFor(session: Session, say: <T>(both: InBoth<T>) => T): readonly PlaceGroup[] {
	const name = say(WORDS);
	const deskSettings: Place = { to: '/console/desk/settings', name: name.deskSettings, icon: SlidersHorizontal };
	const desk: Place = { to: '/console/desk', name: name.desk, icon: Headset, except: deskSettings.to };
	if (!isAdministrator(session)) return [{ title: name.service, places: session.role === 'admin' ? [desk, deskSettings] : [desk] }];
	return [
		{
			title: name.gateway,
			places: [
				{ to: '/', name: name.overview, icon: ChartNoAxesCombined, isExact: true },
				{ to: '/console/phone', name: name.phone, icon: MessageSquareText },
				{ to: '/console/deliveries', name: name.deliveries, icon: Send },
				{ to: '/console/webhooks', name: name.webhooks, icon: Webhook },
				{ to: '/console/instances', name: name.instances, icon: Smartphone },
			],
		},
		{ title: name.service, places: [desk, deskSettings] },
		{
			title: name.administration,
			places: [
				{ to: '/console/accounts', name: name.accounts, icon: Building2 },
				{ to: '/console/tokens', name: name.tokens, icon: KeyRound },
				{ to: '/console/audit', name: name.audit, icon: ScrollText },
			],
		},
	];
}
