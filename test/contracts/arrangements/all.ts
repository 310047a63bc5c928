/** The arrangements of all systems. */
import type { System } from '../operations.ts';
import type { Arrangements } from './arrangement.ts';
import { INSTANT_MESSAGE } from './instant-message.ts';
import { PLUGCHAT } from './plugchat.ts';
import { PLUGCHAT_PARTNER } from './plugchat-partner.ts';
import { ZAPI } from './z-api.ts';

export const ARRANGEMENTS: Readonly<Record<System, Arrangements>> = {
	plugchat: PLUGCHAT,
	'plugchat-partner': PLUGCHAT_PARTNER,
	'instant-message': INSTANT_MESSAGE,
	'z-api': ZAPI,
};
