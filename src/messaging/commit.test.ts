import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { DecisionConflict, Outbox } from '../ports/outbox.ts';
import { commitDecided, DECISIONS_MAX } from './commit.ts';

const CONFLICT: DecisionConflict = { kind: 'conflict', what: 'message' };
const DECISION = { changes: [], events: [] };

/** Answers with a conflict that often, then commits. */
function conflicting(times: number): Outbox & { commits: number } {
	return {
		commits: 0,
		async commit() {
			this.commits += 1;
			assert.ok(this.commits <= DECISIONS_MAX, 'it decides for ever');
			return this.commits <= times ? CONFLICT : undefined;
		},
	};
}

describe('deciding again', () => {
	test('goes on as often as it may, each time knowing how many conflicts there were', async () => {
		const outbox = conflicting(DECISIONS_MAX - 1);
		const heard: number[] = [];
		const result = await commitDecided(outbox, async (conflicts) => {
			heard.push(conflicts);
			return { decision: DECISION, result: conflicts };
		});
		assert.equal(result, DECISIONS_MAX - 1);
		assert.deepEqual(
			heard,
			Array.from({ length: DECISIONS_MAX }, (_, index) => index),
		);
	});

	test('ends where it never helps', async () => {
		const outbox = conflicting(Number.POSITIVE_INFINITY);
		await assert.rejects(
			commitDecided(outbox, async () => ({ decision: DECISION, result: 1 })),
			{ code: 'conflict' },
		);
		assert.equal(outbox.commits, DECISIONS_MAX);
	});

	test('is not tried where the key of the request was used meanwhile, nor where there is nothing to do', async () => {
		let commits = 0;
		const outbox: Outbox = {
			commit: async () => {
				commits += 1;
				return { kind: 'conflict', what: 'idempotency' };
			},
		};
		await assert.rejects(
			commitDecided(outbox, async () => ({ decision: DECISION, result: 1 })),
			{ code: 'idempotency_raced' },
		);
		assert.equal(commits, 1);
		assert.equal(await commitDecided(outbox, async () => ({ result: 2 })), 2);
		assert.equal(commits, 1);
	});
});
