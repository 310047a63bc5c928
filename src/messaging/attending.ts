/** Starting, finishing and moving attendances. Their state machine is in `domain/attendance.ts`. */
import type { Department, Instance, Operator } from '../domain/account.ts';
import {
	type Attendance,
	type Categorisation,
	categorise,
	finishAttendance,
	type NamedRef,
	namedRef,
	transferAttendance,
} from '../domain/attendance.ts';
import type { DomainEvent } from '../domain/event.ts';
import { parsePhone, phoneKey } from '../domain/phone.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Change, ChatView, Store } from '../ports/store.ts';
import { correspondentOf, openChat, partyOfPhone } from './chat-opening.ts';
import { commitDecided, recordAnswer } from './commit.ts';
import type { MessagingOptions } from './options.ts';
import type { Attending, FinishAttendance, StartAttendance } from './services.ts';

export interface AttendingParts {
	readonly store: Pick<Store, 'accounts' | 'chats' | 'messages' | 'attendances'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly sealer: Sealer;
	readonly observer: Observer;
	readonly options: Pick<MessagingOptions, 'transcriptMessagesMax'>;
}

type Started = { readonly isNew: boolean; readonly attendance: Attendance };
type Finished = { readonly found: boolean; readonly attendance?: Attendance };

export class AttendingService implements Attending {
	readonly #parts: AttendingParts;
	/** Numbers of an account are given one after the other. */
	readonly #serial = new Serial();

	constructor(parts: AttendingParts) {
		this.#parts = parts;
	}

	async start(command: StartAttendance): Promise<Started> {
		const phone = this.#phone(command.phone);
		const operators = await this.#operators(command.instance, command.operatorIds, { mustBeActive: true });
		const departments = await this.#parts.store.accounts.departments(command.instance.accountId);
		const named = command.departmentId === undefined ? undefined : departmentOf(departments, command.departmentId);
		const started = await this.#serial.run(command.instance.accountId, () =>
			commitDecided(this.#parts.outbox, () => this.#decideStart(command, phone, { operators, departments, named })),
		);
		if (started.isNew) this.#parts.observer.attendanceStarted(started.attendance);
		return started;
	}

	async finish(command: FinishAttendance): Promise<Finished> {
		const phone = this.#phone(command.phone);
		const [by] = await this.#operators(command.instance, [command.operatorId]);
		if (!by) throw new RecadoError('operator_missing', { details: { id: command.operatorId } });
		const categorisation = await this.#categorisation(command);
		const finished = await commitDecided(this.#parts.outbox, () => this.#decideFinish(command, phone, by, categorisation));
		if (finished.attendance) this.#parts.observer.attendanceFinished(finished.attendance);
		return finished;
	}

	async changeDepartment(instance: Instance, written: string, departmentId: string): Promise<void> {
		const { store, outbox } = this.#parts;
		const phone = this.#phone(written);
		const department = departmentOf(await store.accounts.departments(instance.accountId), departmentId);
		await commitDecided(outbox, async () => {
			const view = await this.#chat(instance, phone);
			if (!view) throw new RecadoError('not_there', { details: { what: 'chat' } });
			const open = view.chat.attendanceId === undefined ? undefined : await store.attendances.attendance(view.chat.attendanceId);
			const moved = open && transferAttendance(open, { department });
			const changes: Change[] = moved
				? [{ kind: 'attendance.update', attendance: moved, chatDepartmentId: department.id }]
				: [{ kind: 'chat.touch', id: view.chat.id, departmentId: department.id }];
			return { result: undefined, decision: { changes, events: [] } };
		});
	}

	async #decideStart(
		command: StartAttendance,
		phone: string,
		staff: { operators: readonly NamedRef[]; departments: readonly Department[]; named: NamedRef | undefined },
	): Promise<{ result: Started; decision?: Parameters<Outbox['commit']>[0] }> {
		const { store, ids, clock, sealer } = this.#parts;
		const { instance } = command;
		const now = clock.now();
		const opened = await openChat({ store, ids, instance, party: partyOfPhone(phone), at: now });
		const { chat, contact } = opened;
		const open = chat.attendanceId === undefined ? undefined : await store.attendances.attendance(chat.attendanceId);
		if (open) {
			const result = { isNew: false, attendance: open };
			const record = recordAnswer(command.idempotency, result, { sealer, now });
			return { result, ...(record.idempotency ? { decision: { changes: [], events: [], ...record } } : {}) };
		}
		const fallback = staff.departments.find((one) => one.id === chat.departmentId) ?? staff.departments.find((one) => one.isDefault);
		const department = staff.named ?? (fallback && namedRef(fallback));
		const attendance: Attendance = {
			id: ids.next('atd'),
			accountId: instance.accountId,
			instanceId: instance.id,
			chatId: chat.id,
			number: (await store.attendances.lastNumber(instance.accountId)) + 1,
			status: 'progress',
			customer: { name: contact.name, phone: chat.phone },
			...(department === undefined ? {} : { department }),
			operators: staff.operators,
			requestedAt: Math.min(chat.waitingSince ?? now, now),
			startedAt: now,
			version: 1,
		};
		const result = { isNew: true, attendance };
		const event = await this.#event('attendance.started', instance, opened, attendance, now);
		const moveChat: Change[] = staff.named ? [{ kind: 'chat.touch', id: chat.id, departmentId: staff.named.id }] : [];
		const changes: Change[] = [...opened.changes, { kind: 'attendance.insert', attendance }, ...moveChat];
		return { result, decision: { changes, events: [event], ...recordAnswer(command.idempotency, result, { sealer, now }) } };
	}

