/** What the partner API of Plugchat needs from the house. */
import type { Access } from '../../access/services.ts';
import type { Webhooks } from '../../delivery/services.ts';
import type { Directory } from '../../messaging/directory-services.ts';
import type { ExtensionCodes } from '../../messaging/services.ts';
import type { AccountReads } from '../../ports/accounts.ts';
import type { ServiceDesk } from '../../service-desk/services.ts';

export interface PlugchatPartnerDeps {
	readonly access: Pick<Access, 'partners' | 'subscriptions'>;
	readonly directory: Directory;
	readonly webhooks: Pick<Webhooks, 'assertUrl' | 'assignSlots' | 'list'>;
	readonly serviceDesk: Pick<ServiceDesk, 'staff' | 'surveys' | 'ura'>;
	readonly accounts: Pick<AccountReads, 'departments' | 'instancesOf'>;
	readonly extensionCodes: ExtensionCodes;
}
