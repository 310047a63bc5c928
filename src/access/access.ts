/** Builds the services of this room. */

import { AccountFinder, type AccountOfReads } from './account-of.ts';
import { type ApiTokenParts, ApiTokenService } from './api-tokens.ts';
import { AuditLog, type AuditParts, ENTRIES } from './audit-log.ts';
import { FAMILIAR_MS, FAMILIAR_PLACES } from './familiar-places.ts';
import { type OldDocumentParts, OldDocuments } from './old-documents.ts';
import { OpenId, type OpenIdOptions } from './open-id.ts';
import { type PartnerParts, PartnerService } from './partners.ts';
import type { PersonalDataService } from './personal-data.ts';
import type { Access } from './services.ts';
import { LINKS, SESSIONS } from './session-records.ts';
import { LINK_MS, type SessionOptions, type SessionParts, SessionService } from './sessions.ts';
import { type SubscriptionParts, SubscriptionService } from './subscriptions.ts';

export interface AccessParts
	extends ApiTokenParts,
		Omit<PartnerParts, 'tokens' | 'store' | 'directory'>,
		SubscriptionParts,
		Omit<SessionParts, 'tokens' | 'store' | 'directory' | 'options'>,
		Omit<AuditParts, 'accounts' | 'store'> {
	readonly store: ApiTokenParts['store'] & PartnerParts['store'] & AccountOfReads;
	readonly directory: PartnerParts['directory'] & SessionParts['directory'];
	readonly observer: OldDocumentParts['observer'];
	readonly personalData: PersonalDataService;
	/** Undefined: nobody signs in by OpenID Connect. */
	readonly openIdOptions: OpenIdOptions | undefined;
	readonly options: AccessOptions;
}

export interface AccessOptions extends SessionOptions {
	/** How long entries of the audit log are kept. */
	readonly auditRetentionMs: number;
}

export interface BuiltAccess extends Access {
	readonly audit: AuditLog;
	readonly oldDocuments: OldDocuments;
	readonly personalData: PersonalDataService;
}

export function createAccess(parts: AccessParts): BuiltAccess {
	const accounts = new AccountFinder(parts.store);
	const tokens = new ApiTokenService(parts);
	const { auditRetentionMs, sessionIdleMs } = parts.options;
	const kinds = [
		{ collection: ENTRIES, keptMs: auditRetentionMs },
		{ collection: SESSIONS, keptMs: sessionIdleMs },
		{ collection: LINKS, keptMs: LINK_MS },
		{ collection: FAMILIAR_PLACES, keptMs: FAMILIAR_MS },
	];
	return {
		accounts,
		tokens,
		sessions: new SessionService({ ...parts, tokens }),
		openId: parts.openIdOptions && new OpenId({ ...parts, options: parts.openIdOptions }),
		partners: new PartnerService({ ...parts, tokens }),
		subscriptions: new SubscriptionService(parts),
		audit: new AuditLog({ ...parts, accounts }),
		oldDocuments: new OldDocuments({ ...parts, kinds }),
		personalData: parts.personalData,
	};
}
