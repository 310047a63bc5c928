/** A company that sets itself up: account, phone, departments, operators, categories, hours, menu, survey and webhooks, all by the management API. */
import { Api } from './api.ts';
import type { Receiver } from './receiver.ts';

export interface Company {
	/** First part of its webhooks' paths. */
	readonly key: string;
	readonly id: string;
	readonly instanceId: string;
	readonly phone: string;
	/** Ids by name. */
	readonly departments: { readonly general: string; readonly sales: string; readonly support: string };
	readonly operators: readonly [Operator, ...Operator[]];
	readonly categories: readonly [Category, ...Category[]];
	/** `/{company}/{dialect}`: what comes there is told in that dialect. */
	readonly paths: { readonly recado: string; readonly plugchat: string };
	/** As its integration calls the API of Plugchat. */
	readonly plugchat: Api;
	readonly asksForObservation: boolean;
}

export interface Operator {
	readonly id: string;
	readonly name: string;
}

/** One that has items is chosen by item. */
export interface Category {
	readonly id: string;
	readonly name: string;
	readonly item?: { readonly id: string; readonly name: string };
}

export interface CompanyWish {
	readonly key: string;
	readonly name: string;
	readonly phone: string;
	readonly operatorNames: readonly string[];
	/** With them its attendances are categorised by a list of items. */
	readonly hasItems: boolean;
	readonly asksForObservation: boolean;
}

export interface SetUp {
	/** The address of the gateway. */
	readonly address: string;
	readonly recado: Api;
	readonly receiver: Receiver;
}

interface Made {
	readonly id: string;
}

/** What customers read, word for word. */
export const TEXTS = {
	menu: 'Com quem você quer falar?',
	products: 'Sobre qual produto?',
	wrong: 'Não entendi.',
	routed: 'Um momento, por favor',
	question: 'De 1 a 5, como foi o atendimento?',
	observation: 'Quer dizer mais alguma coisa?',
	thanks: 'Obrigado pela avaliação!',
	away: 'Estamos fechados, voltamos amanhã.',
} as const;

const WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const SURVEY_WINDOW_MS = 600_000;
const PASSWORD = 'uma senha bem longa';

/** A receiver in trouble is asked again soon: the usual pauses grow to hours, and a day at work is short. */
const SCHEDULE_MS = [0, 250, 500, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 5_000, 5_000, 10_000];

export async function openCompany(setUp: SetUp, wish: CompanyWish): Promise<Company> {
	const { address, recado } = setUp;
	const account = await recado.ask<Made & { token: string }>('POST', '/accounts', { name: wish.name });
	const root = `/accounts/${account.id}`;
	const make = <T extends Made>(what: string, body: object): Promise<T> => recado.ask<T>('POST', `${root}/${what}`, body);
	const instance = await make('instances', { name: 'Atendimento', channel: 'simulator', phone: wish.phone });
	const general = await make('departments', { name: 'Geral', isDefault: true });
	const sales = await make('departments', { name: 'Vendas' });
	const support = await make('departments', { name: 'Suporte' });
	const departments = { general: general.id, sales: sales.id, support: support.id };
	const plugchat = new Api(`${address}/api`, account.token);
	const company: Company = {
		key: wish.key,
		id: account.id,
		instanceId: instance.id,
		phone: wish.phone,
		departments,
		operators: await hire(recado, root, wish.operatorNames, [sales.id, support.id]),
		categories: await categorise(make, wish.hasItems),
		paths: { recado: `/${wish.key}/recado`, plugchat: `/${wish.key}/plugchat` },
		plugchat,
		asksForObservation: wish.asksForObservation,
	};
	await open(recado, company);
	await ask(recado, company);
	await listen(setUp, company);
	return company;
}

/** Operators with a login of their own, who sign in and are there. */
async function hire(recado: Api, root: string, names: readonly string[], departmentIds: readonly string[]): Promise<Company['operators']> {
	const hired = await Promise.all(
		names.map(async (name): Promise<Operator> => {
			const login = name.toLowerCase();
			const { id } = await recado.ask<Made>('POST', `${root}/operators`, { name, login, password: PASSWORD, departmentIds });
			const { operator } = await recado.ask<{ operator: Made }>('POST', `${root}/sign-in`, { login, password: PASSWORD });
			if (operator.id !== id) throw new Error(`${name} signed in as somebody else`);
			await recado.ask('PUT', `${root}/operators/${id}/state`, { state: 'online' });
			return { id, name };
		}),
	);
	const [first, ...others] = hired;
	if (!first) throw new Error('A company needs an operator');
	return [first, ...others];
}

