/** Z-API's ReceivedCallback: what a customer wrote, and own messages where they are echoed ("sent by me"). */
import { envelopesFrom, PLAIN } from '../../callbacks/envelopes.ts';
import { fromApiOfOwn } from '../../callbacks/members.ts';
import { type ReceivedForm, writeReceived } from '../../callbacks/received.ts';
import { textWithLink } from '../../callbacks/texts.ts';
import type { Told } from '../../callbacks/told.ts';
import { zApiMedia } from './media.ts';

/** `fromApi` is told of own messages only. */
const FORM: ReceivedForm = {
	envelopes: envelopesFrom({ ...PLAIN, fromApi: fromApiOfOwn }),
	contents: { ...zApiMedia, text: textWithLink },
};

export function receivedCallback(told: Told): object {
	return writeReceived(told, FORM);
}
