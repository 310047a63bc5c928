/** A server that has media, and what fetches them from it: the real guard, which lets this machine through. */
import { GuardedDownloads } from '../../src/net/guarded-downloads.ts';
import type { Downloads } from '../../src/ports/downloads.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import type { Behaviour } from './behaviour.ts';
import { testAuthority } from './certificates.ts';
import { MEDIA_FILES, type MediaFile } from './media-files.ts';
import { type ReceivedRequest, type Receiver, startReceiver } from './receiver.ts';

/** Each file at its name: `/png`, `/pdf?v=2`, `/jpeg/photo.jpg`; 404 elsewhere. */
export function startMediaServer(): Promise<Receiver> {
	return startReceiver({ treat: answerMedium });
}

/** For a receiver that has media as well. */
export function answerMedium({ path }: Pick<ReceivedRequest, 'path'>): Behaviour {
	const name = /^\/(\w+)/.exec(path)?.[1] ?? '';
	if (!Object.hasOwn(MEDIA_FILES, name)) return { kind: 'answer', status: 404 };
	const { mimeType, bytes } = MEDIA_FILES[name as MediaFile];
	return { kind: 'answer', status: 200, headers: { 'content-type': mimeType, 'content-length': String(bytes.length) }, body: bytes };
}

/** Made when something is first fetched. */
export class TestDownloads implements Downloads {
	#real: Promise<GuardedDownloads> | undefined;

	async open(request: Parameters<Downloads['open']>[0]): ReturnType<Downloads['open']> {
		this.#real ??= testAuthority().then(
			({ certificatePem }) => new GuardedDownloads({ clock: systemClock, allow: ['127.0.0.1/32'], ca: certificatePem }),
		);
		return (await this.#real).open(request);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await (await this.#real)?.[Symbol.asyncDispose]();
	}
}
