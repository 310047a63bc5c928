/** Who sees what of the instance, and who may put it into groups. */
import type { Nothing, PrivacyChange, PrivacyList } from '../../ports/whatsapp.ts';
import { refused } from './refused.ts';
import type { Deed, Society } from './society.ts';
import type { PrivacyRecord } from './society-records.ts';

/** Durations that WhatsApp offers for messages that disappear: never, a day, a week, ninety days. */
const DURATIONS_SECONDS: readonly number[] = [0, 86_400, 604_800, 7_776_000];

export function setPrivacy(deed: Deed, change: PrivacyChange): Nothing {
	const { society } = deed;
	society.changeOwn({ privacy: { ...society.own.privacy, ...changed(society, change) } });
	return {};
}

export function disallowed(society: Society, setting: PrivacyList): { readonly phones: readonly string[] } {
	const except = society.own.privacy.lists[setting]?.except ?? [];
	return { phones: except.map((phone) => society.spelling(phone)) };
}

/** Whether a setting lets a phone in. */
export function admits(society: Society, setting: PrivacyList, phone: string): boolean {
	const { audience, except } = society.own.privacy.lists[setting] ?? { audience: 'all', except: [] };
	const isContact = society.book.get(phone)?.isInBook === true;
	switch (audience) {
		case 'all':
			return true;
		case 'contacts':
			return isContact;
		case 'contactsExcept':
			return isContact && !except.includes(phone);
		case 'none':
			return false;
	}
}

export function checkedDuration(seconds: number): number {
	if (!DURATIONS_SECONDS.includes(seconds)) throw refused(`messages disappear after one of: ${DURATIONS_SECONDS.join(', ')} seconds`);
	return seconds;
}

function changed(society: Society, change: PrivacyChange): Partial<PrivacyRecord> {
	switch (change.setting) {
		case 'online':
			return { online: change.audience };
		case 'readReceipts':
			return { readReceipts: change.isOn };
		case 'messagesDuration':
			return { messagesDurationSeconds: checkedDuration(change.seconds) };
		default:
			return { lists: { ...society.own.privacy.lists, [change.setting]: listOf(society, change) } };
	}
}

/** Those left out are remembered while another audience is chosen. */
function listOf(
	society: Society,
	{ setting, audience, except = [] }: Extract<PrivacyChange, { setting: PrivacyList }>,
): NonNullable<PrivacyRecord['lists'][PrivacyList]> {
	if (setting === 'groupAdd' && audience === 'none') throw refused('somebody must be able to add this number to groups');
	const leftOut = new Set(society.own.privacy.lists[setting]?.except);
	for (const { phone, isLeftOut } of except) {
		if (isLeftOut) leftOut.add(society.keyOf(phone));
		else leftOut.delete(society.keyOf(phone));
	}
	return { audience, except: [...leftOut] };
}
