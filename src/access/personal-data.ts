/**
 * The personal data of a contact: told, all of it, as one JSON text that is made while it is read; or erased, by a job that the house's other jobs take turns with.
 * What is erased, what stays and when it is refused is told in docs/personal-data.md.
 */

import type { Attendance } from '../domain/attendance.ts';
import type { Message } from '../domain/message.ts';
import type { SurveyAnswer } from '../domain/survey.ts';
import { RecadoError } from '../errors.ts';
import { commitChanges } from '../messaging/commit.ts';
import type { Observer } from '../observe/observer.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Job } from '../ports/jobs.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Page, PageRequest } from '../ports/pages.ts';
import type { AboutContact, ContactUse, ErasureRules, ErasureStep } from '../ports/personal-data.ts';
import type { Sealer } from '../ports/secrets.ts';
import type { SimulatorControl } from '../ports/simulator.ts';
import type { Store } from '../ports/store.ts';
import { ANSWERS } from '../service-desk/survey-answers.ts';
import { arrayPieces, objectPieces } from './json-pieces.ts';
import type { PersonalData } from './services.ts';

export interface PersonalDataParts {
	readonly store: Pick<Store, 'personal' | 'attendances' | 'events' | 'jobs'> & {
		readonly accounts: Pick<Store['accounts'], 'account' | 'instancesOf'>;
		readonly messages: Pick<Store['messages'], 'ofChat'>;
		readonly deliveries: Pick<Store['deliveries'], 'delivery' | 'list' | 'attempts'>;
	};
	readonly simulator: Pick<SimulatorControl, 'forget'>;
	readonly outbox: Outbox;
	/** There is a job to go on with. */
	readonly wakeJobs: () => void;
	readonly observer: Pick<Observer, 'jobChanged'>;
	readonly sealer: Sealer;
	readonly clock: Clock;
	readonly ids: Ids;
}

/** Records that are read at once. */
const PAGE = 100;
/** Of one chat or attendance: notes, dialogues, transfers. */
const DOCUMENTS_MAX = 10_000;
/** Uploads that are younger may be on their way into a message. */
const UPLOAD_AGE_MS = 60 * 60 * 1_000;
const UPLOADS_AT_ONCE = 200;

const USES: Readonly<Record<ContactUse, string>> = {
	attendance: 'an open attendance',
	message: 'a message in the queue',
	delivery: 'a delivery on its way',
};

export class PersonalDataService implements PersonalData {
	readonly #parts: PersonalDataParts;
	readonly #rules: ErasureRules;

