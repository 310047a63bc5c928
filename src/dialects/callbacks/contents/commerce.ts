/** Products, carts, orders and payments. Money is as WhatsApp tells it. */
import type { OrderItem } from '../../../domain/content.ts';
import type { ContentOf } from '../content-of.ts';

export function productContent(content: ContentOf<'product'>): object {
	return {
		productImage: content.imageUrl ?? '',
		businessOwnerJid: content.businessPhone,
		currencyCode: content.currency ?? '',
		productId: content.productId,
		description: content.description ?? '',
		productImageCount: content.imageCount ?? (content.imageUrl === undefined ? 0 : 1),
		price: content.price ?? 0,
		url: content.url ?? '',
		retailerId: content.retailerId ?? '',
		firstImageId: '',
		title: content.title,
	};
}

export function orderContent(content: ContentOf<'order'>): object {
	return {
		itemCount: content.items.reduce((sum, { quantity }) => sum + quantity, 0),
		orderId: content.orderId,
		message: content.text,
		orderTitle: content.title,
		sellerJid: content.sellerPhone,
		thumbnailUrl: content.thumbnailUrl ?? '',
		token: content.token,
		currency: content.currency,
		total: content.total,
		subTotal: content.subTotal,
		products: content.items.map(({ quantity, name, productId, retailerId, value }) => ({
			quantity,
			name,
			productId,
			retailerId: retailerId ?? '',
			price: value,
			currencyCode: content.currency,
		})),
	};
}

/** The order that asks to be paid has a `type`, of which one word is documented; the news about it has none. */
export function checkoutMember(content: ContentOf<'checkout'>): Readonly<Record<string, object>> {
	const review = {
		currency: content.currency,
		referenceId: content.referenceId,
		orderRequestId: content.orderRequestId,
		orderStatus: content.orderStatus,
		paymentStatus: content.paymentStatus,
		total: content.total,
		subTotal: content.subTotal,
		discount: content.discount,
		shipping: content.shipping,
		tax: content.tax,
		products: content.items.map(reviewed),
	};
	return content.stage === 'pay' ? { reviewAndPay: { type: 'physical-goods', ...review } } : { reviewOrder: review };
}

function reviewed({ name, quantity, isCustom, productId, value }: OrderItem): object {
	return { name, quantity, isCustomItem: isCustom ?? false, productId, value };
}

export function paymentMember({
	stage,
	value,
	currency,
	expiresAt,
	requestPhone,
	info,
}: ContentOf<'payment'>): Readonly<Record<string, object>> {
	const paymentInfo = {
		receiverPhone: info.receiverPhone,
		value: info.value,
		currencyCode: info.currency,
		status: info.status,
		transactionStatus: info.transactionStatus,
	};
	if (stage === 'sent') return { sendPayment: { paymentInfo } };
	const requested = { value, currencyCode: currency, expiration: expiresAt ?? 0, requestPhone: requestPhone ?? '' };
	return { requestPayment: { ...requested, paymentInfo } };
}
