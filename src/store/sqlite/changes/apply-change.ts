/** Sends each kind of change to the statement that makes it. */
import type { Change } from '../../../ports/changes.ts';
import type { Connection } from '../connection.ts';
import {
	deleteApplication,
	insertAccount,
	insertApplication,
	insertInstance,
	putAccount,
	putApplication,
	updateInstance,
} from './account-changes.ts';
import { insertAttendance, updateAttendance } from './attendance-changes.ts';
import { insertChat, insertContact, touchChat, updateContact } from './chat-changes.ts';
import type { Refusal } from './conflict.ts';
import { deleteDocument, putDocument } from './document-changes.ts';
import { insertJob, setJobState } from './job-changes.ts';
import { attachMedia, fillMedium, insertMedium, releaseMedia } from './media-changes.ts';
import { advanceMessage, amendMessage, deleteMessage, eraseMessage, insertMessage } from './message-changes.ts';
import { insertJournalEntry, settleJournalEntry } from './record-changes.ts';
import { deleteCategory, deleteDepartment, deleteOperator, putCategory, putDepartment, putOperator } from './staff-changes.ts';
import { deleteWebhook, putWebhook, setFailing } from './webhook-changes.ts';

export function applyChange(db: Connection, change: Change): Refusal {
	switch (change.kind) {
		case 'account.insert':
			return insertAccount(db, change.account);
		case 'account.put':
			return putAccount(db, change.account);
		case 'instance.insert':
			return insertInstance(db, change.instance);
		case 'instance.update':
			return updateInstance(db, change.id, change);
		case 'application.insert':
			return insertApplication(db, change.application);
		case 'application.put':
			return putApplication(db, change.application);
		case 'webhook.failing':
			return setFailing(db, change.id, change.failing);
		case 'job.insert':
			return insertJob(db, change.job);
		case 'job.state':
			return setJobState(db, change);
		case 'contact.insert':
			return insertContact(db, change.contact, change.aliases);
		case 'contact.update':
			return updateContact(db, change);
		case 'chat.insert':
			return insertChat(db, change.chat);
		case 'chat.touch':
			return touchChat(db, change.id, change);
		case 'message.insert':
			return insertMessage(db, change.message);
		case 'message.advance':
			return advanceMessage(db, change.from, change.message);
		case 'message.amend':
			return amendMessage(db, change.id, change.from, change.content);
		case 'message.delete':
			return deleteMessage(db, change.id);
		case 'attendance.insert':
			return insertAttendance(db, change.attendance, change.seen);
		case 'attendance.update':
			return updateAttendance(db, change);
		case 'journal.insert':
			return insertJournalEntry(db, change.entry);
		case 'journal.settle':
			return settleJournalEntry(db, change.id, change.state, change.error);
		case 'media.insert':
			return insertMedium(db, change.medium);
		case 'media.fill':
			return fillMedium(db, change.id, change.mimeType, change.blob);
		case 'document.put':
			return putDocument(db, change);
		default:
			applyUnconditional(db, change);
			return undefined;
	}
}

type Unconditional = Extract<
	Change,
	{
		kind:
			| 'application.delete'
			| `${'department' | 'operator' | 'category'}.${'put' | 'delete'}`
			| 'webhook.put'
			| 'webhook.delete'
			| 'message.erase'
			| 'document.delete'
			| 'media.attach'
			| 'media.release';
	}
>;

/** Those without a precondition. */
function applyUnconditional(db: Connection, change: Unconditional): void {
	switch (change.kind) {
		case 'application.delete':
			deleteApplication(db, change.id);
			break;
		case 'department.put':
			putDepartment(db, change.department);
			break;
		case 'department.delete':
			deleteDepartment(db, change.id);
			break;
		case 'operator.put':
			putOperator(db, change.operator);
			break;
		case 'operator.delete':
			deleteOperator(db, change.id);
			break;
		case 'category.put':
			putCategory(db, change.category);
			break;
		case 'category.delete':
			deleteCategory(db, change.id);
			break;
		case 'webhook.put':
			putWebhook(db, change.webhook);
			break;
		case 'webhook.delete':
			deleteWebhook(db, change.id);
			break;
		case 'message.erase':
			eraseMessage(db, change.id);
			break;
		case 'document.delete':
			deleteDocument(db, change.collection, change.id);
			break;
		case 'media.attach':
			attachMedia(db, change);
			break;
		case 'media.release':
			releaseMedia(db, change.messageId);
			break;
	}
}
