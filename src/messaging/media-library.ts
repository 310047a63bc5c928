/**
 * Media of messages: taken in when a message is accepted (data URIs read, URLs fetched), looked at, kept once by content, and handed on as links that expire
 * and go with their message. Nothing of a message waits for another one's media: they are taken before a message has its place in its chat.
 */
import type { Medium, MessageContent } from '../domain/content.ts';
import { MEDIA_HEAD_BYTES, type MediaHints, type MediaKind, mediaTypeOf } from '../domain/media-type.ts';
import type { MediaFault } from '../error-words.ts';
import { RecadoError } from '../errors.ts';
import type { Blob } from '../ports/blobs.ts';
import type { Change } from '../ports/changes.ts';
import type { Clock, Ids } from '../ports/clock.ts';
import type { Downloads } from '../ports/downloads.ts';
import type { StoredMedium } from '../ports/media.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import { lookAt, once, readDataUri, tooLarge } from './media-bytes.ts';
import { hasMedia, idOfLink, isData, mapMedia } from './media-content.ts';
import type { Media, MediumLink, MediumWish, SendContent, UponWish } from './services.ts';
import { Turns } from './turns.ts';

export interface MediaOptions {
	/** Of pictures, sound, videos and stickers. */
	readonly bytesMax: number;
	readonly documentBytesMax: number;
	/** For one URL, redirects included. */
	readonly deadlineMs: number;
	/** For how long a link leads anywhere. */
	readonly linkMs: number;
	/** Where the gateway is reached from outside, without a slash at the end. */
	readonly publicUrl: string;
}

export interface MediaParts {
	readonly store: Pick<Store, 'media' | 'blobs'>;
	readonly outbox: Outbox;
	readonly downloads: Downloads;
	readonly clock: Clock;
	readonly ids: Ids;
	readonly options: MediaOptions;
}

export interface Taking {
	readonly accountId: string;
	/** The links live from then on, epoch milliseconds: a message that is sent later needs them later. */
	readonly until: number;
	/** The name for errors of a medium at this place of the content, which is told where it is not given. */
	readonly fieldAt?: ((place: string) => string) | undefined;
}

/** Content whose media are links of ours, and what makes those links, to be committed with the message. */
export interface MediaTaken {
	readonly content: MessageContent | UponWish;
	links(messageId: string): readonly Change[];
}

/** Of one account; those of others do not wait for them. */
const DOWNLOADS_MAX = 16;

const NO_ADDRESS: MediaFault = 'must be an URL or a Base64 data URI';
const OTHER_KIND: MediaFault = 'has not the content of its kind';

interface Kept {
	readonly blob: Blob;
	readonly mimeType: string;
	readonly fileName?: string | undefined;
}

export class MediaLibrary implements Media {
	readonly #parts: MediaParts;
	readonly #downloading = new Turns(DOWNLOADS_MAX);

	constructor(parts: MediaParts) {
		this.#parts = parts;
	}

