/** The shift of a company: customers come in, a crowd at a time, operators work until the last one has left, and a few come when it is closed. */
import type { Api } from './api.ts';
import type { Books } from './books.ts';
import { chanceOf } from './chance.ts';
import { type Company, close } from './company.ts';
import { type Customer, comeIn, comeLate } from './customer.ts';
import { newDiary } from './diary.ts';
import type { Ledger } from './ledger.ts';
import { type Shift, type Workplace, work } from './operator.ts';
import { Phone } from './phone.ts';

const PEOPLE = ['Maria', 'José', 'Lúcia', 'Paulo', 'Rita', 'Sérgio', 'Tânia', 'Vítor'] as const;
/** An operator has several chats open at a time. */
const HANDS = 3;
/** So many customers for each operator are there at the same time; the next comes when one has left. */
const CROWD = 5;
const NEVER_READS = 0.1;
const LATE_MAX = 3;
const NUMBERS_FROM = 80_000_000;

export interface ShiftParts {
	readonly recado: Api;
	readonly company: Company;
	readonly workplace: Workplace;
	readonly ledger: Ledger;
	readonly seed: string;
	/** Of the company's customers: which part of the people they are. */
	readonly people: readonly number[];
}

/** Answers what is known of it at its end. */
export async function playShift(parts: ShiftParts): Promise<{ readonly books: () => Promise<Books> }> {
	const { recado, company, workplace, ledger, seed, people } = parts;
	const diary = newDiary();
	const shift: Shift = { workplace, company, ledger, diary, seed, read: new Map(), isOver: false };
	const customers = people.map((person): Customer => ({ phone: phoneOf(parts, person), company, diary, seed }));
	const hands = company.operators.flatMap((operator) => Array.from({ length: HANDS }, () => work(shift, operator)));
	const day = crowd(customers, company.operators.length * CROWD).finally(() => {
		shift.isOver = true;
	});
	await Promise.all([day, ...hands]);
	await close(recado, company);
	await Promise.all(customers.slice(0, LATE_MAX).map(comeLate));
	const books = async (): Promise<Books> => ({
		company,
		diary,
		screens: new Map(await Promise.all(customers.map(async ({ phone }) => [phone.number, await phone.screen()] as const))),
		unread: new Set(customers.filter(({ phone }) => phone.habits.readsAfterMs === null).map(({ phone }) => phone.number)),
	});
	return { books };
}

async function crowd(customers: readonly Customer[], atOnce: number): Promise<void> {
	const outside = customers.values();
	const seat = async (): Promise<void> => {
		for (const customer of outside) await comeIn(customer);
	};
	await Promise.all(Array.from({ length: atOnce }, seat));
}

/** The same person has the same number wherever they are a customer. */
function phoneOf({ recado, company, seed }: ShiftParts, person: number): Phone {
	const chance = chanceOf(seed, 'phone', company.key, person);
	const habits = {
		name: `${chance.pick(PEOPLE)} ${person}`,
		receivesAfterMs: chance.between(0, 100),
		readsAfterMs: chance.happens(NEVER_READS) ? null : chance.between(0, 200),
	};
	return new Phone({ api: recado, instanceId: company.instanceId, number: `55449${NUMBERS_FROM + person}`, habits });
}
