/**
 * One batch of the erasure of a contact, with the progress of its job, in one transaction. First, as `counting`, everything that does not hang on the contact by
 * an id is walked, a stretch at a time: what a provider told, what it wrote in groups, answers that were kept. At the end of that the contact loses its name and
 * its aliases, so that whoever writes from that number from now on is somebody new, and what hangs on it is counted. Then, as `running`, that goes. What others
 * committed about it meanwhile is found by looking again until nothing is left.
 */
import type { AboutContact, ErasureStep } from '../../../ports/personal-data.ts';
import type { Erasing } from '../../shared/erasing.ts';
import { type JobRow, toJob } from '../../shared/job-row.ts';
import { placeAfter, placeIn, tracesOf } from '../../shared/personal-traces.ts';
import { fromJson } from '../../shared/row-values.ts';
import type { Queries } from '../database.ts';
import { LOCK_JOB, writeJob } from '../jobs/write-job.ts';
import { aboutContact, useOfContact } from './about-contact.ts';
import { countAbout, eraseAbout } from './erase-about.ts';
import { hideContact } from './hide-contact.ts';
import { walkTable } from './walk-table.ts';

/** Looking costs little beside erasing: so many times as many are looked at in one step. */
const LOOKED_AT = 4;

type Stepped = Pick<ErasureStep, 'isWaiting' | 'webhookIds'> & { readonly next: JobRow };

const IDLE = { isWaiting: false, webhookIds: [] } as const;

export async function eraseStep(db: Queries, jobId: string, erasing: Erasing): Promise<ErasureStep | undefined> {
	const [row] = await db.query<JobRow>(LOCK_JOB, [jobId]);
	if (row?.kind !== 'erase') return undefined;
	if (row.state !== 'counting' && row.state !== 'running') return { job: toJob(row), ...IDLE };
	const about = await aboutContact(db, fromJson<{ readonly contactId?: string }>(row.filter).contactId ?? '');
	const { next, ...told } = about ? await step(db, row, about, erasing) : { next: ended(row, 'done', erasing.at), ...IDLE };
	await writeJob(db, next);
	return { job: toJob(next), ...told };
}

function step(db: Queries, row: JobRow, about: AboutContact, erasing: Erasing): Promise<Stepped> {
	return row.phase === 'counting' ? walk(db, row, about, erasing) : run(db, row, about, erasing);
}

async function walk(db: Queries, row: JobRow, about: AboutContact, erasing: Erasing): Promise<Stepped> {
	const { at, limit, rules } = erasing;
	const { table, seq } = placeIn(row.place);
	if (table === undefined) return hide(db, row, about, at);
	const look = { seq, stretch: LOOKED_AT * limit, about, traces: tracesOf(about), at, rules };
	const { erased, webhookIds, isWaiting, ...walked } = await walkTable(db, table, look);
	const place = placeAfter(row.place, walked.seq, walked.isEnd);
	return { next: { ...row, place, done: row.done + erased, total: row.total + erased, updated_at: at }, webhookIds, isWaiting };
}

/** What began meanwhile wins: the job ends, and the contact is as it was. */
async function hide(db: Queries, row: JobRow, about: AboutContact, at: number): Promise<Stepped> {
	if ((await useOfContact(db, about.contact.id)) !== undefined) return { next: ended(row, 'cancelled', at), ...IDLE };
	await hideContact(db, about.contact.id);
	const total = row.total + (await countAbout(db, about));
	return { next: { ...row, state: 'running', phase: 'running', place: 0, total, updated_at: at }, ...IDLE };
}

async function run(db: Queries, row: JobRow, about: AboutContact, erasing: Erasing): Promise<Stepped> {
	const { erased, isWaiting, webhookIds } = await eraseAbout(db, about, erasing);
	const done = row.done + erased;
	const next = { ...row, done, total: Math.max(row.total, done), updated_at: erasing.at };
	return { next: erased === 0 && !isWaiting ? ended(next, 'done', erasing.at) : next, isWaiting: erased === 0 && isWaiting, webhookIds };
}

function ended(row: JobRow, state: 'done' | 'cancelled', at: number): JobRow {
	// What was counted and went by itself meanwhile is done with, too.
	const total = state === 'done' ? row.done : row.total;
	return { ...row, state, total, updated_at: at, finished_at: at };
}
