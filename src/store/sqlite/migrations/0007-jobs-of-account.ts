/** What the list of an account's jobs is found by: their filters say whose they are. */
import type { Migration } from './migration.ts';

export const jobsOfAccount: Migration = { version: 7, sql: "CREATE INDEX jobs_account ON jobs (filter ->> '$.accountId');" };
