/**
 * The templates of an application. WhatsApp keeps and approves them; on the simulator, which has nobody to approve anything, they are made here, in
 * whatever status is wanted.
 */
import type { Template } from '../domain/template.ts';
import { componentFaults } from '../domain/template-rules.ts';
import { RecadoError } from '../errors.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import { collection, type StoredDocument } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import { commitDecided, recordAnswer } from './commit.ts';
import type { Templates, TemplateWish } from './directory-services.ts';
import type { Idempotency } from './services.ts';

/** As many as WhatsApp lets an unverified business have: few enough to be read all at once. */
const TEMPLATES_MAX = 250;

export interface TemplateParts {
	readonly store: Pick<Store, 'accounts' | 'documents'>;
	readonly outbox: Outbox;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly sealer: Sealer;
}

const templates = collection<Template>('templates');

export class TemplateShelf implements Templates {
	readonly #parts: TemplateParts;

	constructor(parts: TemplateParts) {
		this.#parts = parts;
	}

	async create(applicationId: string, wish: TemplateWish, idempotency?: Idempotency<Template>): Promise<Template> {
		const { store, outbox, clock, ids, sealer } = this.#parts;
		const application = await store.accounts.application(applicationId);
		if (!application) throw new RecadoError('not_there', { details: { what: 'application' } });
		assertFit(wish);
		return commitDecided(outbox, async () => {
			const now = clock.now();
			const { accountId } = application;
			const template: Template = { facebookId: facebookId(ids), accountId, applicationId, ...wish, createdAt: now, updatedAt: now };
			const others = await this.all(applicationId);
			if (others.some((one) => one.name === wish.name)) throw new RecadoError('exists');
			if (others.length >= TEMPLATES_MAX) throw new RecadoError('templates_full', { details: { limit: TEMPLATES_MAX } });
			const put = templates.put({ id: idOf(applicationId, wish.name), accountId, parentId: applicationId, at: now, value: template }, 0);
			return { result: template, decision: { changes: [put], events: [], ...recordAnswer(idempotency, template, { sealer, now }) } };
		});
	}

	async update(applicationId: string, name: string, change: Partial<Omit<TemplateWish, 'name'>>): Promise<Template> {
		const { outbox, clock } = this.#parts;
		return commitDecided(outbox, async () => {
			const { version, ...document } = await this.#found(applicationId, name);
			const template: Template = { ...document.value, ...change, updatedAt: clock.now() };
			assertFit(template);
			const put = templates.put({ ...document, value: template }, version);
			return { result: template, decision: { changes: [put], events: [] } };
		});
	}

	async delete(applicationId: string, name: string): Promise<void> {
		const { id } = await this.#found(applicationId, name);
		await this.#parts.outbox.commit({ changes: [templates.delete(id)], events: [] });
	}

	async find(applicationId: string, name: string): Promise<Template | undefined> {
		const document = await templates.get(this.#parts.store.documents, idOf(applicationId, name));
		return document?.value;
	}

	async all(applicationId: string): Promise<readonly Template[]> {
		const documents = await templates.list(this.#parts.store.documents, {
			parentId: applicationId,
			order: 'oldest',
			limit: TEMPLATES_MAX,
		});
		return documents.map(({ value }) => value).sort((one, other) => (one.name < other.name ? -1 : 1));
	}

	async #found(applicationId: string, name: string): Promise<StoredDocument<Template>> {
		const document = await templates.get(this.#parts.store.documents, idOf(applicationId, name));
		if (!document) throw new RecadoError('not_there', { details: { what: 'template' } });
		return document;
	}
}

/** What takes all templates of an application away, with the unit of the application's end. */
export async function templateDeletions(documents: Store['documents'], applicationId: string): Promise<readonly Change[]> {
	const all = await templates.list(documents, { parentId: applicationId, order: 'oldest', limit: TEMPLATES_MAX });
	return all.map(({ id }) => templates.delete(id));
}

/** Names are unique in their application by the collection's own key. */
function idOf(applicationId: string, name: string): string {
	return `${applicationId}/${name}`;
}

/** Fifteen digits, as WhatsApp's are. */
function facebookId(ids: Ids): string {
	const digits = BigInt(`0x${ids.next('tok').slice(4)}`) % 10n ** 14n;
	return `7${String(digits).padStart(14, '0')}`;
}

function assertFit({ components }: Pick<TemplateWish, 'components'>): void {
	const faults = componentFaults(components);
	if (faults.length > 0) throw new RecadoError('invalid_request', { faults });
}
