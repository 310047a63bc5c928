/**
 * One batch of the erasure of a contact, with the progress of its job, in one write. First, as `counting`, everything that does not hang on the contact by an id
 * is walked, a stretch at a time: what a provider told, what it wrote in groups, answers that were kept. At the end of that the contact loses its name and its
 * aliases, so that whoever writes from that number from now on is somebody new, and what hangs on it is counted. Then, as `running`, that goes. What others
 * committed about it meanwhile is found by looking again until nothing is left.
 */
import type { AboutContact, ErasureStep } from '../../../ports/personal-data.ts';
import type { Erasing } from '../../shared/erasing.ts';
import { type JobRow, toJob } from '../../shared/job-row.ts';
import { placeAfter, placeIn, tracesOf } from '../../shared/personal-traces.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Connection } from '../connection.ts';
import { findJob } from '../jobs/find-job.ts';
import { writeJob } from '../jobs/write-job.ts';
import { aboutContact, useOfContact } from './about-contact.ts';
import { countAbout, eraseAbout } from './erase-about.ts';
import { hideContact } from './hide-contact.ts';
import { walkTable } from './walk-table.ts';

/** Looking costs little beside erasing: so many times as many are looked at in one step. */
const LOOKED_AT = 4;

type Stepped = Pick<ErasureStep, 'isWaiting' | 'webhookIds'> & { readonly next: JobRow };

export function eraseStep(db: Connection, jobId: string, erasing: Erasing): ErasureStep | undefined {
	const row = findJob(db, jobId);
	if (row?.kind !== 'erase') return undefined;
	const idle = { isWaiting: false, webhookIds: [] };
	if (row.state !== 'counting' && row.state !== 'running') return { job: toJob(row), ...idle };
	const about = aboutContact(db, contactIdOf(row));
	const { next, ...told } = about ? step(db, row, about, erasing) : { next: ended(row, 'done', erasing.at), ...idle };
	writeJob(db, next);
	return { job: toJob(next), ...told };
}

function step(db: Connection, row: JobRow, about: AboutContact, erasing: Erasing): Stepped {
	return row.phase === 'counting' ? walk(db, row, about, erasing) : run(db, row, about, erasing);
}

function walk(db: Connection, row: JobRow, about: AboutContact, erasing: Erasing): Stepped {
	const { at, limit, rules } = erasing;
	const { table, seq } = placeIn(row.place);
	if (table === undefined) return hide(db, row, about, at);
	const look = { seq, stretch: LOOKED_AT * limit, about, traces: tracesOf(about), at, rules };
	const { erased, webhookIds, isWaiting, ...walked } = walkTable(db, table, look);
	const place = placeAfter(row.place, walked.seq, walked.isEnd);
	return { next: { ...row, place, done: row.done + erased, total: row.total + erased, updated_at: at }, webhookIds, isWaiting };
}

/** What began meanwhile wins: the job ends, and the contact is as it was. */
function hide(db: Connection, row: JobRow, about: AboutContact, at: number): Stepped {
	const idle = { isWaiting: false, webhookIds: [] };
	if (useOfContact(db, about.contact.id) !== undefined) return { next: ended(row, 'cancelled', at), ...idle };
	hideContact(db, about.contact.id);
	const total = row.total + countAbout(db, about);
	return { next: { ...row, state: 'running', phase: 'running', place: 0, total, updated_at: at }, ...idle };
}

function run(db: Connection, row: JobRow, about: AboutContact, { limit, at, rules }: Erasing): Stepped {
	const { erased, isWaiting, webhookIds } = eraseAbout(db, about, { limit, at, rules });
	const done = row.done + erased;
	const next = { ...row, done, total: Math.max(row.total, done), updated_at: at };
	return { next: erased === 0 && !isWaiting ? ended(next, 'done', at) : next, isWaiting: erased === 0 && isWaiting, webhookIds };
}

function ended(row: JobRow, state: 'done' | 'cancelled', at: number): JobRow {
	// What was counted and went by itself meanwhile is done with, too.
	const total = state === 'done' ? row.done : row.total;
	return { ...row, state, total, updated_at: at, finished_at: at };
}

function contactIdOf(row: JobRow): string {
	return fromJson<{ readonly contactId?: string }>(row.filter).contactId ?? '';
}
