/** The desk: lists of what waits, is attended and was closed, and everything that operators do with an attendance. */
import type { Department, Instance } from '../domain/account.ts';
import {
	type Attendance,
	type AttendanceTransfer,
	joinAttendance,
	leaveAttendance,
	type NamedRef,
	namedRef,
	transferAttendance,
} from '../domain/attendance.ts';
import { RecadoError } from '../errors.ts';
import { type AttendanceStep, moveStep, staffStep, TRANSFERS } from '../messaging/attendance-steps.ts';
import { commitDecided } from '../messaging/commit.ts';
import type { Attending } from '../messaging/services.ts';
import type { ChatView, WaitingFilter } from '../ports/chats.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { Store } from '../ports/store.ts';
import { type AskerScope, activeMember, maySeeAttendance, scopeOf, withStandIns } from './asker-scope.ts';
import { countAttendances, listAttendances } from './attendance-lists.ts';
import { chatFor } from './chat-access.ts';
import type { Dealing } from './dealing.ts';
import type { Asker, Counted, Desk, DeskFilter, FinishWish, TransferWish } from './services.ts';
import type { StaffService } from './staff.ts';
import { TRANSFERS_TOLD_MAX } from './tickets.ts';

export interface DeskParts {
	readonly store: Pick<Store, 'accounts' | 'chats' | 'attendances' | 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly staff: StaffService;
	readonly attending: Pick<Attending, 'finish'>;
	readonly dealing: Dealing;
}

/** What a change of an attendance is made on. */
interface Before {
	readonly scope: AskerScope;
	readonly attendance: Attendance;
	readonly view: ChatView;
	readonly instance: Instance;
}

export class DeskService implements Desk {
	readonly takeNext: Desk['takeNext'];
	readonly distribute: Desk['distribute'];
	readonly take: Desk['take'];
	readonly #parts: DeskParts;

	constructor(parts: DeskParts) {
		this.#parts = parts;
		this.takeNext = (accountId, operatorId, filter) => parts.dealing.takeNext(accountId, operatorId, filter);
		this.distribute = (accountId, departmentId) => parts.dealing.distribute(accountId, departmentId);
		this.take = (asker, chatId) => parts.dealing.take(asker, chatId);
	}

	async waiting(asker: Asker, filter: Pick<DeskFilter, 'departmentId'>, page: PageRequest): Promise<Page<ChatView>> {
		return this.#parts.store.chats.waiting(await this.#waitingFor(asker, filter), page);
	}

	async waitingCount(asker: Asker, filter: Pick<DeskFilter, 'departmentId'>, most: number): Promise<number> {
		return this.#parts.store.chats.waitingCount(await this.#waitingFor(asker, filter), most);
	}

	attending(asker: Asker, filter: DeskFilter, page: PageRequest): Promise<Page<Attendance>> {
		return this.#list(asker, { ...filter, status: 'open' }, page);
	}