async function categorise(
	make: <T extends Made>(what: string, body: object) => Promise<T>,
	hasItems: boolean,
): Promise<Company['categories']> {
	const one = async (name: string, items: readonly string[]): Promise<Category> => {
		const wished = hasItems ? { items: items.map((item) => ({ name: item })) } : {};
		const made = await make<Made & { items: readonly Operator[] }>('categories', { name, color: '#3366cc', ...wished });
		const [item] = made.items;
		return { id: made.id, name, ...(item ? { item } : {}) };
	};
	return [await one('Venda', ['Vendido', 'Desistiu']), await one('Reparo', ['Resolvido', 'Devolvido']), await one('Dúvida', ['Explicado'])];
}

/** Open around the clock: somebody may play the day on a Sunday night. */
async function open(recado: Api, company: Company): Promise<void> {
	await setHours(recado, company, [{ from: '00:00', to: '24:00' }]);
}

/** From now on it is closed, and whoever writes is told so. */
export async function close(recado: Api, company: Company): Promise<void> {
	await setHours(recado, company, []);
}

async function setHours(recado: Api, { id }: Company, spans: readonly object[]): Promise<void> {
	await recado.ask('PUT', `/accounts/${id}/hours`, {
		active: true,
		timeZone: 'America/Sao_Paulo',
		week: Object.fromEntries(WEEK.map((day) => [day, spans])),
		holidays: [],
		awayMessage: TEXTS.away,
	});
}

/** The menu that asks what it is about and routes, and the survey at the end. */
async function ask(recado: Api, { id, departments, asksForObservation }: Company): Promise<void> {
	const to = (departmentId: string): object => ({ kind: 'department', departmentId });
	await recado.ask('PUT', `/accounts/${id}/ura`, {
		active: true,
		ignoreDefault: true,
		ignoreGroups: true,
		welcomeMessage: 'Olá, {senderName}!',
		departmentMessage: TEXTS.menu,
		options: [
			{ label: 'Vendas', to: to(departments.sales) },
			{
				label: 'Suporte',
				to: {
					kind: 'menu',
					message: TEXTS.products,
					options: [
						{ label: 'Celular', to: to(departments.support) },
						{ label: 'Computador', to: to(departments.support) },
					],
				},
			},
		],
		wrongAnswerMessage: TEXTS.wrong,
		routedMessage: `${TEXTS.routed} ({option}).`,
	});
	await recado.ask('PUT', `/accounts/${id}/survey`, {
		active: true,
		question: TEXTS.question,
		ratingMax: 5,
		...(asksForObservation ? { observationQuestion: TEXTS.observation } : {}),
		thanks: TEXTS.thanks,
		windowMs: SURVEY_WINDOW_MS,
	});
}

interface Webhook {
	readonly id: string;
	readonly url: string;
}

/** All that happens, told twice: in our own dialect, and in Plugchat's, each on a path of its own. */
async function listen({ recado, receiver }: SetUp, { id, paths, plugchat }: Company): Promise<void> {
	await recado.ask('POST', '/webhooks', { accountId: id, url: receiver.url(paths.recado) });
	await plugchat.ask('PUT', '/integrations/update-webhooks', { value: receiver.url(paths.plugchat), notifySentByMe: false });
	const { items } = await recado.ask<{ items: readonly Webhook[] }>('GET', `/webhooks?accountId=${id}`);
	await Promise.all(items.map((webhook) => recado.ask('PATCH', `/webhooks/${webhook.id}`, { scheduleMs: SCHEDULE_MS })));
	for (const path of [paths.recado, paths.plugchat]) {
		const own = items.filter(({ url }) => url === receiver.url(path));
		// What Plugchat's call registered has told its secret to nobody: a new one is told.
		const made = own.map((webhook) => recado.ask<{ readonly secret: string }>('POST', `/webhooks/${webhook.id}/secret`));
		receiver.trust(
			path,
			(await Promise.all(made)).map(({ secret }) => secret),
		);
	}
}
