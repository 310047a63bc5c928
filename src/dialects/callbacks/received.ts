/** A ReceivedCallback: the envelope of its kind, what its notice brings along, and its content. */
import { type ContentWriters, contentMember } from './contents.ts';
import { type Envelopes, writeEnvelope } from './envelopes.ts';
import type { Told } from './told.ts';

export interface ReceivedForm {
	readonly envelopes: Envelopes;
	readonly contents: ContentWriters;
}

export function writeReceived(told: Told, { envelopes, contents }: ReceivedForm): object {
	return { ...writeEnvelope(told, envelopes), ...contentMember(told, contents) };
}
