/** What the audit knows of a company besides its webhooks: the diary of its day, and what stands on its customers' phones at the end. */
import type { Company } from './company.ts';
import type { Diary } from './diary.ts';
import type { OnScreen } from './phone.ts';

export interface Books {
	readonly company: Pick<Company, 'key' | 'id' | 'instanceId'>;
	readonly diary: Diary;
	/** By number, oldest message first. */
	readonly screens: ReadonlyMap<string, readonly OnScreen[]>;
	/** Phones that read nothing. */
	readonly unread: ReadonlySet<string>;
}

/** Something that is not as promised. */
export interface Fault {
	readonly what:
		| 'bad signature'
		| 'of another account'
		| 'doubled'
		| 'missing'
		| 'unknown'
		| 'out of order'
		| 'attendance'
		| 'transcript'
		| 'transfer'
		| 'survey'
		| 'desk';
	/** For people. */
	readonly detail: string;
}
