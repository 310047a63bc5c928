/** Attendances: by id, by number, and in lists. */
import type { Attendance } from '../domain/attendance.ts';
import type { Page, PageRequest } from './pages.ts';

export interface AttendanceFilter {
	readonly accountId: string;
	readonly chatId?: string;
	readonly status?: Attendance['status'];
}

export interface AttendanceReads {
	attendance(id: string): Promise<Attendance | undefined>;
	byNumber(accountId: string, number: number): Promise<Attendance | undefined>;
	/** The highest number of the account; 0 before the first. */
	lastNumber(accountId: string): Promise<number>;
	/** Newest first. */
	list(filter: AttendanceFilter, page: PageRequest): Promise<Page<Attendance>>;
}
