/** Figures: counted by processes, kept in the store, read over all of them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { figuresView } from '../../src/dialects/recado/views/insight.ts';
import { FIGURES } from '../../src/insight/figure-documents.ts';
import type { FiguresTold } from '../../src/insight/services.ts';
import type { Observer } from '../../src/observe/observer.ts';
import { commit, event, message } from '../suites/store-fixtures.ts';
import { startFigures } from './rig.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function settle(
	observer: Observer,
	accountId: string,
	ageMs: number,
	{ outcome = 'delivered', isReplay = false }: { readonly outcome?: 'delivered' | 'dead'; readonly isReplay?: boolean } = {},
): void {
	const about = { deliveryId: 'dlv_a', accountId, webhookId: 'whk_a', eventType: 'message.received', attempts: 1, ageMs } as const;
	observer.deliverySettled({ ...about, outcome, isReplay });
}

function attempt(observer: Observer, accountId: string, outcome: 'delivered' | 'retry' | 'probed', isProbe = outcome === 'probed'): void {
	observer.attemptMade({
		...{ deliveryId: 'dlv_a', attemptId: 'att_a', accountId, webhookId: 'whk_a', eventType: 'message.received', number: 1, ageMs: 5 },
		...{ isProbe, isReplay: false, timings: { totalMs: 3 }, requestBytes: 10, outcome },
	});
}

/** What was counted, without zeros. */
function counted({ latency: _latency, ...counts }: FiguresTold['totals']): object {
	return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

describe('figures', () => {
	test('what happens is counted in its minute, of the gateway and of its account', async () => {
		await using rig = await startFigures();
		await using process = rig.process('one');
		const { observer, figures } = process;
		const [mine, theirs] = [message('a'), message('b', { accountId: 'acc_b' })];
		observer.messageAccepted(mine);
		observer.messageAccepted(theirs);
		observer.messageSent(mine);
		observer.messageFailed(theirs);
		const [theirOwn, ourOwn] = [false, true].map((fromMe) =>
			event('a', { data: { ...event('a').data, message: message('a', { fromMe }) } }),
		);
		assert.ok(theirOwn && ourOwn);
		observer.eventsCommitted([theirOwn, ourOwn], 2);
		attempt(observer, 'acc_a', 'retry');
		attempt(observer, 'acc_a', 'delivered');
		settle(observer, 'acc_a', 40);
		settle(observer, 'acc_b', 10, { outcome: 'dead' });
		observer.deliveriesEnded({ accountId: 'acc_b', webhookId: 'whk_b', outcome: 'dead', reason: 'expired', count: 3 });
		observer.deliveriesEnded({ webhookId: 'whk_b', outcome: 'cancelled', reason: 'webhook-deleted', count: 9 });
		const told = await figures.figures('15m');
		const all = { accepted: 2, sent: 1, failed: 1, received: 1, events: 2, attemptsOk: 1, attemptsFailed: 1, delivered: 1, dead: 4 };
		assert.deepEqual(counted(told.totals), all);
		assert.deepEqual([told.points.length, told.stepMs, told.isPartial], [15, MINUTE_MS, false]);
		const last = told.points.at(-1);
		assert.equal(last?.accepted, 2);
		assert.equal(last?.at, Math.floor(rig.clock.now() / MINUTE_MS) * MINUTE_MS);
		assert.ok(told.totals.latency && told.totals.latency.p50 > 35 && told.totals.latency.p50 < 48);
		const own = { accepted: 1, failed: 1, dead: 4 };
		assert.deepEqual(counted((await figures.figures('15m', 'acc_b')).totals), own);
		assert.deepEqual(counted((await figures.figures('15m', 'acc_c')).totals), {});
	});

	test('a replay is a delivery, and does not say how long deliveries take', async () => {
		await using rig = await startFigures();
		await using process = rig.process('one');
		settle(process.observer, 'acc_a', 40);
		for (let n = 0; n < 9; n += 1) settle(process.observer, 'acc_a', 3 * 24 * HOUR_MS, { isReplay: true });
		for (const accountId of [undefined, 'acc_a']) {
			const { totals } = await process.figures.figures('15m', accountId);
			assert.equal(totals.delivered, 10);
			assert.ok(totals.latency && totals.latency.p99 < 50, JSON.stringify(totals.latency));
		}
		settle(process.observer, 'acc_b', 3 * 24 * HOUR_MS, { isReplay: true });
		assert.equal((await process.figures.figures('15m', 'acc_b')).totals.latency, undefined);
	});

	test('a probe that fails is no attempt that failed; one that gets through has delivered', async () => {
		await using rig = await startFigures();
		await using process = rig.process('one');
		attempt(process.observer, 'acc_a', 'retry');
		attempt(process.observer, 'acc_a', 'probed');
		attempt(process.observer, 'acc_a', 'probed');
		attempt(process.observer, 'acc_a', 'delivered', true);
		const { totals } = await process.figures.figures('15m', 'acc_a');
		assert.deepEqual(counted(totals), { attemptsOk: 1, attemptsFailed: 1, probesFailed: 2 });
	});

	test('what was written before there were probes to count and an age to sample is read', async () => {
		await using rig = await startFigures();
		const minute = Math.floor(rig.clock.now() / MINUTE_MS);
		const row = {
			minute: minute % 60,
			counts: [1, 2, 3, 4, 5, 6, 7, 8, 9],
			latencies: [],
			backlog: { pending: 7, sending: 2, dead: 1, oldestDueMs: 9 },
		};
		const place = { id: 'before', accountId: '', at: Math.floor(minute / 60) * HOUR_MS };
		await commit(rig.store, FIGURES.put({ ...place, value: { process: 'before', rows: [row] } }));
		await using process = rig.process('one');
		const told = await process.figures.figures('15m');
		const expected = { accepted: 1, sent: 2, failed: 3, received: 4, events: 5, attemptsOk: 6, attemptsFailed: 7, delivered: 8, dead: 9 };
		assert.deepEqual(counted(told.totals), expected);
		const points = figuresView(told)['points'] as readonly { readonly backlog: unknown }[];
		assert.deepEqual(points.at(-1)?.backlog, { pending: 7, sending: 2, dead: 1, oldestWaitingMs: undefined });
	});

	test('minutes pass, and what is over stays where it was', async () => {
		await using rig = await startFigures();
		await using process = rig.process('one');
		rig.clock.jumpTo(Math.ceil(rig.clock.now() / HOUR_MS) * HOUR_MS - 2 * MINUTE_MS);
		await rig.clock.advance(10_000);
		settle(process.observer, 'acc_a', 10);
		await rig.clock.advance(MINUTE_MS);
		settle(process.observer, 'acc_a', 10);
		settle(process.observer, 'acc_a', 500);
		// Into the next hour.
		await rig.clock.advance(MINUTE_MS);
		settle(process.observer, 'acc_a', 10);
		const { points, totals } = await process.figures.figures('15m');
		assert.deepEqual(
			points.slice(-4).map(({ delivered }) => delivered),
			[0, 1, 2, 1],
		);
		assert.equal(totals.delivered, 4);
		const hours = await process.figures.figures('7d', 'acc_a');
		assert.deepEqual(
			hours.points.slice(-2).map(({ delivered }) => delivered),
			[3, 1],
		);
		const day = await process.figures.figures('24h');
		assert.deepEqual(
			day.points.slice(-2).map(({ delivered }) => delivered),
			[3, 1],
		);
	});

	test('a restart forgets nothing that was written, and processes are added up', async () => {
		await using rig = await startFigures();
		{
			await using killed = rig.process('killed');
			settle(killed.observer, 'acc_a', 10);
			await rig.clock.advance(10_000);
		}
		await using one = rig.process('one');
		await using other = rig.process('other');
		settle(one.observer, 'acc_a', 10);
		settle(other.observer, 'acc_a', 3_000);
		await rig.clock.advance(10_000);
		for (const { figures } of [one, other]) {
			for (const accountId of [undefined, 'acc_a']) {
				const { totals } = await figures.figures('1h', accountId);
				assert.equal(totals.delivered, 3);
				assert.ok(totals.latency && totals.latency.p50 < 13 && totals.latency.p99 > 2_500);
			}
		}
	});

	test('what waits is sampled once a minute', async () => {
		await using rig = await startFigures();
		await using process = rig.process('one');
		rig.backlog = { pending: 7, sending: 2, dead: 1, oldestWaitingMs: 1_500 };
		await rig.clock.advance(MINUTE_MS);
		rig.backlog = { ...rig.backlog, pending: 3 };
		await rig.clock.advance(MINUTE_MS);
		const { points } = await process.figures.figures('15m');
		assert.deepEqual(
			points.slice(-3).map(({ backlog }) => backlog?.pending),
			[undefined, 7, 3],
		);
		assert.equal((await process.figures.figures('15m', 'acc_a')).points.at(-1)?.backlog, undefined);
		assert.equal((await process.figures.figures('7d')).points.at(-1)?.backlog?.pending, 3, 'the last one of the hour');
	});

	test('while the store refuses nothing is lost', async () => {
		await using rig = await startFigures();
		await using process = rig.process('one');
		rig.isRefusing = true;
		settle(process.observer, 'acc_a', 10);
		await rig.clock.advance(HOUR_MS);
		settle(process.observer, 'acc_a', 10);
		await rig.clock.advance(20_000);
		assert.ok(rig.background.includes('figures.write'));
		assert.equal((await process.figures.figures('24h')).totals.delivered, 2);
		rig.isRefusing = false;
		await rig.clock.advance(10_000);
		await using later = rig.process('later');
		assert.equal((await later.figures.figures('24h', 'acc_a')).totals.delivered, 2);
	});

	test('of many accounts the busiest are kept, and the others know that something is missing', async () => {
		await using rig = await startFigures();
		const [quiet, busy] = ['acc_quiet', 'acc_busy'];
		{
			await using process = rig.process('one');
			for (let n = 0; n < 205; n += 1) {
				settle(process.observer, `acc_${n}`, 10);
				settle(process.observer, `acc_${n}`, 10);
			}
			settle(process.observer, quiet, 10);
			for (let n = 0; n < 9; n += 1) settle(process.observer, busy, 10);
		}
		await using reader = rig.process('reader');
		const kept = await reader.figures.figures('1h', busy);
		assert.deepEqual([kept.totals.delivered, kept.isPartial], [9, false]);
		const dropped = await reader.figures.figures('1h', quiet);
		assert.deepEqual([dropped.totals.delivered, dropped.isPartial], [0, true]);
		const all = await reader.figures.figures('1h');
		assert.deepEqual([all.totals.delivered, all.isPartial], [205 * 2 + 10, false]);
		const documents = await rig.store.documents.documents({ collection: 'figures', order: 'oldest', limit: 500 });
		assert.equal(documents.length, 201);
	});

	test('after eight days they are deleted', async () => {
		await using rig = await startFigures();
		await using process = rig.process('one');
		settle(process.observer, 'acc_a', 10);
		await rig.clock.advance(10_000);
		const count = async (): Promise<number> =>
			(await rig.store.documents.documents({ collection: 'figures', order: 'oldest', to: old, limit: 500 })).length;
		const old = rig.clock.now();
		assert.equal(await count(), 2);
		rig.clock.jumpTo(old + 9 * 24 * HOUR_MS);
		await rig.clock.advance(10_000);
		await process.keeper[Symbol.asyncDispose]();
		assert.equal(await count(), 0);
	});
});