	/** Throws invalid_media and media_unreachable, which name the field, and body_too_large. */
	async take(content: SendContent, { accountId, until, fieldAt = (place) => place }: Taking): Promise<MediaTaken> {
		if (content.kind !== 'medium' && !hasMedia(content)) return { content, links: () => [] };
		const made: StoredMedium[] = [];
		const taken = await mapMedia(content, async (kind, medium, place) => {
			const kept = await this.#takeOne(kind, medium, { field: fieldAt(place), accountId });
			const link = this.#link(kept, accountId, until);
			made.push(link);
			return { ...medium, url: this.#urlOf(link.id), mimeType: kept.mimeType, ...nameOf(kept) };
		});
		return { content: taken, links: (messageId) => made.map((medium) => ({ kind: 'media.insert', medium: { ...medium, messageId } })) };
	}

	async keep(content: MessageContent, accountId: string): Promise<MessageContent> {
		if (!hasMedia(content)) return content;
		const kept = await mapMedia(content, async (kind, medium, field) => {
			if (!isData(medium.url)) return medium;
			const one = await this.#takeOne(kind, medium, { field, accountId });
			const link = this.#link(one, accountId, this.#parts.clock.now());
			await this.#commit({ kind: 'media.insert', medium: link });
			return { ...medium, url: this.#urlOf(link.id), mimeType: one.mimeType };
		});
		// What was no wish did not become one.
		return kept as MessageContent;
	}

	async store(bytes: AsyncIterable<Uint8Array>, wish: MediumWish): Promise<MediumLink> {
		const kept = await this.#keepBytes(bytes, wish, wish.field);
		const medium = this.#link(kept, wish.accountId, this.#parts.clock.now());
		await this.#commit({ kind: 'media.insert', medium });
		return this.#told(medium);
	}

	async reserve({ accountId, mimeType, fileName }: MediumWish): Promise<MediumLink> {
		const now = this.#parts.clock.now();
		const medium: StoredMedium = {
			id: this.#newId(),
			accountId,
			mimeType: mimeType ?? '',
			...(fileName === undefined ? {} : { fileName }),
			createdAt: now,
			expiresAt: now + this.#parts.options.linkMs,
		};
		await this.#commit({ kind: 'media.insert', medium });
		return this.#told(medium);
	}

	async fill(id: string, bytes: AsyncIterable<Uint8Array>, wish: MediumWish): Promise<MediumLink> {
		const reserved = await this.#find(wish.accountId, id);
		if (!reserved) throw new RecadoError('not_there', { details: { what: 'medium' } });
		if (reserved.blob) throw new RecadoError('exists');
		const hints = { mimeType: wish.mimeType ?? reserved.mimeType, fileName: reserved.fileName };
		const { blob, mimeType } = await this.#keepBytes(bytes, { ...wish, ...hints }, wish.field);
		const conflict = await this.#parts.outbox.commit({ changes: [{ kind: 'media.fill', id, mimeType, blob }], events: [] });
		// Somebody else filled it meanwhile.
		if (conflict) throw new RecadoError('exists');
		return this.#told({ ...reserved, mimeType, blob });
	}

	async get(accountId: string, id: string): Promise<MediumLink | undefined> {
		const medium = await this.#find(accountId, id);
		return medium && this.#told(medium);
	}

	async #takeOne(
		kind: MediaKind,
		{ url, mimeType, fileName }: Medium,
		{ field, accountId }: { readonly field: string; readonly accountId: string },
	): Promise<Kept> {
		const hints = { mimeType: mimeType === '' ? undefined : mimeType, fileName };
		if (isData(url)) {
			const data = readDataUri(url);
			if (!data) throw invalid(field, NO_ADDRESS);
			return this.#keepBytes(once(data.bytes), { kind, mimeType: hints.mimeType ?? data.mimeType, fileName }, field);
		}
		const own = await this.#ownOf(kind, url, { hints, field });
		if (own) return own;
		if (!isWebUrl(url)) throw invalid(field, NO_ADDRESS);
		return this.#downloading.run(accountId, () => this.#fetch(kind, url, { hints, field }));
	}

	/**
	 * What one of our links leads to needs no fetching: a further link to it is made. It is looked at all the same: what was uploaded by itself was a document
	 * then, whatever it is sent as. Undefined where it is none of ours.
	 */
	async #ownOf(
		kind: MediaKind,
		url: string,
		{ hints, field }: { readonly hints: MediaHints; readonly field: string },
	): Promise<Kept | undefined> {
		const { store, clock, options } = this.#parts;
		const id = url.startsWith(`${options.publicUrl}/media/`) ? idOfLink(url) : undefined;
		if (id === undefined) return undefined;
		const medium = await store.media.medium(id);
		if (!medium?.blob || medium.expiresAt <= clock.now() || !(await store.blobs.hold(medium.blob.sha256))) throw over(field);
		const { blob } = medium;
		const limit = this.#bytesMax(kind);
		if (blob.size > limit) throw tooLarge(limit);
		const bytes = await store.blobs.open(blob.sha256, { first: 0, last: Math.min(blob.size, MEDIA_HEAD_BYTES) - 1 });
		if (!bytes) throw over(field);
		const head = Buffer.concat(await Array.fromAsync(bytes));
		const fileName = hints.fileName ?? medium.fileName;
		const mimeType = mediaTypeOf(kind, head, { mimeType: hints.mimeType ?? medium.mimeType, fileName });
		if (mimeType === undefined) throw invalid(field, OTHER_KIND);
		return { blob, mimeType, fileName };
	}

