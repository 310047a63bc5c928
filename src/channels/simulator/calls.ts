/** Calls, from the instance to phones, and what is needed to take part in them from elsewhere. */
import type { Answered, Asked, SipAccess } from '../../ports/whatsapp.ts';
import { drawnCode, drawnHex } from './drawn.ts';
import { refused } from './refused.ts';
import type { Deed, Society } from './society.ts';

/** No telephone exchange is behind it: `.invalid` leads nowhere (RFC 2606). */
const SIP_HOST = 'sip.simulator.invalid';

/** A phone that is off, or whose owner reads nothing, does not take a call: that is said in the chat. */
export function ringPhone(deed: Deed, { phone }: Asked<'calls.ring'>): Answered<'calls.ring'> {
	const { society } = deed;
	const key = society.keyOf(phone);
	if (!/^\d+$/.test(key) || !society.isOnWhatsApp(key)) throw refused(`${phone} is not on WhatsApp`);
	if (society.book.get(key)?.isBlocked) throw refused(`${phone} is blocked by this number`);
	const callId = drawnHex(32, ...deed.drawnFor('call'));
	const isTaken = society.phones.part(key, 'receivesAfterMs') !== null && society.phones.part(key, 'readsAfterMs') !== null;
	if (!isTaken) tellCall(deed, key, { name: 'CALL_MISSED_VOICE', callId, fromMe: true });
	return { callId };
}

/** Notices of calls have ids of their own form: seconds and a number. */
export function tellCall(
	deed: Deed,
	address: string,
	call: { readonly name: string; readonly callId: string; readonly fromMe: boolean },
): string {
	const number = deed.society.own.made + 1;
	deed.society.changeOwn({ made: number });
	const { name, callId, fromMe } = call;
	const content = { kind: 'notice' as const, name, parameters: [], callId };
	return deed.tell(address, content, { fromMe, whatsappId: `${Math.floor(deed.at / 1000)}-${number}` });
}

/** For a browser to join calls: another one each time. */
export function callToken(deed: Deed): Answered<'calls.token'> {
	return { token: `ek-${drawnCode(43, ...deed.drawnFor('call token'))}` };
}

/** A renewed token ends the one before it. */
export function sipAccess(deed: Deed, { isRenewed }: Asked<'calls.sip'>): SipAccess {
	const { society } = deed;
	if (isRenewed) society.changeOwn({ sipRenewals: society.own.sipRenewals + 1 });
	return { host: SIP_HOST, user: society.instanceId, token: sipToken(society), isActive: true };
}

function sipToken({ seed, instanceId, own }: Society): string {
	return drawnCode(43, seed, instanceId, 'sip', own.sipRenewals);
}
