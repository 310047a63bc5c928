import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startReceiver } from './receiver.ts';

test('a wait that is in vain says what was waited for', async () => {
	await using receiver = await startReceiver();
	await assert.rejects(
		receiver.waitFor(() => false, 'a miracle', 20),
		{ message: 'Waited 20 ms in vain for a miracle; 0 requests arrived: ' },
	);
});