	async #decideFinish(
		command: FinishAttendance,
		phone: string,
		by: NamedRef,
		categorisation: Categorisation | undefined,
	): Promise<{ result: Finished; decision?: Parameters<Outbox['commit']>[0] }> {
		const { store, clock, sealer } = this.#parts;
		const { instance } = command;
		const now = clock.now();
		const view = await this.#chat(instance, phone);
		const open = view?.chat.attendanceId === undefined ? undefined : await store.attendances.attendance(view.chat.attendanceId);
		const attendance =
			open &&
			finishAttendance(open, {
				by,
				at: now,
				...(command.report === undefined ? {} : { report: command.report }),
				...(command.ratingObservation === undefined ? {} : { ratingObservation: command.ratingObservation }),
				...(categorisation === undefined ? {} : { categorisation }),
			});
		if (!view || !attendance) return { result: { found: false } };
		const fallback = command.autoTransfer ? (await store.accounts.departments(instance.accountId)).find((one) => one.isDefault) : undefined;
		const result = { found: true, attendance };
		const event = await this.#event('attendance.finished', instance, view, attendance, now);
		const change: Change = { kind: 'attendance.update', attendance, ...(fallback ? { chatDepartmentId: fallback.id } : {}) };
		return { result, decision: { changes: [change], events: [event], ...recordAnswer(command.idempotency, result, { sealer, now }) } };
	}

	async #event(
		type: 'attendance.started' | 'attendance.finished',
		instance: Instance,
		view: ChatView,
		attendance: Attendance,
		at: number,
	): Promise<DomainEvent> {
		const { store, ids, options } = this.#parts;
		const messages = await store.messages.transcript(view.chat.id, attendance.requestedAt, at, options.transcriptMessagesMax);
		return {
			id: ids.next('evt'),
			type,
			accountId: instance.accountId,
			instance: { id: instance.id, phone: instance.phone },
			chatId: view.chat.id,
			at,
			data: { attendance, with: correspondentOf(view), transcript: messages.map((message) => ({ message })) },
		};
	}

	async #categorisation(command: FinishAttendance): Promise<Categorisation | undefined> {
		const categories = await this.#parts.store.accounts.categories(command.instance.accountId);
		const result = categorise(categories, command.category);
		if (result !== undefined && 'unknownId' in result) throw new RecadoError('category_missing', { details: { id: result.unknownId } });
		return result;
	}

	async #operators(instance: Instance, wanted: readonly string[], { mustBeActive = false } = {}): Promise<readonly NamedRef[]> {
		const known = new Map((await this.#parts.store.accounts.operators(instance.accountId)).map((one): [string, Operator] => [one.id, one]));
		return wanted.map((id) => {
			const operator = known.get(id);
			if (!operator) throw new RecadoError('operator_missing', { details: { id } });
			if (mustBeActive && !operator.active) throw new RecadoError('operator_inactive', { details: { id } });
			return namedRef(operator);
		});
	}

	#chat(instance: Instance, phone: string): Promise<ChatView | undefined> {
		return this.#parts.store.chats.findByAlias(instance.id, instance.accountId, [{ kind: 'phone', value: phoneKey(phone) }]);
	}

	#phone(written: string): string {
		const phone = parsePhone(written);
		if (phone === undefined) throw new RecadoError('invalid_phone');
		return phone;
	}
}

function departmentOf(departments: readonly Department[], id: string): NamedRef {
	const department = departments.find((one) => one.id === id);
	if (!department) throw new RecadoError('department_missing', { details: { id } });
	return namedRef(department);
}
