/** What the gateway says of its deliveries, held against the ledger: one state each, nothing left over, and nothing called delivered that never came. */
import type { FaultGateway } from './gateway.ts';
import type { Ledger } from './ledger.ts';

interface ListedDelivery {
	readonly id: string;
	readonly eventId: string;
	readonly webhookId: string;
	readonly state: string;
}

const STATES = ['pending', 'sending', 'delivered', 'dead', 'cancelled'];
const PAGE = 200;

/** Of a gateway that has nothing to do: answers the faults. */
export async function auditDeliveries(gateway: FaultGateway, ledger: Ledger): Promise<string[]> {
	const faults: string[] = [];
	const stateOf = new Map<string, string>();
	const seen = new Set<string>();
	for (const state of STATES) {
		for (const { id, eventId, webhookId, state: shown } of await list(gateway, `state=${state}&`)) {
			const before = stateOf.get(id);
			if (before !== undefined) faults.push(`${id} is in two states, ${before} and ${state}`);
			if (shown !== state) faults.push(`${id} is listed as ${state} and shown as ${shown}`);
			stateOf.set(id, state);
			const what = `${eventId} for ${webhookId}`;
			if (seen.has(what)) faults.push(`two deliveries of ${what}`);
			seen.add(what);
			if (state !== 'delivered') faults.push(`${id} is ${state} at the end`);
		}
	}
	const all = await list(gateway, '');
	if (all.length !== stateOf.size) faults.push(`${all.length} deliveries are listed, ${stateOf.size} by their states`);
	const arrived = ledger.arrivedWell();
	for (const [id, state] of stateOf) if (state === 'delivered' && !arrived.has(id)) faults.push(`${id} is delivered and never arrived`);
	for (const id of arrived) if (stateOf.get(id) !== 'delivered') faults.push(`${id} arrived and is ${stateOf.get(id) ?? 'not known'}`);
	return faults;
}

/** A delivery goes to and fro between the two: looked for in one after the other it may be missed on its way, but not on its way back as well. */
const WAYS = ['sending', 'pending', 'sending'];

/** Whether each of them has come to an end. */
export async function areSettled(gateway: FaultGateway): Promise<boolean> {
	for (const state of WAYS) if ((await page(gateway, `state=${state}&limit=1`)).items.length > 0) return false;
	return true;
}

async function list(gateway: FaultGateway, query: string): Promise<readonly ListedDelivery[]> {
	const items: ListedDelivery[] = [];
	let cursor: string | undefined;
	do {
		const got = await page(gateway, `${query}limit=${PAGE}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
		items.push(...got.items);
		cursor = got.next;
	} while (cursor !== undefined);
	return items;
}

function page(gateway: FaultGateway, query: string): Promise<{ readonly items: readonly ListedDelivery[]; readonly next?: string }> {
	return gateway.manage('GET', `/deliveries?${query}`);
}
