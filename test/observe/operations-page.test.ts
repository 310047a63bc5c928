import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Metrics } from '../../src/observe/metrics.ts';

test('docs/operations.md names every metric there is, and no other', async () => {
	using metrics = new Metrics();
	metrics.watchBacklog(() => Promise.resolve({ pending: 0, sending: 0, dead: 0 }));
	metrics.watchDispatching(
		() => ({ inFlight: 0, inHand: 0, heldBytes: 0, circuits: { closed: 0, open: 0, recovering: 0 } }),
		() => 0,
	);
	const existing = [...(await metrics.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
	const page = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
	const named = [...page.matchAll(/`((?:recado|process|nodejs)_\w+)(?:\{[\w,]*\})?`/g)].map(([, name]) => name);
	assert.deepEqual([...new Set(named)].sort(), existing.sort());
});
