/** Starting, finishing and moving attendances. Their state machine is in `domain/attendance.ts`. */
import type { Department, Instance, Operator } from '../domain/account.ts';
import { type Attendance, type Categorisation, categorise, type NamedRef, namedRef, transferAttendance } from '../domain/attendance.ts';
import { Serial } from '../domain/serial.ts';
import { RecadoError } from '../errors.ts';
import type { Observer } from '../observe/observer.ts';
import type { Change } from '../ports/changes.ts';
import type { InboundParty } from '../ports/channel.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { AttendanceHook } from './attendance-hook.ts';
import { finishStep, moveStep, startStep } from './attendance-steps.ts';
import { openChat, partyOfAddress, readAddress } from './chat-opening.ts';
import { commitDecided, type Decided, recordAnswer } from './commit.ts';
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
	readonly closing: readonly AttendanceHook[];
}

type Started = { readonly isNew: boolean; readonly attendance: Attendance };
type Finished = { readonly found: boolean; readonly attendance?: Attendance };

interface StaffAtStart {
	readonly operators: readonly NamedRef[];
	readonly departments: readonly Department[];
	readonly named: NamedRef | undefined;
}

export class AttendingService implements Attending {
	readonly #parts: AttendingParts;
	/** Numbers of an account are given one after the other. */
	readonly #serial = new Serial();

	constructor(parts: AttendingParts) {
		this.#parts = parts;
	}

	/** Whatever else starts attendances does it in here: it would meet the conflicts of those who want the same number. */
	inTurn<T>(accountId: string, work: () => Promise<T>): Promise<T> {
		return this.#serial.run(accountId, work);
	}

