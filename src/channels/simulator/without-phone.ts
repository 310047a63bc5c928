/** What is to be written so that nothing of the channel state of an instance names a phone any more. */

import type { MessageContent } from '../../domain/content.ts';
import { phoneKey } from '../../domain/phone.ts';
import type { ChannelStateChange, ChannelStateEntry } from '../../ports/channel.ts';
import { deletion, INCOMING_PREFIX, type IncomingRecord, OUTGOING_PREFIX, type OutgoingRecord, PHONE_PREFIX } from './records.ts';
import { BOOK_PREFIX, CHAT_PREFIX, GROUP_PREFIX, type GroupRecord, OWN_PREFIX, type OwnRecord, UNREAD_PREFIX } from './society-records.ts';

/** Keys that end in a phone. */
const OF_PHONE: readonly string[] = [PHONE_PREFIX, BOOK_PREFIX, CHAT_PREFIX, UNREAD_PREFIX];
export function withoutPhone(entries: readonly ChannelStateEntry[], written: string): readonly ChannelStateChange[] {
	const phone = phoneKey(written);
	const isIt = (other: unknown): boolean => typeof other === 'string' && phoneKey(other) === phone;
	return entries.flatMap(({ key, value }): readonly ChannelStateChange[] => {
		const after = (prefix: string): string | undefined => (key.startsWith(prefix) ? key.slice(prefix.length) : undefined);
		if (OF_PHONE.some((prefix) => isIt(after(prefix)))) return [deletion(key)];
		if (key.startsWith(OUTGOING_PREFIX)) return isIt((value as OutgoingRecord).phone) ? [deletion(key)] : [];
		if (key.startsWith(INCOMING_PREFIX)) {
			const { phone: address, content } = value as IncomingRecord;
			return isIt(address) || isOf(content, isIt) ? [deletion(key)] : [];
		}
		if (key === OWN_PREFIX) return ownWithout(value as OwnRecord, isIt);
		return key.startsWith(GROUP_PREFIX) ? groupWithout(key, value as GroupRecord, isIt) : [];
	});
}

/** In a group: it wrote it, it is about what it wrote, or WhatsApp tells of it. */
function isOf(content: MessageContent, isIt: (phone: unknown) => boolean): boolean {
	if (isIt(content.context?.participant?.phone)) return true;
	if ('to' in content && isIt(content.to.participantPhone)) return true;
	return content.kind === 'notice' && content.parameters.flat(Number.POSITIVE_INFINITY).some(isIt);
}

function ownWithout(own: OwnRecord, isIt: (phone: unknown) => boolean): readonly ChannelStateChange[] {
	const lists = Object.entries(own.privacy.lists);
	if (!lists.some(([, list]) => list.except.some(isIt))) return [];
	const without = lists.map(([name, list]) => [name, { ...list, except: list.except.filter((one) => !isIt(one)) }] as const);
	return [{ key: OWN_PREFIX, value: { ...own, privacy: { ...own.privacy, lists: Object.fromEntries(without) } } }];
}

function groupWithout(key: string, group: GroupRecord, isIt: (phone: string) => boolean): readonly ChannelStateChange[] {
	const members = group.members.filter((one) => !isIt(one.phone));
	const former = group.former.filter((one) => !isIt(one.phone));
	const requests = group.requests.filter((one) => !isIt(one.phone) && !isIt(one.askedBy));
	const isSame =
		members.length === group.members.length && former.length === group.former.length && requests.length === group.requests.length;
	const owner = isIt(group.owner) ? '' : group.owner;
	const subjectBy = isIt(group.subjectBy) ? '' : group.subjectBy;
	if (isSame && owner === group.owner && subjectBy === group.subjectBy) return [];
	return [{ key, value: { ...group, members, former, requests, owner, subjectBy } }];
}
