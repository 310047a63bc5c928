/**
 * An operator at work: takes whoever is next, answers what the webhooks tell that the customer wrote, hands over or closes. How that is done at the gateway is
 * the workplace's: the desk of our own API, or the calls of Plugchat.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { chanceOf } from './chance.ts';
import type { Category, Company, Operator } from './company.ts';
import { FAREWELL, GREETING, THANKS } from './customer.ts';
import type { Diary } from './diary.ts';
import type { Heard, Ledger } from './ledger.ts';

/** An attendance that an operator is in. */
export interface Case {
	readonly number: number;
	readonly phone: string;
	/** Of our own API alone. */
	readonly attendanceId?: string;
}

export interface Ending {
	readonly category: Category;
	readonly report: string;
}

export interface Workplace {
	/** The path of the webhooks that tell what customers write. */
	readonly path: string;
	/** Undefined where nobody waits. */
	next(operator: Operator): Promise<Case | undefined>;
	/** Answers the message's id. */
	say(phone: string, text: string, to?: Heard): Promise<string>;
	/** Who goes on with it: undefined where it waits for another to take it. `reason` is what was noted. */
	handOver(theCase: Case, from: Operator, reason: string): Promise<{ readonly to?: Operator; readonly reason: string }>;
	close(theCase: Case, operator: Operator, ending: Ending): Promise<void>;
}

export interface Shift {
	readonly workplace: Workplace;
	readonly company: Company;
	readonly ledger: Ledger;
	readonly diary: Diary;
	readonly seed: string;
	/** How far each phone's messages were read. */
	readonly read: Map<string, number>;
	isOver: boolean;
}

const LOOK_MS = 200;
const PATIENCE_MS = 120_000;
const HANDS_OVER = 0.25;
const REASON = 'É com a outra equipe';

/** Works until the shift is over. */
export async function work(shift: Shift, operator: Operator): Promise<void> {
	while (!shift.isOver) {
		const theCase = await shift.workplace.next(operator);
		if (theCase) await attend(shift, theCase, operator);
		else await pause(LOOK_MS);
	}
}

async function attend(shift: Shift, theCase: Case, taker: Operator): Promise<void> {
	const { company, diary, seed, workplace } = shift;
	const chance = chanceOf(seed, company.key, theCase.phone, diary.closings.filter(({ phone }) => phone === theCase.phone).length);
	let operator = taker;
	await say(shift, theCase, `${GREETING} ${operator.name}.`);
	for (;;) {
		const heard = await listen(shift, theCase.phone);
		if (heard.text === THANKS) break;
		const topic = /(o pedido \S+)\?$/.exec(heard.text)?.[1];
		if (topic === undefined) continue;
		await say(shift, theCase, `Estou vendo ${topic}, ${operator.name}.`, heard);
		const isHandedOver = diary.transfers.some(({ number }) => number === theCase.number);
		if (isHandedOver || !chance.happens(HANDS_OVER)) continue;
		const { to, reason } = await workplace.handOver(theCase, operator, REASON);
		diary.transfers.push({ number: theCase.number, reason });
		if (!to) return;
		operator = to;
	}
	await say(shift, theCase, `Até logo! ${FAREWELL} ${theCase.number}`);
	const category = chance.pick(company.categories);
	const report = `Atendido por ${operator.name}`;
	await workplace.close(theCase, operator, { category, report });
	diary.closings.push({
		...{ number: theCase.number, phone: theCase.phone, report },
		...{ operatorId: operator.id, operator: operator.name, category: category.item?.name ?? category.name },
	});
}

async function say({ workplace, diary }: Shift, { phone }: Case, text: string, to?: Heard): Promise<void> {
	diary.said.push(await workplace.say(phone, text, to));
}

/** The next message that nobody of the company has read. */
async function listen({ ledger, workplace, read }: Shift, phone: string): Promise<Heard> {
	const place = read.get(phone) ?? 0;
	const heard = await ledger.heard(workplace.path, phone, place, PATIENCE_MS);
	if (!heard) throw new Error(`Nothing was heard of ${phone}`);
	read.set(phone, place + 1);
	return heard;
}
