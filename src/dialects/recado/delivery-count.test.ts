/** Counting is bounded: by what is counted, and by what is looked at in vain. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery } from '../../domain/delivery.ts';
import { DELIVERIES_LOOKED_AT_MAX, type DeliveryFilter, type DeliveryReads } from '../../ports/deliveries.ts';
import { countDeliveries, DELIVERIES_COUNTED_MAX } from './delivery-count.ts';

const ONE = { id: 'dlv_1' } as Delivery;

/** So many in each state; `asked` is what was read. */
function holding(held: Partial<Record<Delivery['state'], number>>): Pick<DeliveryReads, 'list'> & { readonly asked: DeliveryFilter[] } {
	const asked: DeliveryFilter[] = [];
	return {
		asked,
		list: async (filter, { limit, cursor = '0' }) => {
			asked.push(filter);
			const [all, from] = [(filter.state && held[filter.state]) ?? 0, Number(cursor)];
			const to = Math.min(all, from + limit);
			return { items: Array.from({ length: to - from }, () => ONE), ...(to < all ? { next: `${to}` } : {}) };
		},
	};
}

test('all states that are asked for are counted, page by page', async () => {
	const deliveries = holding({ delivered: 450, dead: 30, pending: 7 });
	assert.deepEqual(await countDeliveries(deliveries, { webhookId: 'whk_1' }, ['delivered', 'dead']), { count: 480, isAtLeast: false });
	assert.deepEqual(await countDeliveries(deliveries, {}, ['cancelled']), { count: 0, isAtLeast: false });
	assert.deepEqual(deliveries.asked.at(-1), { state: 'cancelled' });
});

test('no more are counted than anybody needs to know', async () => {
	const deliveries = holding({ delivered: 5_000_000, dead: 30 });
	assert.deepEqual(await countDeliveries(deliveries, {}, ['delivered', 'dead']), { count: DELIVERIES_COUNTED_MAX, isAtLeast: true });
	assert.equal(deliveries.asked.filter(({ state }) => state === 'dead').length, 0);
});

test('what is looked for in vain ends as well, and is told as what it is', async () => {
	let pages = 0;
	const list: DeliveryReads['list'] = async () => {
		pages += 1;
		return { items: [ONE], next: `${pages}`, scanned: DELIVERIES_LOOKED_AT_MAX };
	};
	assert.deepEqual(await countDeliveries({ list }, { text: 'x' }, ['delivered', 'dead']), { count: 1, isAtLeast: true });
	assert.equal(pages, 1);
});
