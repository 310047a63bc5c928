/** The examination itself: on an operation that is answered as documented it finds whatever the documents are made to say otherwise. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { examine } from './examine.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { startWorld, type World } from './world.ts';

describe('the examination of an operation', () => {
	let world: World;

	before(async () => {
		world = await startWorld();
	});
	after(async () => {
		await world[Symbol.asyncDispose]();
	});

	const right = OPERATIONS.find(({ system, id }) => system === 'z-api' && id === 'message.send-message-location') ?? unknown();
	const { body } = right;

	test('finds nothing where all is as documented', async () => {
		assert.deepEqual(await examine(world, right), []);
	});

	test('finds a path, a spelling of it and a method that are not there', async () => {
		const path = `${right.path}s`;
		assert.deepEqual(await examine(world, { ...right, path }), [`POST ${path} is not there`]);
		assert.deepEqual(await examine(world, { ...right, pathVariants: [path] }), [`POST ${path} is not there`]);
		assert.deepEqual(await examine(world, { ...right, method: 'PUT' }), [`PUT ${right.path} is not there, only POST`]);
	});

	test('finds a required member that nobody asks for, and one that takes any type', async () => {
		const required = { ...body.required, locality: { type: 'string' } };
		const lax = { ...right, body: { ...body, required, example: { ...(body.example as object), locality: 'Centro' } } };
		const faults = await examine(world, lax);
		assert.equal(faults.length, 2, faults.join('\n'));
		assert.match(faults[0] ?? '', /^locality is missing: 200 .* not 400 or 422$/);
		assert.match(faults[1] ?? '', /^locality is \{\}: 200 .* not 400 or 422$/);
	});

	test('finds another status, a key that is missing and one that is not documented', async () => {
		const elsewhere = await examine(world, { ...right, responses: { 201: {} } });
		assert.match(elsewhere.join(), /^is answered 200 .* documented as 201$/);
		const otherwise = { 200: { body: { zaapId: 'a', messageId: 'b', queuedAt: 1 } } };
		assert.deepEqual(await examine(world, { ...right, responses: otherwise }), ['queuedAt is missing', 'id is not documented']);
	});

	test('finds an effect that is not there: what was sent is of another kind', async () => {
		const faults = await examine(world, { ...right, id: 'message.send-message-text' });
		assert.deepEqual(faults, ['effect: the kind of the message is "location", not "text"']);
	});

	test('finds credentials that nobody checks', async () => {
		const open: Operation = {
			...right,
			method: 'GET',
			path: '/health',
			body: { required: {}, optional: {}, example: null },
			responses: {},
		};
		const faults = await examine(world, { ...open, system: 'plugchat', id: 'health' });
		assert.match(faults.join('\n'), /^without credentials: 200 .* not 401\nwith wrong credentials: 200 .* not 401$/);
	});
});

function unknown(): never {
	throw new Error('the contracts have no such operation');
}
