import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOneEmoji } from './emoji.ts';

test('one emoji, however many code points it takes, and nothing else', () => {
	for (const one of ['❤️', '❤', '👍', '👍🏽', '🇧🇷', '👨‍👩‍👧‍👦', '1️⃣', '🫡', '☺️']) assert.ok(isOneEmoji(one), one);
	for (const other of ['', 'x', '1', 'ok', '👍👍', '👍 ', ':)', 'é', '#']) assert.ok(!isOneEmoji(other), other);
});
