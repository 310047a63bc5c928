/** The journal: what channels observed, each observation once, with its raw form. */

/** `done`: its effects are committed. `waiting`: for the message it speaks of. `failed`: kept for a person, with the error. */
export type JournalState = 'done' | 'waiting' | 'failed';

export interface JournalEntry {
	/** `jrn_…` */
	readonly id: string;
	readonly instanceId: string;
	/** The observation's id: unique per instance. */
	readonly observationId: string;
	readonly at: number;
	/** The whole observation with its raw part, JSON. */
	readonly observation: string;
	readonly state: JournalState;
	/** The WhatsApp id of the message a `waiting` entry waits for. */
	readonly waitsFor?: string;
	readonly error?: string;
}

export interface JournalReads {
	/** Entries that wait for this message, oldest first. */
	waitingFor(instanceId: string, whatsappId: string): Promise<readonly JournalEntry[]>;
	has(instanceId: string, observationId: string): Promise<boolean>;
	/** Failed ones, oldest first: what a start tries again. */
	failed(limit: number): Promise<readonly JournalEntry[]>;
}
