/** What the Z-API dialect needs from the house. */
import type { Access } from '../../access/services.ts';
import type { Webhooks } from '../../delivery/services.ts';
import type { Directory } from '../../messaging/directory-services.ts';
import type { InstanceSetting, Instances, Media, Messaging, Reading, WhatsApp } from '../../messaging/services.ts';
import type { AccountReads } from '../../ports/accounts.ts';
import type { ChatReads } from '../../ports/chats.ts';
import type { Clock, Ids, Random } from '../../ports/clock.ts';
import type { MessageReads } from '../../ports/messages.ts';

export interface ZApiDeps {
	readonly access: Pick<Access, 'partners' | 'subscriptions'>;
	readonly directory: Directory;
	readonly messaging: Messaging;
	readonly instances: Instances;
	readonly reading: Reading;
	readonly whatsapp: WhatsApp;
	readonly media: Pick<Media, 'keep'>;
	readonly instanceSettings: InstanceSetting;
	readonly webhooks: Webhooks;
	readonly accounts: Pick<AccountReads, 'account'>;
	readonly messages: Pick<MessageReads, 'queue' | 'queueCount' | 'byWhatsappId' | 'ofChat'>;
	readonly chats: Pick<ChatReads, 'chat' | 'chatsOf' | 'findByAlias'>;
	readonly clock: Pick<Clock, 'now'>;
	readonly ids: Pick<Ids, 'nextToken'>;
	readonly random: Random;
}
