/** What a contact of a template's body puts into the template. */
import type { Medium } from '../../domain/content.ts';
import type { TemplateFault, TemplateValues } from '../../domain/template.ts';
import type { Media } from '../../messaging/services.ts';
import type { Caller } from './authentication.ts';
import type { TemplateBody } from './send-body.ts';
import { findUpload, mediumOf } from './uploads.ts';

type Contact = TemplateBody['contacts'][number];

export interface ValuesRead {
	readonly values: TemplateValues;
	readonly faults: readonly TemplateFault[];
}

/** Variables are the members with numbers for names; whatever else stands there means nothing, as everywhere in bodies. */
export async function readValues(media: Pick<Media, 'get'>, caller: Caller, contact: Contact): Promise<ValuesRead> {
	const { header = {}, buttons = [] } = contact;
	const body = numbered(contact, '');
	const ofHeader = numbered(header, 'header.');
	const { medium, faults } = await readMedium(media, caller, header);
	return {
		values: {
			body: body.texts,
			header: ofHeader.texts,
			...(medium === undefined ? {} : { medium }),
			buttons: [buttons].flat(),
		},
		faults: [...body.faults, ...ofHeader.faults, ...faults],
	};
}

function numbered(members: object, prefix: string): { readonly texts: Record<string, string>; readonly faults: TemplateFault[] } {
	const texts: Record<string, string> = {};
	const faults: TemplateFault[] = [];
	for (const [name, value] of Object.entries(members)) {
		if (!/^\d+$/.test(name)) continue;
		if (typeof value === 'string') texts[name] = value;
		else faults.push({ path: `${prefix}${name}`, en: 'must be text', pt: 'deve ser texto' });
	}
	return { texts, faults };
}

/** The documented example has link and id; the link counts then. What it is, is found out when it is fetched. */
async function readMedium(
	media: Pick<Media, 'get'>,
	caller: Caller,
	{ link, id }: NonNullable<Contact['header']>,
): Promise<{ readonly medium?: Medium; readonly faults: readonly TemplateFault[] }> {
	if (link) return { medium: { url: link, mimeType: '' }, faults: [] };
	if (!id) return { faults: [] };
	const uploaded = await findUpload(media, caller, id);
	if (uploaded) return { medium: mediumOf(uploaded), faults: [] };
	return { faults: [{ path: 'header.id', en: 'is no uploaded medium', pt: 'não é uma mídia enviada' }] };
}
