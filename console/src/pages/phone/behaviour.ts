/** How a phone behaves, in the four ways that matter at a desk. */
import type { PhoneBehaviour } from '../../api/views.ts';

/** reads: what arrives is read. unread: it arrives and stays unread. off: nothing arrives. none: the number is not on WhatsApp. */
export type Mode = 'reads' | 'unread' | 'off' | 'none';

export const MODES: readonly Mode[] = ['reads', 'unread', 'off', 'none'];

/** Soon, but slow enough to see one tick become two, and two become blue. */
const RECEIVES_AFTER_MS = 300;
const READS_AFTER_MS = 900;

export function modeOf({ onWhatsApp, receivesAfterMs, readsAfterMs }: PhoneBehaviour): Mode {
	if (!onWhatsApp) return 'none';
	if (receivesAfterMs === null) return 'off';
	return readsAfterMs === null ? 'unread' : 'reads';
}

export const CHANGES: Readonly<Record<Mode, Partial<PhoneBehaviour>>> = {
	reads: { onWhatsApp: true, receivesAfterMs: RECEIVES_AFTER_MS, readsAfterMs: READS_AFTER_MS },
	unread: { onWhatsApp: true, receivesAfterMs: RECEIVES_AFTER_MS, readsAfterMs: null },
	off: { onWhatsApp: true, receivesAfterMs: null },
	none: { onWhatsApp: false },
};
