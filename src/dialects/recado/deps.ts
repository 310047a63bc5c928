/** What our own dialect needs from the house. */
import type { Access } from '../../access/services.ts';
import type { DeliveryJobs, Replays, Webhooks } from '../../delivery/services.ts';
import type { Insight } from '../../insight/services.ts';
import type { Directory, Templates } from '../../messaging/directory-services.ts';
import type {
	Attending,
	ChannelFacts,
	ExtensionCodes,
	InstanceSetting,
	Instances,
	Messaging,
	Reading,
	WhatsApp,
} from '../../messaging/services.ts';
import type { AccountReads } from '../../ports/accounts.ts';
import type { AttendanceReads } from '../../ports/attendances.ts';
import type { ChatReads } from '../../ports/chats.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeliveryReads } from '../../ports/deliveries.ts';
import type { EventReads } from '../../ports/events.ts';
import type { MessageReads } from '../../ports/messages.ts';
import type { PersonalData } from '../../ports/personal-data.ts';
import type { Settings } from '../../ports/settings.ts';
import type { SimulatorControl } from '../../ports/simulator.ts';
import type { ServiceDesk } from '../../service-desk/services.ts';

export interface RecadoDeps {
	readonly access: Access;
	readonly directory: Directory;
	readonly messaging: Messaging;
	readonly instances: Instances;
	readonly reading: Reading;
	readonly whatsapp: WhatsApp & ChannelFacts;
	readonly templates: Templates;
	readonly instanceSettings: InstanceSetting;
	readonly extensionCodes: ExtensionCodes;
	readonly attending: Attending;
	readonly serviceDesk: ServiceDesk;
	readonly webhooks: Webhooks;
	readonly replays: Replays;
	readonly jobs: DeliveryJobs;
	readonly simulator: SimulatorControl;
	readonly insight: Insight;
	readonly settings: () => Settings;
	readonly store: RecadoReads;
	readonly clock: Pick<Clock, 'now'>;
	/** Where browsers reach the gateway: known when it listens. */
	readonly publicUrl: () => string;
	readonly fileBytesMax: FileBytesMax;
	/** Whether an `Authorization` header is the administrator's. */
	readonly isAdmin: (authorization: string | undefined) => boolean;
}

/** The largest file that can be sent as a data URI, in bytes before Base64. */
export interface FileBytesMax {
	/** Of a picture, video, sound or sticker. */
	readonly media: number;
	readonly document: number;
}

export interface RecadoReads {
	readonly accounts: Pick<
		AccountReads,
		| 'account'
		| 'accounts'
		| 'instance'
		| 'instancesOf'
		| 'allInstances'
		| 'application'
		| 'applicationsOf'
		| 'departments'
		| 'operators'
		| 'categories'
	>;
	readonly chats: Pick<ChatReads, 'chat' | 'chatsById' | 'chatsOf' | 'findContact'>;
	readonly messages: Pick<MessageReads, 'message' | 'byWhatsappId' | 'ofChat' | 'latestOfChat' | 'queue' | 'queueCount' | 'list'>;
	readonly attendances: Pick<AttendanceReads, 'list' | 'attendance'>;
	readonly events: Pick<EventReads, 'list' | 'event'>;
	readonly deliveries: Pick<DeliveryReads, 'delivery' | 'list' | 'attempts'>;
	readonly personal: Pick<PersonalData, 'about'>;
}
