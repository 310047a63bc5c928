/** What the Plugchat dialect needs from the house. */
import type { Webhooks } from '../../delivery/services.ts';
import type { Attending, Directory, Instances, Messaging } from '../../messaging/services.ts';
import type { AccountReads } from '../../ports/store.ts';

export interface PlugchatDeps {
	readonly directory: Directory;
	readonly messaging: Messaging;
	readonly instances: Instances;
	readonly attending: Attending;
	readonly webhooks: Webhooks;
	readonly accounts: Pick<AccountReads, 'departments'>;
}
