/** The products that the instance offers. Simulated customers have no shops. */
import type { Answered, Asked, Nothing, Product } from '../../ports/whatsapp.ts';
import { drawnDigits } from './drawn.ts';
import { checkedText, notThere, refused } from './refused.ts';
import type { Deed, Society } from './society.ts';
import type { ProductRecord } from './society-records.ts';

/** WhatsApp's own limits. */
const PRODUCTS_MAX = 500;
const NAME_CHARS_MAX = 150;
const DESCRIPTION_CHARS_MAX = 5000;

const PAGE = 10;

const USUAL: Omit<ProductRecord, 'name'> = {
	...{ description: '', price: 0, currency: 'BRL', imageUrls: [], retailerId: '', url: '' },
	...{ isHidden: false, availability: 'in stock' },
};

/** By id. The cursor is the id of the last one of the page before. */
export function listProducts(society: Society, { phone, cursor }: Asked<'products.list'>): Answered<'products.list'> {
	const all = isOurs(society, phone) ? [...society.products.entries()].sort(([one], [other]) => (one < other ? -1 : 1)) : [];
	const start = cursor === undefined ? 0 : all.findIndex(([id]) => id === cursor) + 1;
	if (cursor !== undefined && start === 0) throw refused('the cursor leads nowhere');
	const products = all.slice(start, start + PAGE).map(([id, record]) => ({ id, ...record }));
	const last = products.at(-1);
	return { products, ...(last !== undefined && start + PAGE < all.length && { nextCursor: last.id }) };
}

export function showProduct(society: Society, { productId, phone }: Asked<'products.get'>): Product | null {
	const record = isOurs(society, phone) ? society.products.get(productId) : undefined;
	return record === undefined ? null : { id: productId, ...record };
}

export function putProduct(deed: Deed, { productId, ...wish }: Asked<'products.put'>): Product {
	const { products } = deed.society;
	checkedText('the name', wish.name, { min: 1, max: NAME_CHARS_MAX });
	checkedText('the description', wish.description ?? '', { min: 0, max: DESCRIPTION_CHARS_MAX });
	if (wish.price !== undefined && !(wish.price >= 0)) throw refused('a price is not below zero');
	const before = productId === undefined ? USUAL : products.get(productId);
	if (before === undefined) throw notThere('product');
	if (productId === undefined && products.size >= PRODUCTS_MAX)
		throw refused(`the shop has ${PRODUCTS_MAX} products, as many as there can be`);
	const id = productId ?? drawnDigits(16, ...deed.drawnFor('product'));
	const record = { ...before, ...wish };
	products.set(id, record);
	return { id, ...record };
}

export function deleteProduct(deed: Deed, { productId }: Asked<'products.delete'>): Nothing {
	if (deed.society.products.get(productId) === undefined) throw notThere('product');
	deed.society.products.delete(productId);
	return {};
}

function isOurs(society: Society, phone: string | undefined): boolean {
	return phone === undefined || society.keyOf(phone) === society.self;
}
