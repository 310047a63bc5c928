/** What the Z-API dialect needs from the house. */
import type { Webhooks } from '../../delivery/services.ts';
import type { Directory, Instances, Messaging } from '../../messaging/services.ts';
import type { AccountReads, ChatReads, MessageReads } from '../../ports/store.ts';

export interface ZApiDeps {
	readonly directory: Directory;
	readonly messaging: Messaging;
	readonly instances: Instances;
	readonly webhooks: Webhooks;
	readonly accounts: Pick<AccountReads, 'account'>;
	readonly messages: Pick<MessageReads, 'queue' | 'queueCount'>;
	readonly chats: Pick<ChatReads, 'chat'>;
}
