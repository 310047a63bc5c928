/** A shop with people at its desk, and customers who have written. */
import assert from 'node:assert/strict';
import type { Account, Gateway } from '../../support/gateway.ts';
import { until } from '../../support/waiting.ts';
import { WAITS_MS } from './patience.ts';

export const PASSWORD = 'uma senha bem longa';

export interface DeskScene {
	readonly account: Account;
	readonly departments: { readonly sales: string; readonly support: string };
	/** `agent` is of sales, `supervisor` of support. */
	readonly operators: { readonly agent: string; readonly supervisor: string; readonly admin: string };
	/** A customer writes; answers the chat, once it waits or the message is in it. */
	readonly write: (phone: string, name: string, content: object) => Promise<string>;
	readonly api: (method: string, path: string, body?: unknown) => Promise<Body>;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Body = any;

export function emailOf(name: 'agent' | 'supervisor' | 'admin'): string {
	return `${name}@loja.example`;
}

/** The survey, categories with items, and quick replies are there as well. */
export async function openDesk(gateway: Gateway, name = 'Loja das Flores'): Promise<DeskScene> {
	const account = await gateway.account(name);
	const api: DeskScene['api'] = async (method, path, body) => {
		const answer = await gateway.admin(method, path, body);
		assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
		return answer.body;
	};
	const at = (path: string): string => `/accounts/${account.id}${path}`;
	const department = async (called: string): Promise<string> => (await api('POST', at('/departments'), { name: called })).id;
	const departments = { sales: await department('Vendas'), support: await department('Suporte') };
	const operator = async (called: string, role: 'agent' | 'supervisor' | 'admin', departmentIds: readonly string[]): Promise<string> =>
		(await api('POST', at('/operators'), { name: called, role, email: emailOf(role), login: role, password: PASSWORD, departmentIds })).id;
	const operators = {
		agent: await operator('Ana Souza', 'agent', [departments.sales]),
		supervisor: await operator('Bruno Lima', 'supervisor', [departments.support]),
		admin: await operator('Carla Dias', 'admin', []),
	};
	await api('POST', at('/categories'), { name: 'Compra', color: '#0b6b52', items: [{ name: 'Buquê' }, { name: 'Vaso' }] });
	await api('POST', at('/categories'), { name: 'Reclamação', color: '#c2255c', items: [{ name: 'Atraso' }] });
	await api('POST', at('/quick-replies'), { shortcut: 'oi', text: 'Olá! Aqui é da Loja das Flores. Como posso ajudar?' });
	await api('POST', at('/quick-replies'), { shortcut: 'pix', text: 'Nossa chave Pix é flores@loja.example.' });
	return { account, departments, operators, api, write: writer(account, api) };
}

function writer(account: Account, api: DeskScene['api']): DeskScene['write'] {
	const { id: instanceId } = account.instance;
	return async (from, name, content) => {
		const { messageId } = await api('POST', `/simulator/${instanceId}/messages`, { from, name, ...content });
		let chatId = '';
		const isThere = async (): Promise<boolean> => {
			const { items } = await api('GET', `/chats?instanceId=${instanceId}`);
			chatId = items.find((one: Body) => one.phone === from)?.id ?? '';
			if (chatId === '') return false;
			const history = await api('GET', `/accounts/${account.id}/chats/${chatId}/messages`);
			return history.items.some((one: Body) => one.whatsappId === messageId);
		};
		await until(isThere, { what: `the message of ${name}`, withinMs: WAITS_MS });
		return chatId;
	};
}
