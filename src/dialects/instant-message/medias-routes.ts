/**
 * `/v1/medias`: media are sent here directly, or in two steps (an id and an address first, then the bytes to that address), and found again by their id.
 * Messages name them by it.
 */
import type { FastifyInstance } from 'fastify';
import { type TObject, type TString, Type } from 'typebox';
import { RecadoError } from '../../errors.ts';
import type { Media } from '../../messaging/services.ts';
import { callerOf } from './authentication.ts';
import { refusedMedium } from './errors.ts';
import { RESERVED_EXAMPLE, UPLOADED_EXAMPLE } from './examples.ts';
import { bytesOf, mimeTypeOf, takeBytes } from './request-bytes.ts';
import { mediaAnswers, Reserved, Uploaded } from './schemas.ts';
import { findUpload, storeId, wireId } from './uploads.ts';

/** As documented. More is taken in two steps. */
const DIRECT_BYTES_MAX: number = 10 * 1024 * 1024;

const UPLOADS = '/v1/medias/uploads';
const tags = ['Media'];
const Params: TObject<{ id: TString }> = Type.Object({ id: Type.String() });
const UploadParams: TObject<{ account: TString; id: TString }> = Type.Object({ account: Type.String(), id: Type.String() });

export interface MediaDeps {
	readonly media: Media;
	/** Where the gateway is reached from outside, without a slash at the end. */
	readonly publicUrl: () => string;
}

export function mediasRoutes(scope: FastifyInstance, { media, publicUrl }: MediaDeps): void {
	scope.register((bytes, _options, done) => {
		takeBytes(bytes);
		directRoute(bytes, media);
		done();
	});
	scope.get(
		'/v1/medias/async',
		{
			schema: {
				summary: 'Begin an upload in two steps',
				description: 'The request tells the type of the medium in its header Content-Type.',
				tags,
				response: mediaAnswers({
					200: { ...Reserved, description: 'The id, and where the bytes are to be PUT', examples: [RESERVED_EXAMPLE] },
				}),
			},
		},
		async (request) => {
			const { accountId } = callerOf(request).application;
			const id = wireId(await media.reserve({ accountId, field: 'Content-Type', mimeType: mimeTypeOf(request) }));
			return { id, url: `${publicUrl()}${UPLOADS}/${wireId({ id: accountId })}/${id}` };
		},
	);
	scope.get<{ Params: { id: string } }>(
		'/v1/medias/:id',
		{
			schema: {
				summary: 'Where a medium is',
				tags,
				params: Params,
				response: mediaAnswers({ 302: Type.Null({ description: 'Its address is in the header Location' }) }),
			},
		},
		async (request, reply) => {
			const uploaded = await findUpload(media, callerOf(request), request.params.id);
			if (!uploaded) throw notFound();
			return reply.redirect(uploaded.url, 302);
		},
	);
}

function directRoute(scope: FastifyInstance, media: Media): void {
	scope.post(
		'/v1/medias',
		{
			schema: {
				summary: 'Upload a medium',
				description: 'The body is the medium itself, of at most 10 MB, its type in the header Content-Type.',
				tags,
				response: mediaAnswers({ 200: { ...Uploaded, description: 'Its id', examples: [UPLOADED_EXAMPLE] } }),
			},
		},
		async (request) => {
			const { accountId } = callerOf(request).application;
			const bytes = await bytesOf(request);
			const stored = await media.store(bytes, { accountId, field: 'body', mimeType: mimeTypeOf(request), bytesMax: DIRECT_BYTES_MAX });
			return { id: wireId(stored) };
		},
	);
}

/** The second step. Whoever has the address may use it, once: it is unguessable, and takes no token, as the addresses of object stores do. */
export function uploadRoute(scope: FastifyInstance, media: Pick<Media, 'fill'>): void {
	scope.register((bytes, _options, done) => {
		takeBytes(bytes);
		bytes.put<{ Params: { account: string; id: string } }>(
			`${UPLOADS}/:account/:id`,
			{
				schema: {
					summary: 'Finish an upload in two steps',
					description: 'The body is the medium itself.',
					tags,
					security: [],
					params: UploadParams,
					response: mediaAnswers({ 200: Type.Null({ description: 'Stored; there is no body' }) }),
				},
			},
			async (request, reply) => {
				const { account, id } = request.params;
				await fill(media, storeId(id), await bytesOf(request), `acc_${account}`);
				return reply.code(200).send();
			},
		);
		done();
	});
}

async function fill(media: Pick<Media, 'fill'>, id: string, bytes: AsyncIterable<Uint8Array>, accountId: string): Promise<void> {
	try {
		await media.fill(id, bytes, { accountId, field: 'body' });
	} catch (error) {
		throw error instanceof RecadoError && error.code === 'not_there' ? notFound() : error;
	}
}

function notFound(): RecadoError {
	return refusedMedium('there is no such medium', 'Arquivo não encontrado!');
}
