/** Builds the services of this room. */

import { AccountFinder, type AccountOfReads } from './account-of.ts';
import { type ApiTokenParts, ApiTokenService } from './api-tokens.ts';
import { AuditLog, type AuditOptions, type AuditParts } from './audit-log.ts';
import { type PartnerParts, PartnerService } from './partners.ts';
import type { PersonalDataService } from './personal-data.ts';
import type { Access } from './services.ts';
import { type SubscriptionParts, SubscriptionService } from './subscriptions.ts';

export interface AccessParts
	extends ApiTokenParts,
		Omit<PartnerParts, 'tokens' | 'store'>,
		SubscriptionParts,
		Omit<AuditParts, 'accounts' | 'options' | 'store' | 'observer'> {
	readonly store: ApiTokenParts['store'] & PartnerParts['store'] & AccountOfReads;
	readonly observer: AuditParts['observer'];
	readonly personalData: PersonalDataService;
	readonly options: AuditOptions;
}

export interface BuiltAccess extends Access {
	readonly audit: AuditLog;
}

export function createAccess(parts: AccessParts): BuiltAccess {
	const accounts = new AccountFinder(parts.store);
	const tokens = new ApiTokenService(parts);
	return {
		accounts,
		tokens,
		partners: new PartnerService({ ...parts, tokens }),
		subscriptions: new SubscriptionService(parts),
		audit: new AuditLog({ ...parts, accounts }),
		personalData: parts.personalData,
	};
}
