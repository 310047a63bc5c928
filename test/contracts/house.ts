/** What a scene needs of the world around it: the gateway's addresses and clients. */
import type { Json } from '../support/contract.ts';
import type { Answer } from '../support/gateway.ts';
import type { Places, Plan } from './plan.ts';

export interface House {
	readonly places: Places;
	/** The management API; anything but success is an error, as no contract is about it. */
	admin(method: string, path: string, body?: Json): Promise<Answer>;
	send(request: Request): Promise<Answer>;
	/** An account with one connected simulated instance. */
	account(): Promise<TestAccount>;
	/** Its phones receive and read at once, and answer nothing. */
	quieten(instanceId: string): Promise<void>;
	/** What the partner APIs of Plugchat and Z-API ask for; one for all. */
	integratorToken(): Promise<string>;
}

export interface Request {
	readonly method: string;
	/** With its query. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Sent as it is. */
	readonly raw?: Buffer | string;
}

export interface TestAccount {
	readonly id: string;
	readonly token: string;
	readonly clientToken: string;
	readonly instance: { readonly id: string; readonly token: string; readonly phone: string };
}

/** The path of an operation with its values, and the query of the plan. */
export function addressOf(path: string, plan: Pick<Plan, 'path' | 'query'>): string {
	const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(plan.path[name] ?? name));
	const query = new URLSearchParams(plan.query).toString();
	return query === '' ? filled : `${filled}?${query}`;
}
