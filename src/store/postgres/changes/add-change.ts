/** Sends each kind of change to the sheets that it is written with. */
import type { Change } from '../../../ports/changes.ts';
import type { Batch } from '../batch.ts';
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
import { insertChat, touchChat } from './chat-changes.ts';
import { insertContact, updateContact } from './contact-changes.ts';
import { deleteDocument, putDocument } from './document-changes.ts';
import { insertJob, setJobState } from './job-changes.ts';
import { attachMedia, fillMedium, insertMedium, releaseMedia } from './media-changes.ts';
import { advanceMessage, amendMessage, deleteMessage, eraseMessage, insertMessage } from './message-changes.ts';
import { insertJournalEntry, settleJournalEntry } from './record-changes.ts';
import { deleteCategory, deleteDepartment, deleteOperator, putCategory, putDepartment, putOperator } from './staff-changes.ts';
import { deleteWebhook, putWebhook, setFailing } from './webhook-changes.ts';

type Adders = { readonly [Kind in Change['kind']]: (batch: Batch, change: Extract<Change, { kind: Kind }>) => void };

const ADDERS: Adders = {
	'account.insert': (batch, { account }) => insertAccount(batch, account),
	'account.put': (batch, { account }) => putAccount(batch, account),
	'instance.insert': (batch, { instance }) => insertInstance(batch, instance),
	'instance.update': (batch, change) => updateInstance(batch, change.id, change),
	'application.insert': (batch, { application }) => insertApplication(batch, application),
	'application.put': (batch, { application }) => putApplication(batch, application),
	'application.delete': (batch, { id }) => deleteApplication(batch, id),
	'department.put': (batch, { department }) => putDepartment(batch, department),
	'department.delete': (batch, { id }) => deleteDepartment(batch, id),
	'operator.put': (batch, { operator }) => putOperator(batch, operator),
	'operator.delete': (batch, { id }) => deleteOperator(batch, id),
	'category.put': (batch, { category }) => putCategory(batch, category),
	'category.delete': (batch, { id }) => deleteCategory(batch, id),
	'webhook.put': (batch, { webhook }) => putWebhook(batch, webhook),
	'webhook.failing': (batch, { id, failing }) => setFailing(batch, id, failing),
	'webhook.delete': (batch, { id }) => deleteWebhook(batch, id),
	'job.insert': (batch, { job }) => insertJob(batch, job),
	'job.state': (batch, change) => setJobState(batch, change),
	'contact.insert': (batch, { contact, aliases }) => insertContact(batch, contact, aliases),
	'contact.update': (batch, change) => updateContact(batch, change),
	'chat.insert': (batch, { chat }) => insertChat(batch, chat),
	'chat.touch': (batch, change) => touchChat(batch, change.id, change),
	'message.insert': (batch, { message }) => insertMessage(batch, message),
	'message.advance': (batch, { from, message }) => advanceMessage(batch, from, message),
	'message.amend': (batch, { id, from, content }) => amendMessage(batch, id, from, content),
	'message.delete': (batch, { id }) => deleteMessage(batch, id),
	'message.erase': (batch, { id }) => eraseMessage(batch, id),
	'attendance.insert': (batch, { attendance, seen }) => insertAttendance(batch, attendance, seen),
	'attendance.update': (batch, change) => updateAttendance(batch, change),
	'journal.insert': (batch, { entry }) => insertJournalEntry(batch, entry),
	'journal.settle': (batch, { id, state, error }) => settleJournalEntry(batch, id, state, error),
	'media.insert': (batch, { medium }) => insertMedium(batch, medium),
	'media.fill': (batch, { id, mimeType, blob }) => fillMedium(batch, id, mimeType, blob),
	'media.attach': (batch, change) => attachMedia(batch, change),
	'media.release': (batch, { messageId }) => releaseMedia(batch, messageId),
	'document.put': (batch, change) => putDocument(batch, change),
	'document.delete': (batch, { collection, id }) => deleteDocument(batch, collection, id),
};

export function addChange(batch: Batch, change: Change): void {
	// Each stands under the kind that it takes.
	const add = ADDERS[change.kind] as (batch: Batch, change: Change) => void;
	add(batch, change);
}