	async start(command: StartAttendance): Promise<Started> {
		const party = partyOfAddress(readAddress(command.phone));
		const operators = await this.#operators(command.instance, command.operatorIds, { mustBeActive: true });
		const departments = await this.#parts.store.accounts.departments(command.instance.accountId);
		const named = command.departmentId === undefined ? undefined : departmentOf(departments, command.departmentId);
		const started = await this.inTurn(command.instance.accountId, () =>
			commitDecided(this.#parts.outbox, () => this.#decideStart(command, party, { operators, departments, named })),
		);
		if (started.isNew) this.#parts.observer.attendanceStarted(started.attendance);
		return started;
	}

	async finish(command: FinishAttendance): Promise<Finished> {
		const { observer, outbox } = this.#parts;
		const party = partyOfAddress(readAddress(command.phone));
		const [by] = await this.#operators(command.instance, [command.operatorId]);
		if (!by) throw new RecadoError('operator_missing', { details: { id: command.operatorId } });
		const categorisation = await this.#categorisation(command);
		let told: (() => void)[] = [];
		const finished = await commitDecided(outbox, async () => {
			told = [];
			return this.#decideFinish(command, party, { by, categorisation, told });
		});
		if (finished.attendance) observer.attendanceFinished(finished.attendance);
		for (const tell of told) tell();
		return finished;
	}

	async changeDepartment(instance: Instance, written: string, departmentId: string): Promise<void> {
		const { store, outbox, clock } = this.#parts;
		const party = partyOfAddress(readAddress(written));
		const department = departmentOf(await store.accounts.departments(instance.accountId), departmentId);
		await commitDecided(outbox, async () => {
			const view = await this.#chat(instance, party);
			if (!view) throw new RecadoError('not_there', { details: { what: 'chat' } });
			const open = await this.#openOn(view);
			const moved = open && transferAttendance(open, { department });
			if (!open || !moved || open.department?.id === department.id) {
				const touch: Change = { kind: 'chat.touch', id: view.chat.id, departmentId: department.id };
				return { result: undefined, decision: { changes: [touch], events: [] } };
			}
			const { changes, events } = moveStep(this.#parts, open, moved, { instance, view, at: clock.now() });
			return { result: undefined, decision: { changes, events } };
		});
	}

	async #decideStart(command: StartAttendance, party: InboundParty, staff: StaffAtStart): Promise<Decided<Started>> {
		const { store, ids, clock, sealer } = this.#parts;
		const { instance } = command;
		const now = clock.now();
		const opened = await openChat({ store, ids, instance, party, at: now });
		const { chat } = opened;
		const open = await this.#openOn(opened);
		if (open) {
			const result = { isNew: false, attendance: open };
			const record = recordAnswer(command.idempotency, result, { sealer, now });
			return { result, ...(record.idempotency ? { decision: { changes: [], events: [], ...record } } : {}) };
		}
		const department = staff.named ?? departmentOfChat(opened, staff.departments);
		const step = await startStep(this.#parts, { instance, view: opened, operators: staff.operators, department, at: now });
		const result = { isNew: true, attendance: step.attendance };
		const moveChat: Change[] = staff.named ? [{ kind: 'chat.touch', id: chat.id, departmentId: staff.named.id }] : [];
		const changes: Change[] = [...opened.changes, ...step.changes, ...moveChat];
		return { result, decision: { changes, events: step.events, ...recordAnswer(command.idempotency, result, { sealer, now }) } };
	}

	async #decideFinish(
		command: FinishAttendance,
		party: InboundParty,
		how: { readonly by: NamedRef; readonly categorisation: Categorisation | undefined; readonly told: (() => void)[] },
	): Promise<Decided<Finished>> {
		const { store, clock, sealer, closing } = this.#parts;
		const { instance, report, ratingObservation, attendanceId } = command;
		const at = clock.now();
		const view = await this.#chat(instance, party);
		const open = view && (await this.#openOn(view));
		if (!view || !open || (attendanceId !== undefined && open.id !== attendanceId)) return { result: { found: false } };
		const fallback = command.autoTransfer ? (await store.accounts.departments(instance.accountId)).find((one) => one.isDefault) : undefined;
		const step = await finishStep(this.#parts, open, {
			...{ instance, view, at, by: how.by },
			...(fallback ? { chatDepartmentId: fallback.id } : {}),
			...(report === undefined ? {} : { report }),
			...(ratingObservation === undefined ? {} : { ratingObservation }),
			...(how.categorisation === undefined ? {} : { categorisation: how.categorisation }),
		});
		if (!step) return { result: { found: false } };
		const { attendance } = step;
		const result = { found: true, attendance };
		const aftermath = await Promise.all(closing.map((hook) => hook.onFinished({ instance, view, attendance, at })));
		for (const { after } of aftermath) if (after) how.told.push(after);
		const changes = [...step.changes, ...aftermath.flatMap((one) => one.changes)];
		const events = [...step.events, ...aftermath.flatMap((one) => one.events)];
		return { result, decision: { changes, events, ...recordAnswer(command.idempotency, result, { sealer, now: at }) } };
	}

	async #categorisation(command: FinishAttendance): Promise<Categorisation | undefined> {
		const categories = await this.#parts.store.accounts.categories(command.instance.accountId);
		const result = categorise(categories, command.category);
		if (result !== undefined && 'unknownId' in result) throw new RecadoError('category_missing', { details: { id: result.unknownId } });
		return result;
	}

	async #operators(instance: Instance, wanted: readonly string[], { mustBeActive = false } = {}): Promise<readonly NamedRef[]> {
		const known = new Map((await this.#parts.store.accounts.operators(instance.accountId)).map((one): [string, Operator] => [one.id, one]));
		// Named twice is once.
		return [...new Set(wanted)].map((id) => {
			const operator = known.get(id);
			if (!operator) throw new RecadoError('operator_missing', { details: { id } });
			if (mustBeActive && !operator.active) throw new RecadoError('operator_inactive', { details: { id } });
			return namedRef(operator);
		});
	}

	async #openOn({ chat }: ChatView): Promise<Attendance | undefined> {
		return chat.attendanceId === undefined ? undefined : this.#parts.store.attendances.attendance(chat.attendanceId);
	}

	#chat(instance: Instance, party: InboundParty): Promise<ChatView | undefined> {
		return this.#parts.store.chats.findByAlias(instance.id, instance.accountId, party.aliases);
	}
}

/** The chat's own, or the default one where it has none or one that was deleted. */
export function departmentOfChat({ chat }: ChatView, departments: readonly Department[]): NamedRef | undefined {
	const department = departments.find((one) => one.id === chat.departmentId) ?? departments.find((one) => one.isDefault);
	return department && namedRef(department);
}

function departmentOf(departments: readonly Department[], id: string): NamedRef {
	const department = departments.find((one) => one.id === id);
	if (!department) throw new RecadoError('department_missing', { details: { id } });
	return namedRef(department);
}
