/**
 * Edits and deletions, applied to the stored message that they point to. It is done in the unit in which WhatsApp has them: with the step `sent` of an
 * outgoing one, so that a message never says what WhatsApp does not show (one that fails or is taken out of the queue changes nothing), and with the
 * arrival of an incoming one.
 */
import { amend, isAmendment } from '../domain/amendment.ts';
import type { Message } from '../domain/message.ts';
import type { Change } from '../ports/changes.ts';
import type { Store } from '../ports/store.ts';

/** What an edit or a deletion changes; nothing where the message is not one, or what it points to is not there. A conflict `message`: decide again. */
export async function amendmentsBy(
	store: Pick<Store, 'messages'>,
	message: Message,
	{ address, at }: { readonly address: string; readonly at: number },
): Promise<readonly Change[]> {
	if (!isAmendment(message.content)) return [];
	const target = await store.messages.byWhatsappId(message.instanceId, message.content.to.whatsappId);
	const content = target && amend(target, { ...message, address, at });
	if (!target || !content) return [];
	const amended: Change = { kind: 'message.amend', id: target.id, from: target.content, content };
	return content.kind === 'deleted' ? [amended, { kind: 'media.release', messageId: target.id }] : [amended];
}
