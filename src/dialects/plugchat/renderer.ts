/** Plugchat's payloads, as the planner asks for them. */
import type { Renderer } from '../../ports/renderer.ts';
import { slotRenderer } from '../callbacks/slots.ts';
import type { PlugchatForm } from './forms.ts';
import { PLUGCHAT_SLOTS } from './slots.ts';

export const plugchatRenderer: Renderer = slotRenderer({
	dialect: 'plugchat',
	slots: PLUGCHAT_SLOTS,
	subscription: { form: 'app' satisfies PlugchatForm },
});
