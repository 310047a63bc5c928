/** What the Plugchat dialect needs from the house. */
import type { Access } from '../../access/services.ts';
import type { Webhooks } from '../../delivery/services.ts';
import type { Directory } from '../../messaging/directory-services.ts';
import type { Attending, Instances, Media, Messaging, Reading, WhatsApp } from '../../messaging/services.ts';
import type { AccountReads } from '../../ports/accounts.ts';
import type { ChatReads } from '../../ports/chats.ts';
import type { Random } from '../../ports/clock.ts';
import type { MessageReads } from '../../ports/messages.ts';
import type { ServiceDesk } from '../../service-desk/services.ts';

export interface PlugchatDeps {
	readonly access: Pick<Access, 'subscriptions'>;
	readonly directory: Directory;
	readonly messaging: Messaging;
	readonly instances: Instances;
	readonly reading: Reading;
	readonly whatsapp: WhatsApp;
	readonly media: Pick<Media, 'keep'>;
	readonly attending: Attending;
	readonly serviceDesk: Pick<ServiceDesk, 'fields' | 'staff' | 'tickets'>;
	readonly webhooks: Webhooks;
	readonly accounts: Pick<AccountReads, 'account' | 'departments' | 'instance'>;
	readonly messages: Pick<MessageReads, 'queue' | 'queueCount' | 'byWhatsappId' | 'ofChat'>;
	readonly chats: Pick<ChatReads, 'chat' | 'chatsOf' | 'findByAlias' | 'waitingOf'>;
	readonly random: Random;
}
