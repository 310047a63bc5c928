/**
 * The session of an instance with its simulated WhatsApp, *open* or *closed*.
 *
 * - It opens by `open`: as a new session, which is reported once as `connected`, or as the one that a crash or a shutdown left open, which
 *   is not reported again.
 * - It closes by `close`, because a person said so, with no report; or by `lose`, which is reported as `disconnected`.
 *
 * A report is durable together with the change that it tells about, and kept until the gateway has it.
 */
import type { Batch } from './courier.ts';
import type { Notebook } from './notebook.ts';
import { deletion, type Kept, REPORT_PREFIX, type ReportRecord, SESSION_KEY, type SessionRecord } from './records.ts';
import { reportId, tellReport } from './telling.ts';

export class Session {
	readonly #notebook: Notebook;
	/** As it is kept; what the process knows is `isOpen`. */
	#record: SessionRecord;
	#reports: readonly ReportRecord[];
	#isOpen = false;

	constructor(notebook: Notebook, kept: { readonly record: SessionRecord; readonly reports: readonly ReportRecord[] }) {
		this.#notebook = notebook;
		this.#record = kept.record;
		this.#reports = kept.reports;
	}

	static read(kept: Kept, notebook: Notebook): Session {
		const records = kept.under<SessionRecord>(SESSION_KEY);
		const reports = kept.under<ReportRecord>(REPORT_PREFIX);
		const inOrder = [...reports.values()].sort((a, b) => a.session - b.session || a.kind.localeCompare(b.kind));
		return new Session(notebook, { record: records.get('') ?? { number: 0, isConnected: false }, reports: inOrder });
	}

	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Counts from 1; 0 before the first. */
	get number(): number {
		return this.#record.number;
	}

	get hasReports(): boolean {
		return this.#reports.length > 0;
	}

	/**
	 * `isKnownOpen`: the gateway believes that it is connected. Where it does not, although a session was left open (the process ended
	 * before one of them had noted what the other had), a new one begins: otherwise the gateway would never hear of being connected.
	 */
	async open(isKnownOpen: boolean, now: number): Promise<void> {
		if (this.#isOpen) return;
		if (!this.#record.isConnected || !isKnownOpen) {
			const record = { number: this.#record.number + 1, isConnected: true };
			await this.#change(record, { session: record.number, kind: 'connected', at: now }, this.#unheard());
		}
		this.#isOpen = true;
	}

	/** A `connected` that the gateway has not heard of yet is not told any more: it would take the instance for connected. */
	async close(): Promise<void> {
		if (this.#record.isConnected) await this.#change({ ...this.#record, isConnected: false }, undefined, this.#unheard());
		this.#isOpen = false;
	}

	async lose(reason: string, now: number): Promise<void> {
		if (!this.#isOpen) return;
		await this.#change({ ...this.#record, isConnected: false }, { session: this.#record.number, kind: 'disconnected', reason, at: now });
		this.#isOpen = false;
	}

	/** The reports that wait, made anew for each attempt, so that one that is withdrawn is not told. */
	batch(): Batch {
		const reports = this.#reports;
		return {
			isKept: false,
			observations: async () => reports.map(tellReport),
			settle: async () => {
				await this.#notebook.put(reports.map((report) => deletion(keyOf(report))));
				this.#drop(reports);
			},
		};
	}

	/** That the session which is open now began, where that is not told yet. */
	#unheard(): readonly ReportRecord[] {
		if (!this.#record.isConnected) return [];
		return this.#reports.filter((report) => report.kind === 'connected' && report.session === this.#record.number);
	}

	async #change(record: SessionRecord, report: ReportRecord | undefined, withdrawn: readonly ReportRecord[] = []): Promise<void> {
		await this.#notebook.put([
			{ key: SESSION_KEY, value: record },
			...(report === undefined ? [] : [{ key: keyOf(report), value: report }]),
			...withdrawn.map((one) => deletion(keyOf(one))),
		]);
		this.#record = record;
		this.#drop(withdrawn);
		if (report !== undefined) this.#reports = [...this.#reports, report];
	}

	#drop(reports: readonly ReportRecord[]): void {
		this.#reports = this.#reports.filter((report) => !reports.includes(report));
	}
}

function keyOf(report: ReportRecord): string {
	return `${REPORT_PREFIX}${reportId(report)}`;
}
