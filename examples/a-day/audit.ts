/** Everything that is held against everything else when the day is over. */
import type { Api } from './api.ts';
import { auditAttendances } from './audit-attendances.ts';
import { auditLists, auditWalls } from './audit-lists.ts';
import { auditMessages, takenOf } from './audit-messages.ts';
import type { Books, Fault } from './books.ts';
import type { Company } from './company.ts';
import type { Ledger } from './ledger.ts';
import type { Arrival } from './receiver.ts';

export interface Day {
	readonly company: Company;
	readonly books: Books;
}

export async function audit(recado: Api, ledger: Ledger, days: readonly Day[]): Promise<readonly Fault[]> {
	const faults: Fault[] = [];
	for (const { company, books } of days) {
		for (const path of Object.values(company.paths)) faults.push(...auditPath(path, ledger.arrivalsAt(path), books));
		faults.push(...(await auditLists(recado, company, books)));
		for (const other of days) if (other.company !== company) faults.push(...(await auditWalls(recado, company, other.company)));
	}
	return faults;
}

/** What came on one path, held against the books of its company. */
export function auditPath(path: string, arrivals: readonly Arrival[], books: Books): readonly Fault[] {
	const { taken, faults } = takenOf(arrivals);
	return [...faults, ...auditMessages(path, taken, books), ...auditAttendances(path, taken, books)];
}
