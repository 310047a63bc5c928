/** What our own dialect needs from the house. */
import type { Access } from '../../access/services.ts';
import type { DeliveryJobs, Replays, Webhooks } from '../../delivery/services.ts';
import type {
	Attending,
	Directory,
	ExtensionCodes,
	InstanceSetting,
	Instances,
	Messaging,
	Reading,
	Templates,
	WhatsApp,
} from '../../messaging/services.ts';
import type { SimulatorControl } from '../../ports/simulator.ts';
import type { AccountReads, AttendanceReads, ChatReads, DeliveryReads, EventReads, MessageReads } from '../../ports/store.ts';
import type { ServiceDesk } from '../../service-desk/services.ts';

export interface RecadoDeps {
	readonly access: Access;
	readonly directory: Directory;
	readonly messaging: Messaging;
	readonly instances: Instances;
	readonly reading: Reading;
	readonly whatsapp: WhatsApp;
	readonly templates: Templates;
	readonly instanceSettings: InstanceSetting;
	readonly extensionCodes: ExtensionCodes;
	readonly attending: Attending;
	readonly serviceDesk: ServiceDesk;
	readonly webhooks: Webhooks;
	readonly replays: Replays;
	readonly jobs: DeliveryJobs;
	readonly simulator: SimulatorControl;
	readonly store: RecadoReads;
	/** Whether an `Authorization` header is the administrator's. */
	readonly isAdmin: (authorization: string | undefined) => boolean;
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
	readonly chats: Pick<ChatReads, 'chat' | 'chatsOf' | 'findContact'>;
	readonly messages: Pick<MessageReads, 'message' | 'byWhatsappId' | 'queueCount' | 'list'>;
	readonly attendances: Pick<AttendanceReads, 'list' | 'attendance'>;
	readonly events: Pick<EventReads, 'list' | 'event'>;
	readonly deliveries: Pick<DeliveryReads, 'delivery' | 'list' | 'attempts'>;
}
