/**
 * Plugchat's ReceivedCallback. Of today's envelope its pages print the text alone, which is Z-API's to the letter: so the other kinds have Z-API's, too
 * (contracts: README, section c, 33). The shorter one of 2022 is for webhooks registered through the legacy calls.
 */
import { envelopesFrom, PLAIN } from '../../callbacks/envelopes.ts';
import { type ReceivedForm, writeReceived } from '../../callbacks/received.ts';
import { textAlone, textWithLink } from '../../callbacks/texts.ts';
import type { Told } from '../../callbacks/told.ts';
import { LEGACY_ENVELOPES } from './legacy-envelopes.ts';
import { plugchatMedia } from './media.ts';

const TODAY: ReceivedForm = { envelopes: envelopesFrom(PLAIN), contents: { ...plugchatMedia, text: textWithLink } };
const OF_2022: ReceivedForm = { envelopes: LEGACY_ENVELOPES, contents: { ...plugchatMedia, text: textAlone } };

export function receivedCallback(told: Told): object {
	return writeReceived(told, TODAY);
}

export function receivedCallbackLegacy(told: Told): object {
	return writeReceived(told, OF_2022);
}
