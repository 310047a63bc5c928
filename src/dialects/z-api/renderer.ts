/** Z-API's payloads, as the planner asks for them. */
import type { Renderer } from '../../ports/renderer.ts';
import { slotRenderer } from '../callbacks/slots.ts';
import { ZAPI_SLOTS } from './slots.ts';

export const zApiRenderer: Renderer = slotRenderer({ dialect: 'z-api', slots: ZAPI_SLOTS, forms: [] });
