/**
 * Codes with which the browser extension opens the session of an instance, in the place of a QR code. An instance has one, of which we keep the hash; it opens
 * once, and not for long, as few characters are soon tried.
 */
import { randomInt } from 'node:crypto';
import type { Instance } from '../domain/account.ts';
import { RecadoError } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import { collection } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { HashToken } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import { commitDecided } from './commit.ts';
import type { ExtensionCode, ExtensionCodes, Instances } from './services.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** Both as documented: a person types it. */
const LENGTH = 6;
const LIFE_MS = 10 * 60 * 1_000;

/** By the id of the instance. */
const CODES = collection<{ readonly hash: string; readonly expiresAt: number }>('extension-codes');

export interface ExtensionCodeParts {
	readonly store: Pick<Store, 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly hash: HashToken;
	readonly instances: Pick<Instances, 'connect'>;
}

export class ExtensionCodeService implements ExtensionCodes {
	readonly #parts: ExtensionCodeParts;

	constructor(parts: ExtensionCodeParts) {
		this.#parts = parts;
	}

	async issue({ id, accountId }: Instance): Promise<ExtensionCode> {
		const { store, outbox, clock, hash } = this.#parts;
		const code = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
		return commitDecided(outbox, async () => {
			const at = clock.now();
			const expiresAt = at + LIFE_MS;
			const kept = await CODES.get(store.documents, id);
			const put = CODES.put({ id, accountId, parentId: id, at, value: { hash: hash(code), expiresAt } }, kept?.version ?? 0);
			return { decision: { changes: [put], events: [] }, result: { code, expiresAt } };
		});
	}

	async redeem(instance: Instance, code: string): Promise<void> {
		const { store, outbox, clock, hash, instances } = this.#parts;
		await commitDecided(outbox, async () => {
			const kept = (await CODES.get(store.documents, instance.id))?.value;
			if (kept?.hash !== hash(code.trim().toUpperCase()) || kept.expiresAt <= clock.now()) throw wrongCode();
			return { decision: { changes: [CODES.delete(instance.id)], events: [] }, result: undefined };
		});
		await instances.connect(instance);
	}
}

function wrongCode(): RecadoError {
	return new RecadoError('invalid_request', {
		faults: [
			{
				path: 'code',
				en: 'must be the one that was last issued, unused and not over',
				pt: 'deve ser o último emitido, não usado e não vencido',
			},
		],
	});
}
