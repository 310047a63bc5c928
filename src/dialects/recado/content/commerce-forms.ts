/** What is sold, ordered and paid. Money is in the currency's unit. */
import { Type } from 'typebox';
import { type Form, form, maybeText, someText } from './form.ts';

const ITEMS_MAX = 200;

const money = Type.Number({ minimum: 0 });
const maybeMoney = Type.Optional(money);
const items = Type.Array(
	Type.Object({
		name: someText,
		productId: Type.String(),
		quantity: Type.Integer({ minimum: 1 }),
		value: money,
		isCustom: Type.Optional(Type.Boolean({ description: 'Made by hand; false: of the catalogue' })),
		retailerId: maybeText,
	}),
	{ minItems: 1, maxItems: ITEMS_MAX },
);

const Product = Type.Object({
	productId: someText,
	businessPhone: someText,
	title: someText,
	description: maybeText,
	imageUrl: maybeText,
	imageCount: Type.Optional(Type.Integer({ minimum: 0 })),
	price: maybeMoney,
	currency: maybeText,
	url: maybeText,
	retailerId: maybeText,
});

const Order = Type.Object({
	orderId: someText,
	token: Type.String(),
	title: Type.String(),
	text: Type.String(),
	sellerPhone: someText,
	thumbnailUrl: maybeText,
	currency: someText,
	total: money,
	subTotal: money,
	items,
});

const Checkout = Type.Object({
	stage: Type.Union([Type.Literal('pay'), Type.Literal('order')]),
	referenceId: someText,
	orderRequestId: Type.String(),
	orderStatus: Type.String(),
	paymentStatus: Type.String(),
	text: maybeText,
	currency: someText,
	total: money,
	subTotal: money,
	discount: money,
	shipping: money,
	tax: money,
	items,
	pix: Type.Optional(
		Type.Object({
			key: someText,
			keyType: Type.Union([Type.Literal('CPF'), Type.Literal('CNPJ'), Type.Literal('PHONE'), Type.Literal('EMAIL'), Type.Literal('EVP')]),
			name: someText,
		}),
	),
	takesCards: Type.Optional(Type.Boolean()),
});

const Payment = Type.Object({
	stage: Type.Union([Type.Literal('requested'), Type.Literal('sent')]),
	value: money,
	currency: someText,
	expiresAt: Type.Optional(Type.String({ format: 'date-time' })),
	requestPhone: maybeText,
	info: Type.Object({
		receiverPhone: someText,
		value: money,
		currency: someText,
		status: Type.String(),
		transactionStatus: Type.String(),
	}),
});

export type CommerceKey = 'product' | 'catalog' | 'order' | 'checkout' | 'payment';

export const COMMERCE_FORMS: Readonly<Record<CommerceKey, Form>> = {
	product: form(Product, (given) => ({ kind: 'product', ...given })),
	catalog: form(Type.Object({ businessPhone: someText, text: Type.String(), title: maybeText, description: maybeText }), (given) => ({
		kind: 'catalog',
		...given,
	})),
	order: form(Order, (given) => ({ kind: 'order', ...given })),
	checkout: form(Checkout, (given) => ({ kind: 'checkout', ...given })),
	payment: form(Payment, ({ expiresAt, ...rest }) => ({
		kind: 'payment',
		...rest,
		...(expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) }),
	})),
};
