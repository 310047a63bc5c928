/** Products as Plugchat shows them. */
import type { Instance } from '../../../domain/account.ts';
import type { Product } from '../../../ports/whatsapp.ts';

/** WhatsApp counts money in thousandths, as text: 20 reais are "20000". */
const PRICE_UNITS = 1_000;

/** Whoever looks can put it into a cart: switching that off is a call of Z-API's business group, which is not there. */
const CART = { cartEnabled: true } as const;

export function catalogue(products: readonly Product[]): object {
	return { ...CART, products: products.map((product) => ({ ...fieldsOf(product), quantity: null })) };
}

/** A catalogue is known by its owner's number. */
export function productAlone(product: Product, owner: Instance): object {
	return { ...CART, catalogId: owner.phone, product: fieldsOf(product) };
}

function fieldsOf({ availability, id, retailerId, price, currency, name, imageUrls }: Product): object {
	return {
		availability,
		id,
		retailerId: retailerId === '' ? null : retailerId,
		price: String(Math.round(price * PRICE_UNITS)),
		currency,
		name,
		images: imageUrls,
	};
}
