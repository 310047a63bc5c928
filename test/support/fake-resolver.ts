/** DNS whose answers a test gives. */
import type { Resolution, Resolver } from '../../src/net/resolver.ts';

/** Addresses, the code of a failure (`ENOTFOUND`, `ETIMEOUT`), or a promise of addresses that the test settles when it likes. */
export type DnsAnswer = readonly string[] | string | Promise<readonly string[]>;

export class FakeResolver implements Resolver {
	/** Every lookup that was made, in order. */
	readonly lookups: string[] = [];
	/** The time to live of further answers. */
	ttlMs = 60_000;
	readonly #answers = new Map<string, DnsAnswer[]>();

	constructor(answers: Readonly<Record<string, DnsAnswer>> = {}) {
		for (const [hostname, answer] of Object.entries(answers)) this.set(hostname, answer);
	}

	/** One answer for each further lookup of the name, the last one for all that follow. Names that were never set are ENOTFOUND. */
	set(hostname: string, ...answers: readonly DnsAnswer[]): void {
		this.#answers.set(hostname, [...answers]);
	}

	async resolve(hostname: string): Promise<Resolution> {
		this.lookups.push(hostname);
		const answers = this.#answers.get(hostname) ?? [];
		const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 'ENOTFOUND';
		if (typeof answer === 'string') throw Object.assign(new Error(`queryA ${answer} ${hostname}`), { code: answer });
		return { addresses: await answer, ttlMs: this.ttlMs };
	}
}