	async #fetch(kind: MediaKind, url: string, { hints, field }: { readonly hints: MediaHints; readonly field: string }): Promise<Kept> {
		const { downloads, options } = this.#parts;
		const fileName = hints.fileName ?? nameIn(url);
		try {
			const download = await downloads.open({ url, deadlineMs: options.deadlineMs });
			const kept = await this.#keepBytes(
				download.bytes,
				{ kind, mimeType: hints.mimeType ?? download.mimeType, fileName },
				field,
				download.size,
			);
			return { ...kept, fileName: hints.fileName };
		} catch (error) {
			if (!(error instanceof RecadoError) || error.code !== 'media_unreachable') throw error;
			throw new RecadoError('media_unreachable', { details: { ...error.details, field }, cause: error });
		}
	}

	/** @param size as whoever sends it says: what is too large is not begun. */
	async #keepBytes(
		bytes: AsyncIterable<Uint8Array>,
		{ kind = 'document', mimeType, fileName, bytesMax }: MediaHints & Pick<MediumWish, 'kind' | 'bytesMax'>,
		field: string,
		size = 0,
	): Promise<Kept> {
		const { store } = this.#parts;
		const limit = bytesMax ?? this.#bytesMax(kind);
		const looked = await lookAt(bytes, limit);
		const isEmpty = looked.head.length === 0;
		const found = isEmpty ? undefined : mediaTypeOf(kind, looked.head, { mimeType, fileName });
		if (found === undefined || size > limit) {
			await looked.leave();
			throw found === undefined ? invalid(field, isEmpty ? 'is empty' : OTHER_KIND) : tooLarge(limit);
		}
		return { blob: await store.blobs.put(looked.all), mimeType: found, fileName };
	}

	#bytesMax(kind: MediaKind): number {
		const { documentBytesMax, bytesMax } = this.#parts.options;
		return kind === 'document' ? documentBytesMax : bytesMax;
	}

	#link({ blob, mimeType, fileName }: Kept, accountId: string, until: number): StoredMedium {
		const { clock, options } = this.#parts;
		const now = clock.now();
		return {
			id: this.#newId(),
			accountId,
			mimeType,
			...nameOf({ fileName }),
			blob,
			createdAt: now,
			expiresAt: Math.max(now, until) + options.linkMs,
		};
	}

	/** The id is the only key to the medium, so it carries the randomness of a token behind its sortable front. */
	#newId(): string {
		const { ids } = this.#parts;
		return `${ids.next('med')}${Buffer.from(ids.nextToken(), 'base64url').toString('hex')}`;
	}

	#urlOf(id: string): string {
		return `${this.#parts.options.publicUrl}/media/${id}`;
	}

	async #find(accountId: string, id: string): Promise<StoredMedium | undefined> {
		const medium = await this.#parts.store.media.medium(id);
		return medium?.accountId === accountId && medium.expiresAt > this.#parts.clock.now() ? medium : undefined;
	}

	#told({ id, mimeType, fileName, blob, expiresAt }: StoredMedium): MediumLink {
		return { id, url: this.#urlOf(id), mimeType, ...nameOf({ fileName }), ...blob, expiresAt };
	}

	async #commit(change: Change): Promise<void> {
		const conflict = await this.#parts.outbox.commit({ changes: [change], events: [] });
		if (conflict) throw new RecadoError('conflict');
	}
}

function invalid(field: string, fault: MediaFault): RecadoError {
	return new RecadoError('invalid_media', { details: { field, fault } });
}

function over(field: string): RecadoError {
	return new RecadoError('media_unreachable', { details: { field, reason: 'The link is over, or was never filled' } });
}

function isWebUrl(text: string): boolean {
	return URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol);
}

/** The last part of its path, where it is one that says something. */
function nameIn(url: string): string | undefined {
	const [, name] = /\/([^/]+\.\w{1,5})$/.exec(new URL(url).pathname) ?? [];
	return name;
}

function nameOf({ fileName }: { readonly fileName?: string | undefined }): { readonly fileName?: string } {
	return fileName === undefined ? {} : { fileName };
}
