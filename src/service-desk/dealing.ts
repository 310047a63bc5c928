/** Who gets what comes next: an operator who asks, or the next free operator of a department. Nobody is given to two: of two decisions the later is made again. */
import { type Attendance, joinAttendance, type NamedRef, namedRef } from '../domain/attendance.ts';
import { RecadoError } from '../errors.ts';
import { ATTENDANCE_LISTS } from '../messaging/attendance-index.ts';
import { type AttendanceStep, type StepParts, staffStep, startStep } from '../messaging/attendance-steps.ts';
import { type AttendingService, departmentOfChat } from '../messaging/attending.ts';
import { commitDecided, type Decided } from '../messaging/commit.ts';
import type { Observer } from '../observe/observer.ts';
import type { Change } from '../ports/changes.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Clock } from '../ports/clock.ts';
import { collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import { activeMember, scopeOf, withStandIns } from './asker-scope.ts';
import { chatFor } from './chat-access.ts';
import type { Asker, DeskFilter } from './services.ts';
import type { StaffService } from './staff.ts';
import type { StaffMember } from './staff-services.ts';

export interface DealingParts extends StepParts {
	readonly store: Pick<Store, 'accounts' | 'chats' | 'messages' | 'attendances' | 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly observer: Pick<Observer, 'attendanceStarted'>;
	readonly staff: StaffService;
	readonly attending: Pick<AttendingService, 'inTurn'>;
}

/** Those of an operator are counted no further: whoever has more is as busy as can be. */
const COUNTED_MAX = 100;

/** One an account, put each time that something was dealt out: who counted what operators have while another process gave them more counts again. */
const DEALT = collection<Record<string, never>>('desk-dealt');

/** Who gets it, and what is to be committed with that. */
interface Receiver {
	readonly operator: NamedRef;
	readonly changes: readonly Change[];
}

type Departments = readonly (string | undefined)[] | undefined;
interface Dealt {
	readonly attendance?: Attendance;
	readonly isNew: boolean;
}

export class Dealing {
	readonly #parts: DealingParts;

	constructor(parts: DealingParts) {
		this.#parts = parts;
	}

	async takeNext(
		accountId: string,
		operatorId: string,
		{ departmentId }: Pick<DeskFilter, 'departmentId'> = {},
	): Promise<Attendance | undefined> {
		const { operator } = await activeMember(this.#parts, accountId, operatorId);
		const scope = await scopeOf(this.#parts, { accountId, operatorId });
		const asked = departmentId === undefined ? scope.departmentIds : await this.#asked(accountId, departmentId);
		const own = scope.departmentIds;
		const departments = own && asked ? asked.filter((id) => own.includes(id)) : asked;
		return this.#deal(accountId, departments, async () => ({ operator: namedRef(operator), changes: [] }));
	}

	async distribute(accountId: string, departmentId: string): Promise<Attendance | undefined> {
		return this.#deal(accountId, await this.#asked(accountId, departmentId), () => this.#nextFree(accountId, departmentId));
	}

	/** Throws not_there (what: chat), chat_taken, operator_inactive. */
	async take(asker: Required<Asker>, chatId: string): Promise<Attendance> {
		const { accountId, operatorId } = asker;
		const operator = namedRef((await activeMember(this.#parts, accountId, operatorId)).operator);
		const taken = await this.#give(accountId, async () => {
			const { view, open } = await chatFor(this.#parts, asker, chatId);
			if (!open) return this.#started(view, operator);
			if (open.operators.some(({ id }) => id === operatorId)) return { attendance: open, changes: [], events: [] };
			const joined = open.operators.length === 0 ? joinAttendance(open, operator) : undefined;
			if (!joined) throw new RecadoError('chat_taken');
			return staffStep(open, joined, this.#parts.clock.now());
		});
		if (!taken) throw new RecadoError('not_there', { details: { what: 'chat' } });
		return taken;
	}

	async #deal(accountId: string, departments: Departments, whom: () => Promise<Receiver | undefined>): Promise<Attendance | undefined> {
		return this.#give(accountId, async () => {
			const receiver = await whom();
			const operator = receiver?.operator;
			const step =
				operator && ((await this.#unattended(accountId, departments, operator)) ?? (await this.#waiting(accountId, departments, operator)));
			return step && { ...step, changes: [...step.changes, ...receiver.changes] };
		});
	}

	/** @param decide made again where something changed meanwhile; undefined where there is nothing to give. */
	async #give(accountId: string, decide: () => Promise<AttendanceStep | undefined>): Promise<Attendance | undefined> {
		const { outbox, attending, observer } = this.#parts;
		const dealt = await attending.inTurn(accountId, () =>
			commitDecided(outbox, async (): Promise<Decided<Dealt>> => {
				const step = await decide();
				if (!step) return { result: { isNew: false } };
				const { attendance, changes, events } = step;
				if (changes.length === 0) return { result: { attendance, isNew: false } };
				return { result: { attendance, isNew: attendance.version === 1 }, decision: { changes, events } };
			}),
		);
		if (dealt.attendance && dealt.isNew) observer.attendanceStarted(dealt.attendance);
		return dealt.attendance;
	}

	/** The one that is without an operator for longest. */
	async #unattended(accountId: string, departments: Departments, operator: NamedRef): Promise<AttendanceStep | undefined> {
		const { store, clock } = this.#parts;
		const oldest = { accountId, order: 'oldest', limit: 1 } as const;
		const parents = departments?.map((id) => id ?? accountId);
		const lists = parents ? parents.map((parentId) => ({ ...oldest, parentId })) : [oldest];
		const heads = (await Promise.all(lists.map((filter) => ATTENDANCE_LISTS.unattended.list(store.documents, filter)))).flat();
		const [first] = heads.sort((a, b) => a.at - b.at);
		const before = first && (await store.attendances.attendance(first.value.attendanceId));
		const after = before && joinAttendance(before, operator);
		return before && after && staffStep(before, after, clock.now());
	}

	/** The chat that waits longest. */
	async #waiting(accountId: string, departments: Departments, operator: NamedRef): Promise<AttendanceStep | undefined> {
		const { store } = this.#parts;
		const filter = { accountId, ...(departments === undefined ? {} : { departmentIds: departments }) };
		const [view] = (await store.chats.waiting(filter, { limit: 1 })).items;
		return view && this.#started(view, operator);
	}

	/** Undefined where its instance is gone. */
	async #started(view: ChatView, operator: NamedRef): Promise<AttendanceStep | undefined> {
		const { store, clock } = this.#parts;
		const instance = await store.accounts.instance(view.chat.instanceId);
		if (!instance) return undefined;
		const department = departmentOfChat(view, await store.accounts.departments(view.chat.accountId));
		return startStep(this.#parts, { instance, view, operators: [operator], department, at: clock.now() });
	}

	async #nextFree(accountId: string, departmentId: string): Promise<Receiver | undefined> {
		const { store, clock } = this.#parts;
		const dealt = await DEALT.get(store.documents, accountId);
		const staff = await this.#parts.staff.list(accountId);
		const there = staff.filter(
			({ operator, state, departments }) => operator.active && state === 'online' && departments.some(({ id }) => id === departmentId),
		);
		const loads = await Promise.all(there.map((member) => this.#loadOf(accountId, member)));
		const free = loads.filter(({ member, open }) => open < (member.attendancesMax ?? Number.POSITIVE_INFINITY));
		const [next] = free.sort((a, b) => a.open - b.open || a.lastAt - b.lastAt);
		const put = DEALT.put({ id: accountId, accountId, at: clock.now(), value: {} }, dealt?.version ?? 0);
		return next && { operator: namedRef(next.member.operator), changes: [put] };
	}

	/** How many are open, and when the last one began, of those and of the finished ones. */
	async #loadOf(accountId: string, member: StaffMember): Promise<{ member: StaffMember; open: number; lastAt: number }> {
		const { documents } = this.#parts.store;
		const filter = { accountId, parentId: member.operator.id, order: 'newest' } as const;
		const [open, closed] = await Promise.all([
			ATTENDANCE_LISTS.open.ofOperator.list(documents, { ...filter, limit: COUNTED_MAX }),
			ATTENDANCE_LISTS.closed.ofOperator.list(documents, { ...filter, limit: 1 }),
		]);
		return { member, open: open.length, lastAt: Math.max(open[0]?.at ?? 0, closed[0]?.at ?? 0) };
	}

	/** Throws department_missing. */
	async #asked(accountId: string, departmentId: string): Promise<readonly (string | undefined)[]> {
		const departments = await this.#parts.store.accounts.departments(accountId);
		if (!departments.some(({ id }) => id === departmentId)) throw new RecadoError('department_missing', { details: { id: departmentId } });
		return withStandIns(this.#parts, accountId, [departmentId]);
	}
}
