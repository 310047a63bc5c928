/** Jobs where several processes go on with the same one at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, giveUp } from '../../../../test/suites/store-dispatch.ts';
import { commit, delivery, job, looseDelivery, webhook } from '../../../../test/suites/store-fixtures.ts';
import { openPostgres } from '../../../../test/suites/store-on-postgres.ts';
import { postgresStore } from '../../../../test/support/postgres-store.ts';
import type { Job } from '../../../ports/jobs.ts';

test('two processes do nothing twice, and leave nothing out', async () => {
	await using rig = await openPostgres();
	const { store, clock } = rig;
	await using elsewhere = postgresStore({ url: rig.database.url, clock });
	await elsewhere.open();
	await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
	const names = Array.from({ length: 40 }, (_, index) => String(index));
	await add(store, ...names.map((name) => looseDelivery(name, { start: 'take' })));
	for (const name of names) await giveUp(store, name);
	const seqMax = await store.jobs.newestSeq();
	await commit(store, { kind: 'job.insert', job: job('a', { filter: { states: ['dead'], seqMax } }) });
	let seen: Job | undefined;
	while (seen?.state !== 'done') {
		const steps = [store, elsewhere, store, elsewhere].map((one) => one.jobs.step('job_a', 3, clock.now()));
		seen = (await Promise.all(steps)).map((step) => step?.job).find((one) => one?.state === 'done');
	}
	assert.deepEqual([seen.total, seen.done, seen.skipped], [40, 40, 0]);
	assert.equal((await store.deliveries.backlog()).pending, 40);
});

test('a step goes beside commits that are on the same lanes', async () => {
	await using rig = await openPostgres();
	const { store, clock } = rig;
	await commit(store, { kind: 'webhook.put', webhook: webhook('a') });
	const lanes = ['x', 'y', 'z'].map((name) => `whk_a/${name}`);
	const made = Array.from({ length: 60 }, (_, index) => delivery(String(index), { lane: lanes[index % 3] ?? '' }));
	await add(store, ...made);
	const filter = { states: ['pending'], seqMax: await store.jobs.newestSeq() } as const;
	await commit(store, { kind: 'job.insert', job: job('a', { kind: 'discard', filter }) });
	let count = 0;
	for (let state: string | undefined; state !== 'done'; ) {
		const fresh = lanes.map((lane) => delivery(`later${count++}`, { lane }));
		const [step] = await Promise.all([store.jobs.step('job_a', 7, clock.now()), ...fresh.map((one) => add(store, one))]);
		state = step?.job.state;
	}
	const { total, done } = (await store.jobs.job('job_a')) ?? {};
	assert.deepEqual([total, done], [60, 60]);
	assert.deepEqual(await store.deliveries.backlog(), { pending: count, sending: 0, dead: 0 });
});
