/** The catalogue of the instance: products put there, looked at, taken out. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Instance } from '../../../domain/account.ts';
import { RecadoError } from '../../../errors.ts';
import type { Product } from '../../../ports/whatsapp.ts';
import { given } from '../../callbacks/given.ts';
import { takePhoto } from '../../callbacks/photo.ts';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';
import { mediumSource } from '../send.ts';
import { catalogue, productAlone } from '../views/product.ts';

/** WhatsApp's own: a product has so many pictures at most. */
const IMAGES_MAX = 10;

/** `images`: a string in the table, a list in the example. */
const ProductBody = Type.Object({
	currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
	description: Type.String(),
	images: Type.Union([mediumSource, Type.Array(mediumSource, { minItems: 1, maxItems: IMAGES_MAX })]),
	isHidden: Type.Boolean(),
	name: Type.String({ minLength: 1 }),
	price: Type.Number({ minimum: 0, description: "In the currency's unit" }),
	retailerId: Type.String({ description: 'Your own id of it: a product that has it already is changed' }),
	url: Type.String(),
});

interface ProductPath {
	Params: { productId: string };
}

export function productRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	changingRoutes(scope, deps);
	lookingRoutes(scope, deps);
}

function changingRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	const { whatsapp, directory, media } = deps;
	scope.post<{ Body: Static<typeof ProductBody> }>('/api/whatsapp/products', { schema: { body: ProductBody } }, async (request) => {
		const { images, currency, description, isHidden, name, price, retailerId, url } = request.body;
		const instance = await instanceOf(request, directory);
		const known = retailerId === '' ? undefined : (await productsOf(deps, instance)).find((one) => one.retailerId === retailerId);
		const imageUrls = await Promise.all([images].flat().map((source) => takePhoto(media, instance, { field: 'images', source })));
		const wish = { name, description, price, currency, imageUrls, retailerId, url, isHidden };
		const { id } = await whatsapp.ask(instance, 'products.put', { ...wish, ...given({ productId: known?.id }) });
		return { id };
	});

	// The second spelling is printed in the same documents (contracts, pathVariants).
	for (const path of ['/api/whatsapp/products/:productId', '/api/whatsapp/product/:productId']) {
		scope.delete<ProductPath>(path, async (request) => {
			await whatsapp.ask(await instanceOf(request, directory), 'products.delete', { productId: request.params.productId });
			return { success: true };
		});
	}
}

function lookingRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	scope.get<ProductPath>('/api/whatsapp/products/:productId', async (request) => {
		const instance = await instanceOf(request, deps.directory);
		const product = await deps.whatsapp.ask(instance, 'products.get', { productId: request.params.productId });
		if (product === null) throw new RecadoError('not_there', { details: { what: 'product' } });
		return productAlone(product, instance);
	});

	scope.get('/api/whatsapp/catalogs', async (request) => catalogue(await productsOf(deps, await instanceOf(request, deps.directory))));

	// What is hidden, its owner sees alone.
	scope.get<{ Params: { phone: string } }>('/api/whatsapp/catalogs/:phone', async (request) => {
		const products = await productsOf(deps, await instanceOf(request, deps.directory), request.params.phone);
		return catalogue(products.filter(({ isHidden }) => !isHidden));
	});
}

/** The documents know no pages of it, so all of them are read. Without a phone: our own. */
async function productsOf({ whatsapp }: Pick<PlugchatDeps, 'whatsapp'>, instance: Instance, phone?: string): Promise<readonly Product[]> {
	const all: Product[] = [];
	let cursor: string | undefined;
	do {
		const page = await whatsapp.ask(instance, 'products.list', given({ phone, cursor }));
		all.push(...page.products);
		cursor = page.nextCursor;
	} while (cursor !== undefined);
	return all;
}
