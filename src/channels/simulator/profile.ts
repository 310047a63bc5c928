/** What the instance shows of itself, and the device that it is. */
import type { Asked, Device, Nothing, Profile } from '../../ports/whatsapp.ts';
import { USUAL_ABOUT } from './phones.ts';
import { checkedPhoto, checkedText } from './refused.ts';
import type { Deed, Society } from './society.ts';

/** WhatsApp's own limits. */
const NAME_CHARS_MAX = 25;
const ABOUT_CHARS_MAX = 139;

/** A business's phone: only those have a shop. */
export function ownProfile(society: Society): Profile {
	const { phone, about = USUAL_ABOUT, photoUrl } = society.own;
	return { phone, name: society.nameOf(society.self), about, ...(photoUrl !== undefined && { photoUrl }), isBusiness: true };
}

export function setProfile(deed: Deed, { name, about, photoUrl }: Asked<'profile.set'>): Nothing {
	deed.society.changeOwn({
		...(name !== undefined && { name: checkedText('the name', name, { min: 1, max: NAME_CHARS_MAX }) }),
		...(about !== undefined && { about: checkedText('the description', about, { min: 0, max: ABOUT_CHARS_MAX }) }),
		...(photoUrl !== undefined && { photoUrl: checkedPhoto(photoUrl) }),
	});
	return {};
}

/** `sessionNumber` counts the sessions of the instance. */
export function deviceOf(sessionNumber: number): Device {
	return { sessionName: 'Recado', model: 'Simulator', originalDevice: 'smba', sessionId: sessionNumber };
}
