import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePhone, phoneKey, phoneSpellings } from './phone.ts';

test('numbers are read as people and programs write them', () => {
	assert.equal(parsePhone('+55 (44) 99999-9999'), '5544999999999');
	assert.equal(parsePhone('5544999999999'), '5544999999999');
	for (const wrong of ['', 'abc', '55449', '+55 44 9999x9999', '1234567890123456']) assert.equal(parsePhone(wrong), undefined, wrong);
});

test('a Brazilian mobile with and without the ninth digit is one alias', () => {
	const mobile = fc.tuple(fc.integer({ min: 11, max: 99 }), fc.integer({ min: 60_000_000, max: 99_999_999 }));
	fc.assert(
		fc.property(
			mobile.filter(([area]) => area % 10 !== 0),
			([area, subscriber]) => {
				const without = `55${area}${subscriber}`;
				const withNinth = `55${area}9${subscriber}`;
				assert.equal(phoneKey(without), phoneKey(withNinth));
				assert.equal(phoneKey(withNinth), withNinth);
				assert.deepEqual(phoneSpellings(without), [without, withNinth]);
				assert.deepEqual(phoneSpellings(withNinth), [withNinth, without]);
			},
		),
	);
});

test('landlines and numbers of other countries have one spelling', () => {
	for (const phone of ['554432631234', '14155552671', '351912345678']) {
		assert.equal(phoneKey(phone), phone);
		assert.deepEqual(phoneSpellings(phone), [phone]);
	}
});
