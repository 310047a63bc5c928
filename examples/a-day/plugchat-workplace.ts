/** Work with the calls of Plugchat, as its integrations do: they list who waits, start an attendance and learn its number from the webhook. */
import type { Company, Operator } from './company.ts';
import { THANKS } from './customer.ts';
import type { Ledger } from './ledger.ts';
import type { Case, Ending, Workplace } from './operator.ts';

const NUMBER_PATIENCE_MS = 60_000;

export class PlugchatWorkplace implements Workplace {
	readonly path: string;
	readonly #company: Company;
	readonly #ledger: Ledger;
	/** The number of the last attendance of each phone. */
	readonly #numbers = new Map<string, number>();

	constructor(company: Company, ledger: Ledger) {
		this.#company = company;
		this.#ledger = ledger;
		this.path = company.paths.plugchat;
	}

	async next(operator: Operator): Promise<Case | undefined> {
		const waiting = await this.#company.plugchat.ask<readonly { phone: string }[]>('GET', '/chat/get-pending-chats?page=1&pageSize=50');
		const routed = waiting.find(({ phone }) => this.#isRouted(phone));
		if (!routed) return undefined;
		const { phone } = routed;
		const started = await this.#company.plugchat.ask<true | object>('POST', '/integrations/start-attendance', {
			phone,
			operators: [operator.id],
		});
		// Where a colleague was faster, theirs is told.
		if (started !== true) return undefined;
		const number = await this.#ledger.startedNumber(this.path, phone, this.#numbers.get(phone), NUMBER_PATIENCE_MS);
		if (number === undefined) throw new Error(`Nothing was heard of the attendance of ${phone}`);
		this.#numbers.set(phone, number);
		return { number, phone };
	}

	async say(phone: string, message: string): Promise<string> {
		const { messageId } = await this.#company.plugchat.ask<{ messageId: string }>('POST', '/whatsapp/send-text', { phone, message });
		return messageId;
	}

	/** Plugchat hands over between departments; the operator stays in it, and no reason is asked for. */
	async handOver({ phone }: Case, from: Operator): Promise<{ readonly to: Operator; readonly reason: string }> {
		const { departments } = this.#company;
		await this.#company.plugchat.ask('POST', '/integrations/change-department', { phone, departmentId: departments.general });
		return { to: from, reason: '' };
	}

	async close({ phone }: Case, operator: Operator, { category, report }: Ending): Promise<void> {
		const { id: categoryId, item } = category;
		await this.#company.plugchat.ask('POST', '/integrations/finish-attendance', {
			phone,
			operatorId: operator.id,
			autoTransfer: true,
			operatorReport: report,
			...(item ? { attendanceCategories: [{ categoryId, itemId: item.id }] } : { attendanceCategory: categoryId }),
		});
	}

	/** Whoever is still in the menu waits too. When they are through, the last that they wrote is their choice; behind their thanks a number is a rating. */
	#isRouted(phone: string): boolean {
		const heard = this.#ledger.heardSoFar(this.path, phone);
		return /^(1|computador|vendas!?)$/i.test(heard.at(-1)?.text ?? '') && heard.at(-2)?.text !== THANKS;
	}
}
