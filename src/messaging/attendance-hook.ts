/** Who has something to say when an attendance ends (a survey that asks): it belongs into the unit of the end, so that it is asked once, and of everybody. */
import type { Instance } from '../domain/account.ts';
import type { Attendance } from '../domain/attendance.ts';
import type { ChatView } from '../ports/chats.ts';
import type { Aftermath } from './inbox-hook.ts';

export interface AttendanceHook {
	/** Reads and decides, writes nothing itself; called again after a conflict. What it throws fails the end. */
	onFinished(end: FinishedAttendance): Promise<Aftermath>;
}

export interface FinishedAttendance {
	readonly instance: Instance;
	/** As it was before the end. */
	readonly view: ChatView;
	readonly attendance: Attendance;
	readonly at: number;
}