	constructor(parts: PersonalDataParts) {
		this.#parts = parts;
		this.#rules = {
			attendance: withoutCustomer,
			// How it was rated counts; what the customer said about it does not.
			rewrites: { [ANSWERS.name]: (value) => withoutObservation(value as SurveyAnswer) },
			unseal: (sealed) => parts.sealer.unseal(sealed),
		};
	}

	async contact(contactId: string): Promise<AboutContact> {
		const about = await this.#parts.store.personal.about(contactId);
		if (!about) throw new RecadoError('not_there', { details: { what: 'contact' } });
		return about;
	}

	async *export(contactId: string): AsyncGenerator<string> {
		const about = await this.contact(contactId);
		yield* objectPieces([
			['exportedAt', new Date(this.#parts.clock.wall()).toISOString()],
			['contact', about.contact],
			['aliases', about.aliases],
			['documents', this.#documents(contactId)],
			['chats', arrayPieces(this.#chats(about))],
		]);
	}

	async erase(contactId: string): Promise<Job> {
		const { store, clock, ids, observer, wakeJobs } = this.#parts;
		const { contact } = await this.contact(contactId);
		const running = (await store.jobs.unfinished()).find(({ kind, filter }) => kind === 'erase' && filter.contactId === contactId);
		if (running) return running;
		const use = await store.personal.useOf(contactId);
		if (use) throw new RecadoError('personal_data_in_use', { details: { what: USES[use] } });
		const now = clock.now();
		const job: Job = {
			id: ids.next('job'),
			kind: 'erase',
			filter: { accountId: contact.accountId, contactId, states: [], seqMax: 0 },
			state: 'counting',
			...{ total: 0, done: 0, skipped: 0, cursor: 0 },
			...{ createdAt: now, updatedAt: now },
		};
		await commitChanges(this.#parts, [{ kind: 'job.insert', job }]);
		observer.jobChanged(job);
		wakeJobs();
		return job;
	}

	/** The next batch of an erasure: before the first one its simulated phone is forgotten, which would go on speaking otherwise. */
	async step(job: Job, limit: number): Promise<ErasureStep | undefined> {
		const { store, clock } = this.#parts;
		if (job.cursor === 0 && job.state === 'counting') await this.#forgetPhone(job.filter.contactId ?? '');
		return await store.personal.erase(job.id, limit, clock.now(), this.#rules);
	}

	async deleteUploads(accountId: string): Promise<number> {
		const { store, clock } = this.#parts;
		if (!(await store.accounts.account(accountId))) throw new RecadoError('not_there', { details: { what: 'account' } });
		const before = clock.now() - UPLOAD_AGE_MS;
		let deleted = 0;
		for (let last = UPLOADS_AT_ONCE; last === UPLOADS_AT_ONCE; deleted += last) {
			last = await store.personal.deleteUploads(accountId, before, UPLOADS_AT_ONCE);
		}
		return deleted;
	}

	/** In all simulated worlds of the account: one without a chat with it may have it in its address book, or in a group. */
	async #forgetPhone(contactId: string): Promise<void> {
		const { store, simulator } = this.#parts;
		const about = await store.personal.about(contactId);
		if (!about) return;
		// Of one that was erased already nothing is known any more.
		const written = [...about.aliases.map(({ value }) => value), ...about.chats.map(({ phone }) => phone)];
		const phones = new Set(written.filter((phone) => phone !== ''));
		for (const instance of await store.accounts.instancesOf(about.contact.accountId)) {
			if (instance.channel !== 'simulator') continue;
			for (const phone of phones) await simulator.forget(instance, phone);
		}
	}

	async *#chats({ contact, chats }: AboutContact): AsyncGenerator<AsyncIterable<string>> {
		for (const chat of chats) {
			yield objectPieces([
				['chat', chat],
				['documents', this.#documents(chat.id)],
				['messages', arrayPieces(this.#messages(chat.id))],
				['attendances', arrayPieces(this.#attendances(contact.accountId, chat.id))],
				['events', arrayPieces(this.#events(contact.accountId, chat.id))],
				['deliveries', arrayPieces(this.#deliveries(contact.accountId, chat.id))],
			]);
		}
	}

	/** Newest first, as all lists. */
	async *#messages(chatId: string): AsyncGenerator<Message> {
		let before: string | undefined;
		for (let last = PAGE; last === PAGE; ) {
			const page = await this.#parts.store.messages.ofChat(chatId, { limit: PAGE, ...(before === undefined ? {} : { before }) });
			yield* page;
			before = page.at(-1)?.id;
			last = page.length;
		}
	}

	async *#attendances(accountId: string, chatId: string): AsyncGenerator<object> {
		const { attendances } = this.#parts.store;
		for await (const attendance of all((page) => attendances.list({ accountId, chatId }, page))) {
			yield { ...attendance, documents: await this.#documents(attendance.id) };
		}
	}

	/** Those of attendances have the transcript. */
	#events(accountId: string, chatId: string): AsyncGenerator<object> {
		return all((page) => this.#parts.store.events.list({ accountId, chatId }, page));
	}

	async *#deliveries(accountId: string, chatId: string): AsyncGenerator<object> {
		const { deliveries } = this.#parts.store;
		for await (const { id } of all((page) => deliveries.list({ accountId, chatId }, page))) {
			const delivery = await deliveries.delivery(id);
			if (delivery) yield { ...delivery, attempts: await deliveries.attempts(id) };
		}
	}

	async #documents(parentId: string): Promise<readonly object[]> {
		const documents = await this.#parts.store.personal.documentsOf(parentId, DOCUMENTS_MAX);
		return documents.map(({ collection, id, at, value }) => ({ collection, id, at, value }));
	}
}

async function* all<T>(list: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
	let cursor: string | undefined;
	do {
		const page: Page<T> = await list({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
		yield* page.items;
		cursor = page.next;
	} while (cursor !== undefined);
}

/** What it counts for stays: number, times, who attended, categories. */
function withoutCustomer({ report: _report, ratingObservation: _observation, ...attendance }: Attendance): Attendance {
	return { ...attendance, customer: { name: '', phone: '' } };
}

function withoutObservation({ observation: _observation, ...answer }: SurveyAnswer): SurveyAnswer {
	return answer;
}
