/**
 * Tabs of the console that stand open, as what each asks of the gateway: the stream that it listens to, what it asks when it opens, and what it asks again,
 * after a while or because of what the stream said. As `console/src` does it; each page below says where. A page that changes there has to change here.
 */
import { request } from 'undici';
import { phoneOf } from './traffic.ts';

export interface Tab {
	/** The credential, as a browser sends it: a session's cookie. */
	readonly headers: Readonly<Record<string, string>>;
	/** What it listens to. */
	readonly stream: string;
	/** Asked once, when it opens. */
	readonly once: readonly string[];
	/** Asked when it opens, and again and again. */
	readonly looks: readonly Look[];
	/** Asks with whom the chats are that its stream tells of, each once (`pages/deliveries/use-chats.ts`). */
	readonly namesChats: boolean;
}

export interface Look {
	/** Paths, all at once. `POST /…` writes, without a body of any meaning. */
	readonly asks: readonly string[];
	readonly everyMs?: number;
	/** What the stream's bytes have in them where this is to be looked at. */
	readonly upon?: {
		readonly news: string;
		/** *Throttled*: at once, and then no sooner than so. *Gathered*: so long after the first news, for all that came meanwhile. */
		readonly how: 'throttled' | 'gathered';
		readonly ms: number;
	};
}

const API = '/recado/v1';
const PASSWORD = 'benchmark password';
/** Four, two of whom look at what they attend and two at who waits; one of them also sees what the others attend. */
const OPERATORS = [
	{ role: 'agent', list: 'mine' },
	{ role: 'agent', list: 'waiting' },
	{ role: 'agent', list: 'mine' },
	{ role: 'supervisor', list: 'waiting' },
] as const;
const OVERVIEWS = 3;
const TAILS = 2;
/** What each operator attends, the chat that is open among it. */
const ATTENDED = 3;
const CHANGED = { desk: '"what":"desk"', any: 'event: ' } as const;

export interface Gateway {
	readonly origin: string;
	/** The administrator's. */
	readonly headers: Readonly<Record<string, string>>;
}

/** Signs in whom it takes, and has operators take chats that wait: the first `chats` customers have to have written. */
export async function openTabs(gateway: Gateway): Promise<readonly Tab[]> {
	const { items: instances } = await ask<{ items: readonly Instance[] }>(gateway, 'GET', '/instances');
	const [instance] = instances;
	if (!instance) throw new Error('the gateway has no instance');
	const admin = await signIn(gateway, { token: gateway.headers['authorization']?.replace('Bearer ', '') });
	const chatOf = await chatsOf(gateway, instance);
	const desks: Tab[] = [];
	for (const [n, operator] of OPERATORS.entries()) {
		const chats = Array.from({ length: ATTENDED }, (_, place) => chatOf(n * ATTENDED + place));
		desks.push(await deskOf({ gateway, instance, ...operator, login: `operator${n}`, chats }));
	}
	return [
		...Array.from({ length: OVERVIEWS }, () => overviewOf(admin)),
		...desks,
		phoneTabOf(admin, instance, chatOf(OPERATORS.length * ATTENDED)),
		...Array.from({ length: TAILS }, () => deliveriesOf(admin)),
	];
}

interface Instance {
	readonly id: string;
	readonly accountId: string;
	readonly phone: string;
}

interface Chat {
	readonly id: string;
	readonly phone: string;
}

/** `pages/overview/insight.ts`, at the window that it opens with; `parts/known-webhooks.ts`. */
function overviewOf(headers: Tab['headers']): Tab {
	return {
		headers,
		stream: `${API}/stream?kinds=figures%2Cchanged`,
		once: [`${API}/webhooks`, `${API}/accounts`],
		// It looks at what needs a person, too, when webhooks, instances or jobs change: none does here.
		looks: [
			{ asks: [`${API}/figures?window=1h`], everyMs: 10_000 },
			{ asks: [`${API}/attention?limit=100`], everyMs: 5_000 },
		],
		namesChats: false,
	};
}

interface DeskWish {
	readonly gateway: Gateway;
	readonly instance: Instance;
	readonly role: (typeof OPERATORS)[number]['role'];
	readonly list: (typeof OPERATORS)[number]['list'];
	readonly login: string;
	/** Those that the operator attends; the first is open. */
	readonly chats: readonly Chat[];
}

/**
 * An operator at work: one of the lists, how many the others have, one chat open, with what is known of it beside it. `pages/desk/live-desk.ts` says when what is looked at,
 * `pages/desk/desk-data.ts` what that is; `OwnRow` in `pages/desk/lists/chat-row.tsx` asks for the chat of each row, `useReading` in `pages/desk/chat/chat-view.tsx`
 * reads what the customer wrote, `api/staff.ts` what is asked once.
 */
