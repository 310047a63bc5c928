import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LruMap } from './lru-map.ts';

test('at the limit the entry used longest ago goes', () => {
	const evicted: number[] = [];
	const map = new LruMap<string, number>(2, (value) => evicted.push(value));
	map.set('a', 1);
	map.set('b', 2);
	assert.equal(map.get('a'), 1);
	map.set('c', 3);
	assert.deepEqual(evicted, [2]);
	assert.equal(map.get('b'), undefined);
	assert.equal(map.get('a'), 1);
	assert.equal(map.get('a'), 1);
	map.set('d', 4);
	assert.deepEqual(evicted, [2, 3]);
});

test('a value that was replaced is not deleted under its key', () => {
	const map = new LruMap<string, number>(2);
	map.set('a', 1);
	map.set('a', 2);
	map.delete('a', 1);
	assert.equal(map.get('a'), 2);
	map.delete('a', 2);
	assert.equal(map.get('a'), undefined);
	map.set('a', 3);
	map.set('b', 4);
	map.set('c', 5);
	assert.equal(map.get('a'), undefined);
});
