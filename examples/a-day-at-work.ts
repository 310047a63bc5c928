/**
 * A day at work, played on a running gateway through its public HTTP APIs alone. Two companies set themselves up; customers write, are asked by the menu what
 * it is about and routed; operators answer, hand over, close with category and report; customers rate. One company works at the desk of our own API, the
 * other with the calls of Plugchat. Each hears of everything by webhooks in both dialects, at a receiver that is in trouble twice. At the end the ledger of
 * webhooks, the notes of operators and customers and the screens of the phones are held against each other: it ends with 1 where anything is off.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openAuthority } from '../src/cli/local-authority.ts';
import { Api } from './a-day/api.ts';
import { audit } from './a-day/audit.ts';
import { type Company, type CompanyWish, openCompany } from './a-day/company.ts';
import { DeskWorkplace } from './a-day/desk-workplace.ts';
import { type Gateway, newGateway, runningGateway } from './a-day/gateway.ts';
import { Ledger } from './a-day/ledger.ts';
import { PlugchatWorkplace } from './a-day/plugchat-workplace.ts';
import { Receiver, type Trouble } from './a-day/receiver.ts';
import { reportOf } from './a-day/report.ts';
import { playShift } from './a-day/shift.ts';

const OPTIONS = {
	/** Of a gateway that runs; without it one is started, and gone afterwards with everything it kept. */
	url: { type: 'string' },
	/** The administrator's. */
	token: { type: 'string' },
	/** Of the running gateway: the directory of an authority whose certificates it trusts, as `recado dev` and `recado listen` make one. */
	authority: { type: 'string', default: './data/dev' },
	customers: { type: 'string', default: '200' },
	operators: { type: 'string', default: '8' },
	/** The same seed, the same people, words and decisions. */
	seed: { type: 'string', default: '1' },
} as const;

const SHOP = { key: 'loja', name: 'Loja do Sul', phone: '554430000001', hasItems: true, asksForObservation: true };
const GARAGE = { key: 'oficina', name: 'Oficina do Norte', phone: '554430000002', hasItems: false, asksForObservation: false };
/** In the order of the alphabet; more operators than names are numbered. */
const NAMES = ['Ana', 'Beto', 'Carla', 'Davi', 'Elisa', 'Fabio', 'Gabi', 'Hugo'] as const;
/** Of the customers of the second company: every so many is the same person as one of the first's. */
const SHARED_EVERY = 5;
/** Longer than any phone takes to receive and to read. */
const QUIET_MS = 1_000;
const SETTLED_WITHIN_MS = 60_000;

process.exitCode = (await main()) ? 0 : 1;

/** Answers whether everything was as promised. */
async function main(): Promise<boolean> {
	const { values } = parseArgs({ options: OPTIONS });
	const [customers, operators] = [Number(values.customers), Number(values.operators)];
	if (!(customers >= 2 && operators >= 2)) throw new Error('A day needs two customers and two operators');
	await using gateway = await gatewayOf(values);
	// The one thing of ours: elsewhere a receiver has a certificate already.
	const authority = await openAuthority(gateway.authority);
	const ledger = new Ledger();
	await using receiver = await Receiver.open({
		certificate: await authority.issue({ names: ['127.0.0.1', 'localhost'] }),
		trouble: troubleOf(customers),
		onArrival: (arrival) => ledger.write(arrival),
	});
	const recado = new Api(`${gateway.address}/recado/v1`, `Bearer ${gateway.adminToken}`);
	const open = (wish: Omit<CompanyWish, 'operatorNames'>, operatorNames: readonly string[]): Promise<Company> =>
		openCompany({ address: gateway.address, recado, receiver }, { ...wish, operatorNames });

	const startedAt = performance.now();
	const names = Array.from({ length: operators }, (_none, index) => `${NAMES[index % NAMES.length]}${index < NAMES.length ? '' : index}`);
	const shop = await open(SHOP, names.slice(0, Math.ceil(operators / 2)));
	const garage = await open(GARAGE, names.slice(Math.ceil(operators / 2)));
	const [people, others] = peopleOf(customers);
	const shifts = await Promise.all([
		playShift({ recado, company: shop, workplace: new DeskWorkplace(recado, shop), ledger, seed: values.seed, people }),
		playShift({ recado, company: garage, workplace: new PlugchatWorkplace(garage, ledger), ledger, seed: values.seed, people: others }),
	]);
	await settle(recado, [shop, garage], ledger);
	const days = await Promise.all(shifts.map(async ({ books }, index) => ({ company: index === 0 ? shop : garage, books: await books() })));
	const faults = await audit(recado, ledger, days);
	console.log(reportOf({ days, ledger, faults, seconds: (performance.now() - startedAt) / 1_000 }));
	return faults.length === 0;
}

function gatewayOf({ url, token, authority }: { url?: string; token?: string; authority: string }): Promise<Gateway> | Gateway {
	if (url === undefined) return newGateway();
	if (token === undefined) throw new Error('--url needs --token, the one of the administrator');
	return runningGateway({ address: url, adminToken: token, authority });
}

/** In the middle of the morning, and after noon. */
function troubleOf(customers: number): Trouble {
	return { refusesFrom: customers * 10, refusesMs: 1_500, hangsAt: customers * 30, hangsMs: 1_000 };
}

/** Which people are customers of the one and of the other company. */
function peopleOf(customers: number): readonly [readonly number[], readonly number[]] {
	const all = Array.from({ length: customers }, (_none, index) => index);
	const firsts = all.filter((index) => index % 2 === 0);
	const seconds = all.filter((index) => index % 2 === 1);
	return [firsts, seconds.map((person, index) => (index % SHARED_EVERY === 0 ? person - 1 : person))];
}

/** Until everything has been delivered, and nothing more comes. */
async function settle(recado: Api, companies: readonly Company[], ledger: Ledger): Promise<void> {
	const giveUpAt = performance.now() + SETTLED_WITHIN_MS;
	while (performance.now() < giveUpAt) {
		const states = companies.flatMap(({ id }) =>
			['pending', 'sending'].map((state) => `/deliveries?accountId=${id}&state=${state}&limit=1`),
		);
		const left = await Promise.all(states.map((path) => recado.ask<{ items: readonly unknown[] }>('GET', path)));
		if (left.every(({ items }) => items.length === 0) && ledger.quietMs > QUIET_MS) return;
		await pause(QUIET_MS / 5);
	}
}
