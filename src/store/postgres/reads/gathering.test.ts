import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Queries } from '../database.ts';
import { type SqlValue, type Statement, statement } from '../statement.ts';
import { type Answer, Gathering } from './gathering.ts';

interface Letter extends Answer {
	readonly letter: string;
}

const SPELL: Statement = statement('spell', 'SELECT …');

/** Answers each word letter by letter, once it is told to. */
class Speller implements Queries {
	readonly asked: string[][] = [];
	#answering: PromiseWithResolvers<void> = Promise.withResolvers();

	async query<Row>(_statement: Statement, [words]: readonly SqlValue[] = []): Promise<readonly Row[]> {
		const together = String(words).split(',');
		this.asked.push(together);
		await this.#answering.promise;
		return together.flatMap((word, index) => [...word].map((letter) => ({ asked: index + 1, letter }) as Row));
	}

	answer(): void {
		this.#answering.resolve();
		this.#answering = Promise.withResolvers();
	}

	fail(error: Error): void {
		this.#answering.reject(error);
		this.#answering = Promise.withResolvers();
	}
}

function gathering(): { speller: Speller; spell: (word: string) => Promise<string> } {
	const speller = new Speller();
	const words = new Gathering<string, Letter>(speller, SPELL, (asked) => [asked.join(',')]);
	return { speller, spell: async (word) => (await words.ask(word)).map(({ letter }) => letter).join('-') };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('questions that are gathered', () => {
	test('go together where they are asked in one turn, each with its own answer', async () => {
		const { speller, spell } = gathering();
		const answers = Promise.all([spell('um'), spell(''), spell('dois')]);
		await turn();
		speller.answer();
		assert.deepEqual(await answers, ['u-m', '', 'd-o-i-s']);
		assert.deepEqual(speller.asked, [['um', '', 'dois']]);
	});

	test('wait for those that are under way, and go together then', async () => {
		const { speller, spell } = gathering();
		const first = spell('um');
		await turn();
		const others = Promise.all([spell('dois'), spell('tres')]);
		await turn();
		assert.deepEqual(speller.asked, [['um']]);
		speller.answer();
		assert.equal(await first, 'u-m');
		await turn();
		speller.answer();
		assert.deepEqual(await others, ['d-o-i-s', 't-r-e-s']);
		assert.deepEqual(speller.asked, [['um'], ['dois', 'tres']]);
	});

	test('are bounded: what is beyond goes next', async () => {
		const { speller, spell } = gathering();
		const words = Array.from({ length: 300 }, (_, n) => `w${n}`);
		const answers = Promise.all(words.map(spell));
		for (const _ of [1, 2, 3]) {
			await turn();
			speller.answer();
		}
		assert.deepEqual(
			await answers,
			words.map((word) => [...word].join('-')),
		);
		assert.deepEqual(
			speller.asked.map(({ length }) => length),
			[128, 128, 44],
		);
	});

	test('fail together, and those after them do not', async () => {
		const { speller, spell } = gathering();
		const answers = Promise.allSettled([spell('um'), spell('dois')]);
		await turn();
		speller.fail(new Error('the database is away'));
		for (const answer of await answers) assert.equal(answer.status === 'rejected' && answer.reason.message, 'the database is away');
		const again = spell('tres');
		await turn();
		speller.answer();
		assert.equal(await again, 't-r-e-s');
	});
});
