/** The service desk as one: its parts built and handed to each other. */
import type { AttendingService } from '../messaging/attending.ts';
import type { InstanceQueues } from '../messaging/instance-queues.ts';
import type { MessagingOptions } from '../messaging/options.ts';
import type { Messaging } from '../messaging/services.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Passwords } from '../ports/secrets.ts';
import type { Sender } from '../ports/sender.ts';
import type { Store } from '../ports/store.ts';
import { AccountSettings } from './account-settings.ts';
import { Attendant } from './attendant.ts';
import { ButtonService } from './buttons.ts';
import { Dealing } from './dealing.ts';
import { DeskService } from './desk.ts';
import { ContactFields } from './fields.ts';
import { BusinessHours } from './hours.ts';
import { NoteBook } from './notes.ts';
import type { OperatorTokens } from './operator-tokens.ts';
import { QuickReplyBook } from './quick-replies.ts';
import type { ServiceDesk } from './services.ts';
import { StaffService } from './staff.ts';
import { SurveyService } from './surveys.ts';
import { TicketLookUp } from './tickets.ts';
import { UraService } from './ura.ts';

export interface AttendantNeeds {
	readonly store: Store;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly queues: InstanceQueues;
	readonly observer: Observer;
	readonly options: Pick<MessagingOptions, 'transcriptMessagesMax'>;
}

/** Who answers before an operator does: what the inbox and the end of attendances ask. */
export function createAttendant(needs: AttendantNeeds): Attendant {
	return new Attendant({ ...needs, settings: new AccountSettings(needs) });
}

export interface ServiceDeskNeeds extends AttendantNeeds {
	readonly sender: Sender;
	readonly messaging: Messaging;
	readonly attending: AttendingService;
	readonly passwords: Passwords;
	readonly operatorTokens: OperatorTokens;
}

export function createServiceDesk(needs: ServiceDeskNeeds): ServiceDesk {
	const settings = new AccountSettings(needs);
	const staff = new StaffService({ ...needs, tokens: needs.operatorTokens });
	const parts = { ...needs, settings, staff };
	const fields = new ContactFields(parts);
	return {
		staff,
		fields,
		desk: new DeskService({ ...parts, dealing: new Dealing(parts) }),
		notes: new NoteBook(parts),
		hours: new BusinessHours(settings),
		ura: new UraService(parts),
		surveys: new SurveyService(parts),
		tickets: new TicketLookUp(parts),
		buttons: new ButtonService({ ...parts, fields }),
		quickReplies: new QuickReplyBook(parts),
	};
}