	async attendingCount(asker: Asker, filter: DeskFilter, most: number): Promise<Counted> {
		return countAttendances(this.#parts, await this.#scopeFor(asker, filter), { ...filter, status: 'open' }, most);
	}

	closed(asker: Asker, filter: DeskFilter, page: PageRequest): Promise<Page<Attendance>> {
		return this.#list(asker, { ...filter, status: 'closed' }, page);
	}

	async chat(asker: Asker, chatId: string): Promise<ChatView> {
		return (await chatFor(this.#parts, asker, chatId)).view;
	}

	async attendedChat(asker: Asker, chatId: string): Promise<ChatView> {
		const { view, scope, open } = await chatFor(this.#parts, asker, chatId);
		if (scope.by && !open?.operators.some(({ id }) => id === scope.by?.id)) throw new RecadoError('chat_not_attended');
		return view;
	}

	async attendance(asker: Asker, attendanceId: string): Promise<Attendance> {
		return (await this.#before(await scopeOf(this.#parts, asker), attendanceId)).attendance;
	}

	async transfer(asker: Asker, attendanceId: string, wish: TransferWish): Promise<Attendance> {
		const { accountId } = asker;
		const { departmentId, operatorIds, reason } = wish;
		if (departmentId === undefined && (operatorIds ?? []).length === 0) throw goesNowhere();
		const department = departmentId === undefined ? undefined : namedRef(await this.#department(accountId, departmentId));
		const operators = await Promise.all([...new Set(operatorIds ?? [])].map((id) => this.#operator(accountId, id)));
		return this.#change(asker, attendanceId, ({ scope, attendance, view, instance }) => {
			const to = { ...(department === undefined ? {} : { department }), operators };
			const after = transferAttendance(attendance, to);
			const { by } = scope;
			const move = {
				instance,
				view,
				at: this.#parts.clock.now(),
				...(by === undefined ? {} : { by }),
				...(reason === undefined ? {} : { reason }),
			};
			return after && moveStep(this.#parts, attendance, after, move);
		});
	}

	async transfers(asker: Asker, attendanceId: string): Promise<readonly AttendanceTransfer[]> {
		const { id } = await this.attendance(asker, attendanceId);
		const filter = { parentId: id, order: 'oldest', limit: TRANSFERS_TOLD_MAX } as const;
		return (await TRANSFERS.list(this.#parts.store.documents, filter)).map(({ value }) => value);
	}

	async finish(asker: Asker, attendanceId: string, wish: FinishWish): Promise<Attendance> {
		const { attendance, view, instance, scope } = await this.#before(await scopeOf(this.#parts, asker), attendanceId);
		const operatorId = scope.by?.id ?? wish.operatorId ?? attendance.operators[0]?.id;
		if (operatorId === undefined) throw new RecadoError('operator_missing', { details: { id: '' } });
		const { autoTransfer = false, report, ratingObservation, category } = wish;
		const finished = await this.#parts.attending.finish({
			...{ instance, phone: view.chat.phone, attendanceId, operatorId, autoTransfer },
			...(report === undefined ? {} : { report }),
			...(ratingObservation === undefined ? {} : { ratingObservation }),
			...(category === undefined ? {} : { category }),
		});
		if (!finished.attendance) throw new RecadoError('attendance_finished');
		return finished.attendance;
	}

	async join(asker: Asker, attendanceId: string, operatorId: string): Promise<Attendance> {
		const operator = await this.#operator(asker.accountId, operatorId);
		return this.#change(asker, attendanceId, ({ attendance }) => this.#staffed(attendance, joinAttendance(attendance, operator)));
	}

	leave(asker: Asker, attendanceId: string, operatorId: string): Promise<Attendance> {
		return this.#change(asker, attendanceId, ({ attendance }) => this.#staffed(attendance, leaveAttendance(attendance, operatorId)));
	}

	/** What the asker may see of what they ask for: of a department that is not theirs nothing. */
	async #waitingFor(asker: Asker, { departmentId }: Pick<DeskFilter, 'departmentId'>): Promise<WaitingFilter> {
		const { accountId } = asker;
		const { departmentIds } = await scopeOf(this.#parts, asker);
		if (departmentId === undefined) return { accountId, ...(departmentIds === undefined ? {} : { departmentIds }) };
		await this.#department(accountId, departmentId);
		if (departmentIds?.includes(departmentId) === false) return { accountId, departmentIds: [] };
		return { accountId, departmentIds: await withStandIns(this.#parts, accountId, [departmentId]) };
	}

	#staffed(before: Attendance, after: Attendance | undefined): AttendanceStep | undefined {
		if (after === before) return { attendance: before, changes: [], events: [] };
		return after && staffStep(before, after, this.#parts.clock.now());
	}

	/** @param step answers undefined where the attendance has ended. */
	async #change(asker: Asker, attendanceId: string, step: (before: Before) => AttendanceStep | undefined): Promise<Attendance> {
		const scope = await scopeOf(this.#parts, asker);
		return commitDecided(this.#parts.outbox, async () => {
			const made = step(await this.#before(scope, attendanceId));
			if (!made) throw new RecadoError('attendance_finished');
			const { attendance, changes, events } = made;
			return { result: attendance, ...(changes.length === 0 ? {} : { decision: { changes, events } }) };
		});
	}

	/** Throws not_there (what: attendance). */
	async #before(scope: AskerScope, attendanceId: string): Promise<Before> {
		const { store } = this.#parts;
		const attendance = await store.attendances.attendance(attendanceId);
		const view = attendance && (await store.chats.chat(attendance.chatId));
		const instance = attendance && (await store.accounts.instance(attendance.instanceId));
		if (!attendance || !view || !instance || !maySeeAttendance(scope, attendance)) {
			throw new RecadoError('not_there', { details: { what: 'attendance' } });
		}
		return { scope, attendance, view, instance };
	}

	async #list(asker: Asker, filter: DeskFilter & { status: 'open' | 'closed' }, page: PageRequest): Promise<Page<Attendance>> {
		return listAttendances(this.#parts, await this.#scopeFor(asker, filter), filter, page);
	}

	/** Throws department_missing. */
	async #scopeFor(asker: Asker, { departmentId }: DeskFilter): Promise<AskerScope> {
		if (departmentId !== undefined) await this.#department(asker.accountId, departmentId);
		return scopeOf(this.#parts, asker);
	}

	/** Throws department_missing. */
	async #department(accountId: string, id: string): Promise<Department> {
		const department = (await this.#parts.store.accounts.departments(accountId)).find((one) => one.id === id);
		if (!department) throw new RecadoError('department_missing', { details: { id } });
		return department;
	}

	async #operator(accountId: string, id: string): Promise<NamedRef> {
		return namedRef((await activeMember(this.#parts, accountId, id)).operator);
	}
}

function goesNowhere(): RecadoError {
	const fault = { path: 'departmentId', en: 'or operatorIds must be given', pt: 'ou operatorIds deve ser informado' };
	return new RecadoError('invalid_request', { faults: [fault] });
}
