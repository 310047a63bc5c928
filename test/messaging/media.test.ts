/** Media of messages from acceptance to their end: what is taken, what is refused and why, and what is left. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MessageContent } from '../../src/domain/content.ts';
import type { MediumSource, SendContent } from '../../src/messaging/services.ts';
import { BLOB_GRACE_MS } from '../../src/ports/blobs.ts';
import type { StoredMedium } from '../../src/ports/media.ts';
import { dataUri, MEDIA_FILES } from '../support/media-files.ts';
import { startMediaServer } from '../support/media-server.ts';
import { INSTANCE, MEDIA_OPTIONS, type Rig, startRig } from './rig.ts';

const MARIA = '5544988887777';
const { png, pdf } = MEDIA_FILES;
const NO_ADDRESS = /it must be an URL or a Base64 data URI$/;
const OTHER_KIND = /it has not the content of its kind$/;

function medium(source: string, more: Partial<MediumSource> = {}): MediumSource {
	return { kind: 'medium', medium: 'image', field: 'image', source, ...more };
}

async function take(rig: Rig, content: SendContent, until = 0): Promise<{ content: MessageContent; links: StoredMedium[] }> {
	const taken = await rig.media.take(content, { accountId: INSTANCE.accountId, until });
	assert.ok(taken.content.kind !== 'upon');
	const links = taken.links('msg_1').flatMap((change) => (change.kind === 'media.insert' ? [change.medium] : []));
	return { content: taken.content, links };
}

async function bytesOf(rig: Rig, url: string): Promise<string | undefined> {
	const link = await rig.store.media.medium(url.replace('https://gateway.example/media/', ''));
	const bytes = link?.blob && (await rig.store.blobs.open(link.blob.sha256));
	return bytes && Buffer.concat(await Array.fromAsync(bytes)).toString('hex');
}

describe('media of messages', () => {
	test('data URIs and what URLs lead to are kept once, and the message carries links of ours', async () => {
		await using server = await startMediaServer();
		await using rig = await startRig();
		const sent = [
			await rig.send(MARIA, '', { content: medium(dataUri('png'), { caption: 'Logo' }) }),
			await rig.send(MARIA, '', { content: medium(server.url('/png/logo.png')) }),
		];
		for (const { id, content } of sent) {
			assert.ok(content.kind === 'image' && content.mimeType === 'image/png');
			assert.match(content.url, /^https:\/\/gateway\.example\/media\/med_[0-9a-f]{96}$/);
			assert.equal(await bytesOf(rig, content.url), png.bytes.toString('hex'));
			const link = await rig.store.media.medium(content.url.slice(-100));
			assert.deepEqual([link?.messageId, link?.expiresAt], [id, rig.clock.now() + MEDIA_OPTIONS.linkMs]);
		}
		const [first] = sent;
		assert.equal(first?.content.kind === 'image' && first.content.caption, 'Logo');
		assert.equal(new Set(sent.map(({ content }) => content.kind === 'image' && content.url)).size, 2, 'a link each');
	});

	test('a link of ours is linked again without being fetched', async () => {
		await using rig = await startRig();
		const { content } = await rig.send(MARIA, '', { content: medium(dataUri('png')) });
		assert.ok(content.kind === 'image');
		const again = await take(rig, content);
		assert.ok(again.content.kind === 'image' && again.content.url !== content.url);
		assert.equal(again.links[0]?.blob?.size, png.bytes.length);
		rig.clock.jumpTo(rig.clock.now() + MEDIA_OPTIONS.linkMs);
		await assert.rejects(take(rig, content), { code: 'media_unreachable' });
	});

	test('media within other content are taken as well, each named by its place', async () => {
		await using server = await startMediaServer();
		await using rig = await startRig();
		const header = { kind: 'image', url: dataUri('jpeg'), mimeType: '' } as const;
		const card = (url: string) => ({ text: 't', buttons: [], header: { ...header, url } });
		const contents: readonly MessageContent[] = [
			{ kind: 'buttons', text: 't', buttons: [], header },
			{ kind: 'template', templateId: '', text: 't', buttons: [], header: { kind: 'document', url: server.url('/pdf'), mimeType: '' } },
			{ kind: 'carousel', text: 't', cards: [card(dataUri('png')), card(server.url('/webp'))] },
			{ kind: 'text', text: 't', preview: { url: 'https://a.example', thumbnailUrl: dataUri('png') } },
		];
		const links = [];
		for (const content of contents) {
			const taken = await take(rig, content);
			assert.doesNotMatch(JSON.stringify(taken.content), /data:|127\.0\.0\.1/);
			links.push(taken.links.map(({ mimeType }) => mimeType).sort());
		}
		assert.deepEqual(links, [['image/jpeg'], ['application/pdf'], ['image/png', 'image/webp'], ['image/png']]);
		const wrong: MessageContent = { kind: 'carousel', text: 't', cards: [card(dataUri('png')), card(dataUri('pdf'))] };
		await assert.rejects(take(rig, wrong), ({ code, details }) => code === 'invalid_media' && details.field === 'cards[1].header');
	});

	test('other content is what it was, and costs nothing', async () => {
		await using rig = await startRig();
		const contents: readonly SendContent[] = [
			{ kind: 'text', text: 'Oi' },
			{ kind: 'location', latitude: 1, longitude: 2 },
			{ kind: 'upon', whatsappId: '3EB0', act: { kind: 'reaction', emoji: '❤️' } },
		];
		for (const content of contents) assert.equal((await rig.media.take(content, { accountId: 'acc_1', until: 0 })).content, content);
	});

	test('what it is not is refused, by the name of its field, and says what is wrong', async () => {
		await using server = await startMediaServer();
		await using rig = await startRig();
		const refused = (content: SendContent, code: string, field: string, fault?: RegExp): Promise<void> =>
			assert.rejects(take(rig, content), (error: { code?: string; message: string; details?: { field?: string } }) => {
				assert.deepEqual([error.code, error.details?.field], [code, field]);
				if (fault) assert.match(error.message, fault);
				return true;
			});
		await refused(medium('logo.png'), 'invalid_media', 'image', NO_ADDRESS);
		await refused(medium('data:image/png,abc'), 'invalid_media', 'image', NO_ADDRESS);
		await refused(medium(dataUri('pdf')), 'invalid_media', 'image', OTHER_KIND);
		await refused(medium(`data:image/png;base64,${Buffer.from('no picture').toString('base64')}`), 'invalid_media', 'image', OTHER_KIND);
		await refused(medium(server.url('/pdf')), 'invalid_media', 'image', OTHER_KIND);
		await refused(medium(dataUri('png'), { medium: 'audio', field: 'audio' }), 'invalid_media', 'audio', OTHER_KIND);
		await refused(medium(server.url('/none'), { medium: 'document', field: 'document' }), 'media_unreachable', 'document');
		await refused(medium('https://10.0.0.1/a.png'), 'media_unreachable', 'image');
		await server.openConnections(0);
	});

	test('what is too large is refused, however it comes', async () => {
		await using server = await startMediaServer();
		await using rig = await startRig();
		const large = Buffer.concat([png.bytes, Buffer.alloc(MEDIA_OPTIONS.bytesMax)]);
		const tooLarge = { code: 'body_too_large', details: { limit: MEDIA_OPTIONS.bytesMax } };
		await assert.rejects(take(rig, medium(`data:image/png;base64,${large.toString('base64')}`)), tooLarge);
		server.treatNext({ kind: 'answer', status: 200, body: large });
		await assert.rejects(take(rig, medium(server.url('/'))), tooLarge);
		server.treat({ kind: 'endless' });
		await assert.rejects(take(rig, medium(server.url('/'), { medium: 'document' })), { code: 'body_too_large' });
		await server.openConnections(0);
		assert.equal(
			(await take(rig, medium(`data:application/pdf;base64,${large.toString('base64')}`, { medium: 'document' }))).links.length,
			1,
		);
	});

	test('the name and type of a document are told as well as they are known', async () => {
		await using server = await startMediaServer();
		await using rig = await startRig();
		const named = await take(rig, medium(server.url('/docx/a.docx'), { medium: 'document', fileName: 'contrato.docx' }));
		assert.deepEqual([named.links[0]?.fileName, named.links[0]?.mimeType], ['contrato.docx', MEDIA_FILES.docx.mimeType]);
		const csv = await take(rig, medium(dataUri('text'), { medium: 'document', mimeType: 'text/csv' }));
		assert.deepEqual([csv.links[0]?.fileName, csv.links[0]?.mimeType], [undefined, 'text/csv']);
	});

	test('the link of a message that is sent later lives from then on', async () => {
		await using rig = await startRig();
		const later = rig.clock.now() + 90 * 86_400_000;
		const message = await rig.send(MARIA, '', { content: medium(dataUri('png')), scheduledFor: later });
		assert.ok(message.content.kind === 'image');
		assert.equal((await rig.store.media.medium(message.content.url.slice(-100)))?.expiresAt, later + MEDIA_OPTIONS.linkMs);
		await rig.sending.dequeue(INSTANCE, message.id);
		assert.equal(await rig.store.media.medium(message.content.url.slice(-100)), undefined, 'gone with its message');
		rig.clock.jumpTo(rig.clock.now() + BLOB_GRACE_MS + 1);
		assert.equal(await rig.store.blobs.sweep(10), 1);
	});
});

describe('media by themselves', () => {
	const wish = { accountId: 'acc_1', field: 'file' } as const;
	const once = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
		yield bytes;
	};

	test('are uploaded, found by their account, and used by their link', async () => {
		await using rig = await startRig();
		const link = await rig.media.store(once(pdf.bytes), { ...wish, fileName: 'a.pdf' });
		assert.deepEqual([link.mimeType, link.size, link.fileName], ['application/pdf', pdf.bytes.length, 'a.pdf']);
		assert.deepEqual(await rig.media.get('acc_1', link.id), link);
		assert.equal(await rig.media.get('acc_2', link.id), undefined);
		const taken = await take(rig, medium(link.url, { medium: 'document', field: 'document' }));
		assert.deepEqual([taken.links[0]?.blob?.sha256, taken.links[0]?.fileName], [link.sha256, 'a.pdf']);
		await assert.rejects(rig.media.store(once(pdf.bytes), { ...wish, kind: 'image' }), { code: 'invalid_media' });
		await assert.rejects(rig.media.store(once(pdf.bytes), { ...wish, bytesMax: 3 }), { code: 'body_too_large' });
		await assert.rejects(rig.media.store(once(Buffer.alloc(0)), wish), { code: 'invalid_media', message: /it is empty$/ });
	});

	test('are held against the kind that they are sent as, by their content', async () => {
		await using rig = await startRig();
		const upload = (bytes: Uint8Array, mimeType: string) => rig.media.store(once(bytes), { ...wish, mimeType });
		const sentAs = async (kind: MediumSource['medium'], { url }: { readonly url: string }): Promise<string | undefined> =>
			(await take(rig, medium(url, { medium: kind, field: 'mediaData.id' }))).links[0]?.mimeType;
		const picture = await upload(png.bytes, 'audio/mpeg');
		await assert.rejects(sentAs('audio', picture), {
			code: 'invalid_media',
			message: /^mediaData\.id .*it has not the content of its kind$/,
		});
		assert.equal(await sentAs('image', picture), 'image/png');
		assert.equal(await sentAs('document', picture), 'image/png');
		await assert.rejects(sentAs('image', await upload(Buffer.from('<html>'), 'image/png')), { code: 'invalid_media' });
		assert.equal(await sentAs('audio', await upload(MEDIA_FILES.mp4.bytes, 'video/mp4')), 'audio/mp4');
		const large = await upload(Buffer.concat([png.bytes, Buffer.alloc(MEDIA_OPTIONS.bytesMax)]), 'image/png');
		await assert.rejects(sentAs('image', large), { code: 'body_too_large', details: { limit: MEDIA_OPTIONS.bytesMax } });
		assert.equal(await sentAs('document', large), 'image/png');
	});

	test('in two steps: reserved first, filled once', async () => {
		await using rig = await startRig();
		const reserved = await rig.media.reserve({ ...wish, fileName: 'a.pdf' });
		assert.equal(reserved.size, undefined);
		await assert.rejects(rig.media.fill(reserved.id, once(pdf.bytes), { ...wish, accountId: 'acc_2' }), { code: 'not_there' });
		const filled = await rig.media.fill(reserved.id, once(pdf.bytes), wish);
		assert.deepEqual([filled.id, filled.url, filled.size], [reserved.id, reserved.url, pdf.bytes.length]);
		assert.deepEqual(await rig.media.get('acc_1', reserved.id), filled);
		await assert.rejects(rig.media.fill(reserved.id, once(pdf.bytes), wish), { code: 'exists' });
	});

	test('what a phone wrote is kept where it is bytes, and goes with its message', async () => {
		await using rig = await startRig();
		const written: MessageContent = { kind: 'image', url: dataUri('png'), mimeType: '' };
		const linked: MessageContent = { kind: 'image', url: 'https://cdn.example/a.png', mimeType: 'image/png' };
		assert.equal(JSON.stringify(await rig.media.keep(linked, 'acc_1')), JSON.stringify(linked));
		const content = await rig.media.keep(written, 'acc_1');
		assert.ok(content.kind === 'image');
		const message = { whatsappId: '3EB0AA', chat: { phone: MARIA, aliases: [] }, fromMe: false, content };
		await rig.observe({ id: 'obs_a', at: rig.clock.now(), raw: {}, kind: 'message', message });
		const stored = await rig.store.messages.byWhatsappId(INSTANCE.id, '3EB0AA');
		assert.equal((await rig.store.media.medium(content.url.slice(-100)))?.messageId, stored?.id);
		const deletion = { kind: 'deletion', to: { whatsappId: '3EB0AA', fromMe: false } } as const;
		await rig.observe({
			id: 'obs_b',
			at: rig.clock.now(),
			raw: {},
			kind: 'message',
			message: { ...message, whatsappId: '3EB0BB', content: deletion },
		});
		assert.equal(await rig.store.media.medium(content.url.slice(-100)), undefined, 'deleted for all');
	});
});
