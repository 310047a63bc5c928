/** Work at the desk of our own API: the gateway knows who is next, and operators act in their own name. */
import type { Api } from './api.ts';
import type { Company, Operator } from './company.ts';
import type { Heard } from './ledger.ts';
import type { Case, Ending, Workplace } from './operator.ts';

interface Attendance {
	readonly id: string;
	readonly number: number;
	readonly customer: { readonly phone: string };
}

export class DeskWorkplace implements Workplace {
	readonly path: string;
	readonly #recado: Api;
	readonly #company: Company;

	constructor(recado: Api, company: Company) {
		this.#recado = recado;
		this.#company = company;
		this.path = company.paths.recado;
	}

	async next(operator: Operator): Promise<Case | undefined> {
		const attendance = await this.#recado.ask<Attendance | undefined>('POST', `${this.#desk}/next`, { operatorId: operator.id });
		return attendance && { number: attendance.number, phone: attendance.customer.phone, attendanceId: attendance.id };
	}

	async say(phone: string, text: string, to?: Heard): Promise<string> {
		const message = await this.#recado.ask<{ whatsappId: string }>('POST', `/instances/${this.#company.instanceId}/messages`, {
			to: phone,
			text,
			...(to ? { replyTo: to.messageId } : {}),
		});
		return message.whatsappId;
	}

	/** To a colleague, or, from whoever has none or every second time, to the other department, where somebody will take it. */
	async handOver(theCase: Case, from: Operator, reason: string): Promise<{ readonly to?: Operator; readonly reason: string }> {
		const { operators, departments } = this.#company;
		const colleague = theCase.number % 2 === 0 ? operators.find(({ id }) => id !== from.id) : undefined;
		const to = colleague ? { operatorIds: [colleague.id] } : { departmentId: departments.support };
		await this.#recado.ask('POST', `${this.#attendance(theCase)}/transfer`, { ...to, reason, asOperatorId: from.id });
		return { reason, ...(colleague ? { to: colleague } : {}) };
	}

	async close(theCase: Case, operator: Operator, { category, report }: Ending): Promise<void> {
		const { id: categoryId, item } = category;
		await this.#recado.ask('POST', `${this.#attendance(theCase)}/finish`, {
			...(item ? { items: [{ categoryId, itemId: item.id }] } : { categoryId }),
			report,
			autoTransfer: true,
			asOperatorId: operator.id,
		});
	}

	#attendance({ attendanceId }: Case): string {
		return `${this.#desk}/attendances/${attendanceId}`;
	}

	get #desk(): string {
		return `/accounts/${this.#company.id}/desk`;
	}
}
