/** Products, catalogues, orders and what becomes of them, and the invitation to run a newsletter. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { Instance } from '../../../domain/account.ts';
import type { ContentBody, OrderItem, PixKeyType } from '../../../domain/content.ts';
import { RecadoError } from '../../../errors.ts';
import { given } from '../../callbacks/given.ts';
import { sendFields } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { fault, phoneAt } from '../faults.ts';
import { newReference } from '../reference.ts';
import { send } from '../send.ts';

type Checkout = Extract<ContentBody, { kind: 'checkout' }>;

const CATALOG_TEXTS = {
	PT: 'Acesse esse link para visualizar nosso catálogo no WhatsApp:',
	EN: 'Open this link to see our catalogue on WhatsApp:',
} as const;

/** WhatsApp's own: an invitation that nobody answers ends after three days. */
const INVITATION_MS = 3 * 24 * 60 * 60 * 1000;

/** By Z-API's word in `paymentSettings.pix.keyType`. */
const PIX_KEY_TYPES: Readonly<Record<string, PixKeyType>> = { cpf: 'CPF', cnpj: 'CNPJ', phone: 'PHONE', email: 'EMAIL', randomKey: 'EVP' };

const phone = sendFields.phone;
const money = Type.Number({ minimum: 0 });
const item = {
	name: Type.String({ minLength: 1 }),
	value: money,
	quantity: Type.Number({ exclusiveMinimum: 0 }),
};
const costs = { discount: Type.Optional(money), tax: Type.Optional(money), shipping: Type.Optional(money) };

const ProductBody = Type.Object({ ...sendFields, catalogPhone: Type.String(), productId: Type.String({ minLength: 1 }) });
const CatalogBody = Type.Object({
	...sendFields,
	catalogPhone: Type.String(),
	translation: Type.Optional(Type.Union([Type.Literal('EN'), Type.Literal('PT')])),
	message: Type.Optional(Type.String()),
	title: Type.Optional(Type.String()),
	catalogDescription: Type.Optional(Type.String()),
});
const OrderBody = Type.Object({
	...sendFields,
	order: Type.Object({
		currency: Type.String(),
		...costs,
		products: Type.Array(Type.Object({ ...item, productId: Type.Optional(Type.String()) }), { minItems: 1 }),
	}),
	paymentSettings: Type.Optional(
		Type.Object({
			pix: Type.Optional(Type.Object({ key: Type.String(), keyType: Type.String(), name: Type.String() })),
			card: Type.Optional(Type.Object({ enabled: Type.Boolean() })),
		}),
	),
});
const UpdateBody = Type.Object({
	phone,
	messageId: Type.String({ minLength: 1, description: 'WhatsApp id of the order' }),
	referenceId: Type.String(),
	orderRequestId: Type.String(),
	orderStatus: Type.Union((['pending', 'processing', 'shipped', 'completed', 'canceled'] as const).map((one) => Type.Literal(one))),
	paymentStatus: Type.Union([Type.Literal('pending'), Type.Literal('paid')]),
	message: Type.Optional(Type.String()),
	order: Type.Object({
		currency: Type.String(),
		...costs,
		products: Type.Array(Type.Object({ ...item, productId: Type.String(), isCustomItem: Type.Boolean() }), { minItems: 1 }),
	}),
});
const InviteBody = Type.Object({
	phone,
	adminInviteMessage: Type.Object({ newsletterId: Type.String({ pattern: '@newsletter$' }), caption: Type.String() }),
});

export function commerceRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	catalogRoutes(scope, deps);
	orderRoutes(scope, deps);
	inviteRoute(scope, deps);
}

function catalogRoutes(scope: FastifyInstance, { messaging, whatsapp }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof ProductBody> }>(`${INSTANCE_PATH}/send-product`, { schema: { body: ProductBody } }, async (request) => {
		const { messageId, catalogPhone, productId, ...fields } = request.body;
		const businessPhone = phoneAt('catalogPhone', catalogPhone);
		const product = await whatsapp.ask(instanceOf(request), 'products.get', { productId, phone: businessPhone });
		if (product === null) throw new RecadoError('not_there', { details: { what: 'product' } });
		const { name: title, description, price, currency, url, retailerId, imageUrls } = product;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: {
				kind: 'product',
				productId,
				businessPhone,
				title,
				description,
				price,
				currency,
				url,
				retailerId,
				imageCount: imageUrls.length,
				...given({ imageUrl: imageUrls[0] }),
			},
		});
	});

	scope.post<{ Body: Static<typeof CatalogBody> }>(`${INSTANCE_PATH}/send-catalog`, { schema: { body: CatalogBody } }, (request) => {
		const { messageId, catalogPhone, translation = 'PT', message, title, catalogDescription: description, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: {
				kind: 'catalog',
				businessPhone: phoneAt('catalogPhone', catalogPhone),
				text: message ?? CATALOG_TEXTS[translation],
				...given({ title, description }),
			},
		});
	});
}

function orderRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const { messaging, random } = deps;
	scope.post<{ Body: Static<typeof OrderBody> }>(`${INSTANCE_PATH}/send-order`, { schema: { body: OrderBody } }, async (request) => {
		const { messageId, order, paymentSettings, ...fields } = request.body;
		const pix = paymentSettings?.pix && { ...paymentSettings.pix, keyType: pixKeyType(paymentSettings.pix.keyType) };
		const items = order.products.map(({ productId, ...rest }) => ({
			...rest,
			// What is not of the catalogue gets an id, as documented.
			productId: productId ?? `custom-item-${newReference(random)}`,
			isCustom: productId === undefined,
		}));
		const content: Checkout = {
			kind: 'checkout',
			stage: 'pay',
			referenceId: newReference(random),
			orderRequestId: newReference(random),
			orderStatus: 'pending',
			paymentStatus: 'pending',
			currency: order.currency,
			...sumsOf(items, order),
			items,
			...given({ pix, takesCards: paymentSettings?.card?.enabled }),
		};
		return send(messaging, request, { ...fields, replyTo: messageId, content });
	});

	// Two names for one call: both tell the state of the order and of its payment.
	for (const path of ['order-status-update', 'order-payment-update']) {
		scope.post<{ Body: Static<typeof UpdateBody> }>(`${INSTANCE_PATH}/${path}`, { schema: { body: UpdateBody } }, async (request) => {
			const { phone: to, messageId, order, message: text, ...states } = request.body;
			await assertOrder(deps, instanceOf(request), request.body);
			const items = order.products.map(({ isCustomItem, ...rest }) => ({ ...rest, isCustom: isCustomItem }));
			const { currency } = order;
			return send(messaging, request, {
				phone: to,
				replyTo: messageId,
				content: { kind: 'checkout', stage: 'order', ...states, currency, ...sumsOf(items, order), items, ...given({ text }) },
			});
		});
	}
}

function inviteRoute(scope: FastifyInstance, { messaging, clock }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof InviteBody> }>(
		`${INSTANCE_PATH}/send-newsletter-admin-invite`,
		{ schema: { body: InviteBody } },
		(request) => {
			const { newsletterId, caption: text } = request.body.adminInviteMessage;
			return send(messaging, request, {
				phone: request.body.phone,
				content: { kind: 'newsletter-invite', newsletterId, newsletterName: '', text, expiresAt: clock.now() + INVITATION_MS },
			});
		},
	);
}

function sumsOf(
	items: readonly OrderItem[],
	{ discount = 0, tax = 0, shipping = 0 }: { readonly discount?: number; readonly tax?: number; readonly shipping?: number },
): Pick<Checkout, 'subTotal' | 'total' | 'discount' | 'tax' | 'shipping'> {
	const subTotal = rounded(items.reduce((sum, { value, quantity }) => sum + value * quantity, 0));
	const total = rounded(subTotal - discount + tax + shipping);
	if (total < 0) throw fault('order.discount', 'must not be more than the order costs', 'não deve ser maior que o valor do pedido');
	return { subTotal, discount, tax, shipping, total };
}

/** WhatsApp counts thousandths; a sum of decimals has more of them than were written. */
function rounded(amount: number): number {
	return Math.round(amount * 1000) / 1000;
}

/** Whether it is the order that it says. Throws message_missing, message_unfit, invalid_request. */
async function assertOrder({ messages }: ZApiDeps, { id }: Instance, update: Static<typeof UpdateBody>): Promise<void> {
	const { messageId, referenceId, orderRequestId } = update;
	const order = await messages.byWhatsappId(id, messageId);
	if (!order) throw new RecadoError('message_missing', { details: { id: messageId } });
	const { content } = order;
	if (content.kind !== 'checkout')
		throw new RecadoError('message_unfit', { details: { id: messageId, kind: content.kind, act: 'order-update' } });
	for (const [name, given] of Object.entries({ referenceId, orderRequestId } as const)) {
		const own = content[name as 'referenceId' | 'orderRequestId'];
		if (given !== own) throw fault(name, 'must be the one of the order', 'deve ser o do pedido');
	}
}

/** Throws invalid_request. */
function pixKeyType(word: string): PixKeyType {
	const type = PIX_KEY_TYPES[word];
	if (type !== undefined) return type;
	const words = Object.keys(PIX_KEY_TYPES).join(', ');
	throw fault('paymentSettings.pix.keyType', `must be one of ${words}`, `deve ser um de ${words}`);
}
