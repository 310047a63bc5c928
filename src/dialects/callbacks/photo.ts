/** Pictures of profiles, groups and links: an https URL stays one, bytes are kept by us and become a link. */
import type { Instance } from '../../domain/account.ts';
import { RecadoError } from '../../errors.ts';
import type { Media } from '../../messaging/services.ts';

/** Answers the URL. Throws invalid_media, which names the field, and body_too_large. */
export async function takePhoto(
	media: Pick<Media, 'keep'>,
	{ accountId }: Instance,
	{ field, source }: { readonly field: string; readonly source: string },
): Promise<string> {
	if (!source.startsWith('data:') && !(URL.canParse(source) && /^https?:/.test(source)))
		throw new RecadoError('invalid_media', { details: { field, fault: 'must be an URL or a Base64 data URI' } });
	try {
		const kept = await media.keep({ kind: 'image', url: source, mimeType: '' }, accountId);
		return kept.kind === 'image' ? kept.url : source;
	} catch (error) {
		// Those who keep it know it as the image of a message; whoever called knows another name.
		if (error instanceof RecadoError && error.details['field'] !== undefined)
			throw new RecadoError(error.code, { details: { ...error.details, field }, cause: error });
		throw error;
	}
}
