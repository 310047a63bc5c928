/**
 * Who calls: the header `Authorization` carries a token, bare (seeds 001, 002) or after `Bearer` (seed 000): an account's, which acts on its first
 * instance, or that of an instance made on demand, which acts on that one.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SubscriptionSubject } from '../../access/services.ts';
import type { SlotOwner } from '../../delivery/services.ts';
import type { Account, Instance } from '../../domain/account.ts';
import { RecadoError } from '../../errors.ts';
import type { Directory, InstanceCreated } from '../../messaging/directory-services.ts';
import type { Credential } from '../../ports/dialect.ts';
import type { PlugchatDeps } from './deps.ts';

const CALLER = 'plugchatCaller';

interface Caller {
	readonly account: Account;
	/** Of a token that is an instance's own. */
	readonly instance?: Instance;
}

/** Between the parts of an instance's token; neither ids nor tokens have one. */
const SEPARATOR = '.';

/** No path and no header but this one names an instance, so its token has to. */
export function tokenOfInstance({ instance, token }: InstanceCreated): string {
	return `${instance.id}${SEPARATOR}${token}`;
}

declare module 'fastify' {
	interface FastifyContextConfig {
		/** Answered also once what was subscribed for is over: it may be subscribed for again. */
		readonly isOpenWhenOver?: true;
	}
}

type Needs = Pick<PlugchatDeps, 'directory' | 'accounts' | 'access'>;

export function authenticate(scope: FastifyInstance, deps: Needs): void {
	scope.decorateRequest(CALLER);
	scope.addHook('onRequest', async (request) => {
		const token = request.headers.authorization?.replace(/^bearer\s+/i, '').trim();
		const caller = token ? await callerBy(token, deps) : undefined;
		if (caller === undefined) throw new RecadoError('unauthorized');
		request.owner = caller.instance?.id ?? caller.account.id;
		request.credential = credentialOf(caller);
		request.setDecorator(CALLER, caller);
		if (!request.routeOptions.config.isOpenWhenOver) await requireRunning(caller, deps);
	});
}

function credentialOf({ account, instance }: Caller): Credential {
	const { id, name } = instance ?? account;
	return { kind: instance ? 'instance' : 'account', id, name, accountId: account.id };
}

/** Of the account, as integrators sign for it, and of the instance, as it is signed for on demand. Throws subscription_over. */
async function requireRunning({ account, instance }: Caller, { access }: Needs): Promise<void> {
	await access.subscriptions.requireRunning(account.id);
	if (instance) await access.subscriptions.requireRunning(instance.id);
}

async function callerBy(token: string, { directory, accounts }: Needs): Promise<Caller | undefined> {
	const [instanceId, secret] = token.split(SEPARATOR);
	if (instanceId === undefined || secret === undefined) {
		const account = await directory.accountByToken(token);
		return account && { account };
	}
	const instance = await directory.instanceByToken(instanceId, secret);
	const account = instance && (await accounts.account(instance.accountId));
	return instance && account && { account, instance };
}

/** A request that has passed the hook, whatever its body. */
export type Authenticated = Pick<FastifyRequest, 'getDecorator'>;

export function accountOf(request: Authenticated): Account {
	return callerOf(request).account;
}

/** For what only the account does: the token of one of its instances is somebody else's. Throws unauthorized. */
export function wholeAccountOf(request: Authenticated): Account {
	const { account, instance } = callerOf(request);
	if (instance) throw new RecadoError('unauthorized');
	return account;
}

/** Whether the caller may look at what is that instance's. The account is looked up by whoever asks. */
export function reaches(request: Authenticated, instanceId: string): boolean {
	const { instance } = callerOf(request);
	return instance === undefined || instance.id === instanceId;
}

/** Throws no_instance. */
export async function instanceOf(request: Authenticated, directory: Pick<Directory, 'firstInstance'>): Promise<Instance> {
	const { account, instance } = callerOf(request);
	return instance ?? directory.firstInstance(account.id);
}

/** Webhooks are the account's; those that are set with an instance's own token are that one's. */
export function slotOwnerOf(request: Authenticated): SlotOwner {
	const { account, instance } = callerOf(request);
	return { accountId: account.id, dialect: 'plugchat', ...(instance && { instanceId: instance.id }) };
}

/** What a caller signs for. */
export function subjectOf(request: Authenticated): SubscriptionSubject {
	const { account, instance } = callerOf(request);
	return { id: instance?.id ?? account.id, accountId: account.id };
}

function callerOf(request: Authenticated): Caller {
	return request.getDecorator<Caller>(CALLER);
}
