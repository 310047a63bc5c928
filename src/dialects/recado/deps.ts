/** What our own dialect needs from the house. */
import type { DeliveryJobs, Replays, Webhooks } from '../../delivery/services.ts';
import type { Attending, Directory, Instances, Messaging } from '../../messaging/services.ts';
import type { SimulatorControl } from '../../ports/simulator.ts';
import type { AccountReads, AttendanceReads, ChatReads, DeliveryReads, EventReads, MessageReads } from '../../ports/store.ts';

export interface RecadoDeps {
	readonly directory: Directory;
	readonly messaging: Messaging;
	readonly instances: Instances;
	readonly attending: Attending;
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
	readonly chats: Pick<ChatReads, 'chatsOf'>;
	readonly messages: Pick<MessageReads, 'message' | 'byWhatsappId' | 'queueCount' | 'list'>;
	readonly attendances: Pick<AttendanceReads, 'list' | 'attendance'>;
	readonly events: Pick<EventReads, 'list' | 'event'>;
	readonly deliveries: Pick<DeliveryReads, 'delivery' | 'list' | 'attempts'>;
}
