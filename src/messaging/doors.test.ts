/** Who is inside with whom, where many waited for the same door. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Doors } from './doors.ts';

const ROOM = 'ins_1';

/** Notes who is in the room at the same time. */
class Room {
	readonly doors = new Doors();
	readonly met: string[] = [];
	readonly #inside = new Set<string>();

	enter(name: string): Promise<void> {
		return this.doors.enter(ROOM, () => this.#stay(name));
	}

	close(name: string): Promise<void> {
		return this.doors.close(ROOM, () => this.#stay(name));
	}

	async #stay(name: string): Promise<void> {
		for (const other of this.#inside) this.met.push([other, name].sort().join(' and '));
		this.#inside.add(name);
		await new Promise((resolve) => setImmediate(resolve));
		this.#inside.delete(name);
	}
}

test('whoever closes the door is alone, whoever else waited for it', async () => {
	const room = new Room();
	const first = room.close('closer 1');
	await Promise.all([
		first,
		room.close('closer 2'),
		room.enter('guest 1'),
		room.close('closer 3'),
		room.enter('guest 2'),
		room.enter('guest 3'),
	]);
	assert.deepEqual(
		room.met.filter((names) => names.includes('closer')),
		[],
	);
});

test('whoever closes the door waits for those inside, who may be many', async () => {
	const room = new Room();
	await Promise.all([room.enter('guest 1'), room.enter('guest 2'), room.close('closer'), room.enter('guest 3')]);
	assert.deepEqual(room.met, ['guest 1 and guest 2']);
});

test('other doors are not concerned, and work that fails opens its own', async () => {
	const room = new Room();
	await room.doors.close('ins_2', () => room.enter('guest'));
	await assert.rejects(
		room.doors.close(ROOM, async () => {
			throw new Error('it cannot be done');
		}),
		/it cannot be done/,
	);
	await room.enter('guest');
	await room.close('closer');
	assert.deepEqual(room.met, []);
});
