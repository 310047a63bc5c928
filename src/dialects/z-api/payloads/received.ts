/** Z-API's ReceivedCallback: what a customer wrote, and own messages where they are echoed ("sent by me"). */
import { contentMember } from '../../callbacks/contents.ts';
import { receivedEnvelope, replyMember } from '../../callbacks/received.ts';
import type { Told } from '../../callbacks/told.ts';
import { zApiMedia } from './media.ts';

/** `fromApi` is told of own messages only: whether a caller of the API sent it, or somebody holding the phone. */
export function receivedCallback(told: Told): object {
	return {
		...receivedEnvelope(told),
		...contentMember(told, zApiMedia),
		...replyMember(told),
		...(told.message.fromMe ? { fromApi: told.message.origin !== 'phone' } : {}),
	};
}