async function deskOf({ gateway, instance: { accountId }, role, list, login, chats }: DeskWish): Promise<Tab> {
	const account = `/accounts/${accountId}`;
	const email = `${login}@benchmark.example`;
	const { id } = await ask<{ id: string }>(gateway, 'POST', `${account}/operators`, { name: login, role, email, password: PASSWORD });
	const headers = await signIn(gateway, { email, password: PASSWORD });
	const taken: { readonly id: string }[] = [];
	for (const chat of chats) taken.push(await ask({ ...gateway, headers }, 'POST', `${account}/chats/${chat.id}/take`, {}));
	const [open = '', ...others] = chats.map((chat) => `${API}${account}/chats/${chat.id}`);
	const [attendance] = taken;
	const ofChat = [
		open,
		`${open}/messages?limit=40`,
		// Each look finds something that nobody has read yet.
		`POST ${open}/read`,
	];
	const rest = [
		...(list === 'mine' ? others : [`${API}${account}/desk/waiting?latest=true`]),
		// Of a list with more than a page, shown or not.
		`${API}${account}/desk/waiting/count`,
		// What is attended, by one or by all of them, is less than a page, and not counted for that.
		`${API}${account}/desk/attending?ofOperatorId=${id}`,
		...(role === 'agent' ? [] : [`${API}${account}/desk/attending`]),
		`${open}/notes?limit=20`,
		`${open}/card`,
		`${API}/attendances/${attendance?.id}`,
		`${API}${account}/desk/attendances/${attendance?.id}/transfers`,
	];
	return {
		headers,
		stream: `${API}/stream?accountId=${accountId}&kinds=changed`,
		once: ['operators', 'departments', 'quick-replies', 'custom-buttons'].map((name) => `${API}${account}/${name}`),
		looks: [
			{ asks: ofChat, upon: { news: CHANGED.desk, how: 'throttled', ms: 2_000 } },
			{ asks: rest, upon: { news: CHANGED.desk, how: 'throttled', ms: 5_000 } },
			{ asks: [...ofChat, ...rest], everyMs: 30_000 },
		],
		namesChats: false,
	};
}

/**
 * `pages/phone/data.ts`, `pages/phone/live-deliveries.ts`: with a customer chosen. Where more comes than is told the page cannot know whose it
 * was, and looks at what is on the phone.
 */
function phoneTabOf(headers: Tab['headers'], { id, accountId, phone }: Instance, chat: Chat): Tab {
	const customer = `${API}/simulator/${id}/phones/${chat.phone}`;
	const messages = `${customer}/messages?chat=${phone}&limit=200`;
	const screen = [messages, `${customer}/chats`, `${API}/accounts/${accountId}/chats/${chat.id}/messages?limit=50`];
	return {
		headers,
		stream: `${API}/stream?accountId=${accountId}&instanceId=${id}&kinds=deliveries%2Cevents%2Cchanged`,
		once: [
			`${API}/instances`,
			`${API}/webhooks?accountId=${accountId}`,
			`${API}/simulator/${id}/contacts/${chat.phone}`,
			`${API}/deliveries?instanceId=${id}&chatId=${chat.id}&limit=60`,
		],
		looks: [
			{ asks: screen, upon: { news: CHANGED.any, how: 'gathered', ms: 1_000 } },
			{ asks: [`${API}/chats?instanceId=${id}&limit=200`], upon: { news: CHANGED.any, how: 'gathered', ms: 2_000 } },
			{ asks: [messages], everyMs: 3_000 },
		],
		namesChats: false,
	};
}

/** `pages/deliveries/use-deliveries.ts` without a filter, `use-jobs.ts`, `use-chats.ts`. */
function deliveriesOf(headers: Tab['headers']): Tab {
	return {
		headers,
		stream: `${API}/stream?kinds=deliveries`,
		once: [`${API}/webhooks`, `${API}/deliveries?limit=50`],
		looks: [{ asks: [`${API}/jobs?limit=50`], everyMs: 15_000 }],
		namesChats: true,
	};
}

/** By the number of the customer. */
async function chatsOf(gateway: Gateway, { id }: Instance): Promise<(customer: number) => Chat> {
	const { items } = await ask<{ items: readonly Chat[] }>(gateway, 'GET', `/chats?instanceId=${id}&limit=200`);
	if (items.length === 0) throw new Error(`no customer has written, not even ${phoneOf(0)}`);
	return (customer) => items[customer % items.length] as Chat;
}

async function signIn(gateway: Gateway, wish: object): Promise<Tab['headers']> {
	const { statusCode, headers, body } = await request(`${gateway.origin}${API}/session`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(wish),
	});
	const session = (await body.json()) as { readonly csrf: string };
	if (statusCode !== 200 && statusCode !== 201) throw new Error(`signing in was answered ${statusCode}: ${JSON.stringify(session)}`);
	const [cookie = ''] = [headers['set-cookie']].flat();
	return { cookie: cookie.split(';')[0] ?? '', 'x-recado-csrf': session.csrf, 'content-type': 'application/json' };
}

async function ask<T>({ origin, headers }: Gateway, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
	const answer = await request(`${origin}${API}${path}`, {
		method,
		headers,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	if (answer.statusCode > 299) throw new Error(`${method} ${path} was answered ${answer.statusCode}: ${await answer.body.text()}`);
	return (await answer.body.json()) as T;
}
