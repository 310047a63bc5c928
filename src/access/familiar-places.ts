/** From where somebody signed in by password before: what strangers spend by guessing does not shut them out there (`sign-in-limits.ts`). */
import { nameKey } from '../messaging/operator-profiles.ts';
import { type Collection, collection, type DocumentPut, type DocumentReads } from '../ports/documents.ts';
import { networkOf, type TriedName } from './sign-in-limits.ts';

/** By a hash of name and address that only this gateway can make. `at` is when they last signed in there. Hangs on the operator. */
export const FAMILIAR_PLACES: Collection<Record<string, never>> = collection<Record<string, never>>('familiar-places');
/** From where somebody did not sign in for this long they are a stranger again. */
export const FAMILIAR_MS: number = 90 * 24 * 60 * 60_000;

/** A name, and the address that it is tried from. */
export interface SignInPlace {
	/** As `nameKey` has it. */
	readonly name: string;
	/** Of FAMILIAR_PLACES. */
	readonly id: string;
}

/** Whoever reads the store cannot try addresses until one fits: the id is made with the administrator's token. With another one everybody is a stranger once. */
export function placeOf(admin: { of(text: string): string }, written: string, address: string): SignInPlace {
	const name = nameKey(written);
	return { name, id: admin.of(`sign-in from ${networkOf(address)} ${name}`) };
}

/** For the limits. */
export async function triedAt(reads: DocumentReads, { name, id }: SignInPlace): Promise<TriedName> {
	return { name, isFamiliar: (await FAMILIAR_PLACES.get(reads, id)) !== undefined };
}

/** To be committed with the sign-in. */
export function remember({ id }: SignInPlace, by: { readonly accountId: string; readonly parentId: string }, at: number): DocumentPut {
	return FAMILIAR_PLACES.put({ id, ...by, at, value: {} });
}
