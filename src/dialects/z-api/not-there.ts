/**
 * Operations of Z-API that are documented and not there yet, each answered 501 in the dialect's form. The README lists them by group.
 * Written out, so that a request for one of them is told from a path that nobody ever had.
 */
import type { FastifyInstance } from 'fastify';
import { RecadoError } from '../../errors.ts';
import { INSTANCE_PATH } from './authentication.ts';

export type MissingGroup = 'business' | 'newsletter' | 'mobile' | 'metaai';

export interface MissingOperation {
	/** As in the contracts: `newsletter.create-newsletter`. */
	readonly id: string;
	readonly group: MissingGroup;
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** What follows the instance and its token, in the manner of the router. */
	readonly path: string;
}

export const NOT_THERE: readonly MissingOperation[] = [
	{ id: 'business.add-product-to-collection', group: 'business', method: 'POST', path: '/catalogs/collection/add-product' },
	{ id: 'business.available-categories', group: 'business', method: 'GET', path: '/business/available-categories' },
	{ id: 'business.create-collection', group: 'business', method: 'POST', path: '/catalogs/collection' },
	{ id: 'business.create-tag', group: 'business', method: 'POST', path: '/business/create-tag' },
	{ id: 'business.delete-collection', group: 'business', method: 'DELETE', path: '/catalogs/collection/:collectionId' },
	{ id: 'business.delete-product', group: 'business', method: 'DELETE', path: '/products/:productId' },
	{ id: 'business.delete-tag', group: 'business', method: 'DELETE', path: '/business/tag/:tagId' },
	{ id: 'business.edit-collection', group: 'business', method: 'POST', path: '/catalogs/collection-edit/:collectionId' },
	{ id: 'business.edit-product', group: 'business', method: 'POST', path: '/products' },
	{ id: 'business.edit-tag', group: 'business', method: 'POST', path: '/business/edit-tag/:tagId' },
	{ id: 'business.get-product-id', group: 'business', method: 'GET', path: '/products/:productId' },
	{ id: 'business.get-products-phone-v2', group: 'business', method: 'POST', path: '/catalogs/:phone' },
	{ id: 'business.get-products-phone', group: 'business', method: 'GET', path: '/catalogs/:phone' },
	{ id: 'business.get-products-v2', group: 'business', method: 'POST', path: '/catalogs' },
	{ id: 'business.get-products', group: 'business', method: 'GET', path: '/catalogs' },
	{ id: 'business.get-tags-colors', group: 'business', method: 'GET', path: '/business/tags/colors' },
	{ id: 'business.list-collection-products', group: 'business', method: 'GET', path: '/catalogs/collection-products/:catalogOwnerPhone' },
	{ id: 'business.list-collections', group: 'business', method: 'GET', path: '/catalogs/collection' },
	{ id: 'business.profile', group: 'business', method: 'GET', path: '/business/profile' },
	{ id: 'business.remove-product-from-collection', group: 'business', method: 'POST', path: '/catalogs/collection/remove-product' },
	{ id: 'business.save-catalog-config', group: 'business', method: 'POST', path: '/catalogs/config' },
	{ id: 'business.save-chats-notes', group: 'business', method: 'POST', path: '/chats/:phone/notes' },
	{ id: 'business.set-address', group: 'business', method: 'POST', path: '/business/company-address' },
	{ id: 'business.set-business-hours', group: 'business', method: 'POST', path: '/business/hours' },
	{ id: 'business.set-categories', group: 'business', method: 'POST', path: '/business/categories' },
	{ id: 'business.set-description', group: 'business', method: 'POST', path: '/business/company-description' },
	{ id: 'business.set-email', group: 'business', method: 'POST', path: '/business/company-email' },
	{ id: 'business.set-websites', group: 'business', method: 'POST', path: '/business/company-websites' },
	{ id: 'business.tags-add', group: 'business', method: 'PUT', path: '/chats/:phone/tags/:tag/add' },
	{ id: 'business.tags-remove', group: 'business', method: 'PUT', path: '/chats/:phone/tags/:tag/remove' },
	{ id: 'business.tags', group: 'business', method: 'GET', path: '/tags' },
	{ id: 'metaai.conversation', group: 'metaai', method: 'POST', path: '/send-text' },
	{ id: 'mobile.captcha-confirm', group: 'mobile', method: 'POST', path: '/mobile/respond-captcha' },
	{ id: 'mobile.confirm-code', group: 'mobile', method: 'POST', path: '/mobile/confirm-registration-code' },
	{ id: 'mobile.confirm-security-code', group: 'mobile', method: 'POST', path: '/mobile/confirm-pin-code' },
	{ id: 'mobile.forgot-security-code', group: 'mobile', method: 'POST', path: '/mobile/recovery-pin-code' },
	{ id: 'mobile.get-account-email', group: 'mobile', method: 'GET', path: '/security/email' },
	{ id: 'mobile.get-has-security-code', group: 'mobile', method: 'GET', path: '/security/two-fa-code' },
	{ id: 'mobile.registration-available', group: 'mobile', method: 'POST', path: '/mobile/registration-available' },
	{ id: 'mobile.remove-account-email', group: 'mobile', method: 'POST', path: '/security/email/remove' },
	{ id: 'mobile.remove-security-code', group: 'mobile', method: 'POST', path: '/security/two-fa-code/remove' },
	{ id: 'mobile.request-code', group: 'mobile', method: 'POST', path: '/mobile/request-registration-code' },
	{ id: 'mobile.request-unbanning', group: 'mobile', method: 'POST', path: '/mobile/request-unbanning' },
	{ id: 'mobile.set-account-email', group: 'mobile', method: 'POST', path: '/security/email' },
	{ id: 'mobile.set-security-code', group: 'mobile', method: 'POST', path: '/security/two-fa-code' },
	{ id: 'mobile.verify-email', group: 'mobile', method: 'POST', path: '/security/verify-email' },
	{
		id: 'newsletter.accept-newsletter-admin-invite',
		group: 'newsletter',
		method: 'POST',
		path: '/newsletter/accept-admin-invite/:newsletterId',
	},
	{ id: 'newsletter.create-newsletter', group: 'newsletter', method: 'POST', path: '/create-newsletter' },
	{ id: 'newsletter.delete-newsletter', group: 'newsletter', method: 'DELETE', path: '/delete-newsletter' },
	{ id: 'newsletter.follow-newsletter', group: 'newsletter', method: 'PUT', path: '/follow-newsletter' },
	{ id: 'newsletter.mute-newsletter', group: 'newsletter', method: 'PUT', path: '/mute-newsletter' },
	{ id: 'newsletter.newsletter-list', group: 'newsletter', method: 'GET', path: '/newsletter' },
	{ id: 'newsletter.newsletter-metadata', group: 'newsletter', method: 'GET', path: '/newsletter/metadata/:newsletterId' },
	{ id: 'newsletter.remove-admin', group: 'newsletter', method: 'POST', path: '/newsletter/remove-admin/:newsletterId' },
	{ id: 'newsletter.revoke-admin-invite', group: 'newsletter', method: 'POST', path: '/newsletter/revoke-admin-invite/:newsletterId' },
	{ id: 'newsletter.search-newsletter', group: 'newsletter', method: 'POST', path: '/search-newsletter' },
	{ id: 'newsletter.transfer-ownership', group: 'newsletter', method: 'POST', path: '/newsletter/transfer-ownership/:newsletterId' },
	{ id: 'newsletter.unfollow-newsletter', group: 'newsletter', method: 'PUT', path: '/unfollow-newsletter' },
	{ id: 'newsletter.unmute-newsletter', group: 'newsletter', method: 'PUT', path: '/unmute-newsletter' },
	{ id: 'newsletter.update-channel-picture', group: 'newsletter', method: 'POST', path: '/update-newsletter-picture' },
	{ id: 'newsletter.update-newsletter-config', group: 'newsletter', method: 'POST', path: '/newsletter/settings/:newsletterId' },
	{ id: 'newsletter.update-newsletter-description', group: 'newsletter', method: 'POST', path: '/update-newsletter-description' },
	{ id: 'newsletter.update-newsletter-name', group: 'newsletter', method: 'POST', path: '/update-newsletter-name' },
];

/** Written to, and named in groups, Meta's assistant answers: the one missing operation that shares its path with one that is there. */
const META_AI = '13135550002';

export const META_AI_NOTE: string = `Written to Meta's assistant (${META_AI}), or naming it, it is answered 501: \`metaai.conversation\` is not there yet.`;

/** Throws not_implemented. */
export function refuseMetaAi(phone: string, mentioned: readonly string[] = []): void {
	if (phone === META_AI || mentioned.includes(META_AI)) throw notThere('metaai.conversation');
}

export function missingRoutes(scope: FastifyInstance): void {
	for (const { id, group, method, path } of NOT_THERE) {
		if (group === 'metaai') continue;
		const config = { isBodyOptional: true, isNotThere: true } as const;
		scope.route({ method, url: `${INSTANCE_PATH}${path}`, config, handler: () => Promise.reject(notThere(id)) });
	}
}

function notThere(operation: string): RecadoError {
	return new RecadoError('not_implemented', { details: { operation } });
}
