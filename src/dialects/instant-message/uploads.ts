/** Media by the ids of this API: those of the media store, without their prefix. */
import type { Medium } from '../../domain/content.ts';
import type { Media, MediumLink } from '../../messaging/services.ts';
import type { Caller } from './authentication.ts';
import { digitsOf } from './record.ts';

export function wireId({ id }: { readonly id: string }): string {
	return digitsOf(id);
}

export function storeId(wire: string): string {
	return `med_${wire}`;
}

/** An uploaded medium of the account; undefined where there is none, or its bytes have not come yet. */
export async function findUpload(media: Pick<Media, 'get'>, { application }: Caller, wire: string): Promise<MediumLink | undefined> {
	const link = await media.get(application.accountId, storeId(wire));
	return link?.size === undefined ? undefined : link;
}

export function mediumOf({ url, mimeType, fileName }: MediumLink): Medium {
	return { url, mimeType, ...(fileName === undefined ? {} : { fileName }) };
}
