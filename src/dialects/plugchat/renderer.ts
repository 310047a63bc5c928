/** Plugchat's payloads, as the planner asks for them. */
import type { Renderer } from '../../ports/renderer.ts';
import { slotRenderer } from '../callbacks/slots.ts';
import { PLUGCHAT_FORMS } from './forms.ts';
import { PLUGCHAT_SLOTS } from './slots.ts';

export const plugchatRenderer: Renderer = slotRenderer({
	dialect: 'plugchat',
	slots: PLUGCHAT_SLOTS,
	forms: PLUGCHAT_FORMS,
});
