/** A customer: writes, finds the way through the menu, asks, is answered, rates, and perhaps comes back in the afternoon. */
import { type Chance, chanceOf } from './chance.ts';
import { type Company, TEXTS } from './company.ts';
import type { Diary, Visit } from './diary.ts';
import type { Phone } from './phone.ts';

export interface Customer {
	readonly phone: Phone;
	readonly company: Company;
	readonly diary: Diary;
	readonly seed: string;
}

/** What ends an operator's last message, behind the number. */
export const FAREWELL = 'Protocolo';
export const THANKS = 'Era isso, obrigado!';
export const GREETING = 'Aqui é';

const GREETINGS = ['Oi', 'Bom dia', 'Olá, tudo bem', 'Preciso de ajuda'] as const;
const STATEMENTS = ['Comprei ontem.', 'É urgente!', 'Já falei com vocês antes.', 'Estou no trabalho.'] as const;
const OBSERVATIONS = ['Muito bom', 'Demorou um pouco', 'Nada a dizer'] as const;
const RETURNS = 0.2;
const MISTAKES = 0.12;
const RATES = 0.7;
const QUESTIONS_MAX = 3;
const STATEMENTS_MAX = 2;

export async function comeIn(customer: Customer): Promise<void> {
	const { phone, company, seed } = customer;
	const chance = chanceOf(seed, company.key, phone.number);
	await phone.switchOn();
	const visits = chance.happens(RETURNS) ? 2 : 1;
	for (let visit = 1; visit <= visits; visit += 1) customer.diary.visits.push(await makeVisit(customer, chance, visit));
}

/** After closing time: one is told so once, however often one writes. */
export async function comeLate({ phone, diary }: Customer): Promise<void> {
	await phone.write('Ainda tem alguém aí?');
	await phone.reads(TEXTS.away);
	await phone.write('Pelo jeito não.');
	diary.latecomers.push(phone.number);
}

async function makeVisit({ phone, company }: Customer, chance: Chance, visit: number): Promise<Visit> {
	const first = await phone.write(`${chance.pick(GREETINGS)}.`);
	await findTheWay(phone, chance);
	await phone.reads(GREETING);
	const questions = chance.between(1, QUESTIONS_MAX);
	for (let question = 1; question <= questions; question += 1) {
		const statements = chance.between(0, STATEMENTS_MAX);
		for (let said = 0; said < statements; said += 1) await phone.write(chance.pick(STATEMENTS));
		const topic = `o pedido ${visit}.${question}`;
		await phone.write(`Como está ${topic}?`);
		await phone.reads(topic);
	}
	await phone.write(THANKS);
	const farewell = await phone.reads(FAREWELL);
	const screen = await phone.screen();
	const from = screen.findIndex(({ whatsappId }) => whatsappId === first);
	const to = screen.findIndex(({ whatsappId }) => whatsappId === farewell.whatsappId);
	const visible = screen.slice(from, to + 1);
	await phone.reads(TEXTS.question);
	return {
		phone: phone.number,
		number: Number(/\d+/.exec(farewell.content.text ?? '')?.[0]),
		mine: visible.filter(({ fromMe }) => fromMe).map(({ whatsappId }) => whatsappId),
		theirs: visible.filter(({ fromMe }) => !fromMe).map(({ whatsappId }) => whatsappId),
		...(await rate(phone, company, chance)),
	};
}

/** Through the menu: by number or by name, now and then with a mistake. */
async function findTheWay(phone: Phone, chance: Chance): Promise<void> {
	await phone.reads(TEXTS.menu);
	if (chance.happens(MISTAKES)) {
		await phone.write('Não sei bem');
		await phone.reads(TEXTS.menu);
	}
	if (chance.happens(0.5)) {
		await phone.write(chance.pick(['1', 'Vendas', 'vendas!']));
	} else {
		await phone.write(chance.pick(['2', 'SUPORTE']));
		await phone.reads(TEXTS.products);
		await phone.write(chance.pick(['1', 'Computador']));
	}
	await phone.reads(TEXTS.routed);
}

async function rate(phone: Phone, { asksForObservation }: Company, chance: Chance): Promise<Pick<Visit, 'rating' | 'observation'>> {
	if (!chance.happens(RATES)) return { observation: '' };
	const rating = chance.between(1, 5);
	await phone.write(String(rating));
	let observation = '';
	if (asksForObservation) {
		await phone.reads(TEXTS.observation);
		observation = chance.pick(OBSERVATIONS);
		await phone.write(observation);
	}
	await phone.reads(TEXTS.thanks);
	return { rating, observation };
}
