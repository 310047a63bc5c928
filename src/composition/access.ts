/** Who may do what, and what is kept about a person. */
import { type BuiltAccess, createAccess } from '../access/access.ts';
import type { OpenIdOptions } from '../access/open-id.ts';
import { PersonalDataService } from '../access/personal-data.ts';
import type { AdminProof } from '../access/sessions.ts';
import type { Config } from '../config/config.ts';
import { createAdminAuth } from '../http/admin-auth.ts';
import type { Store } from '../ports/store.ts';
import { hashToken } from '../system/aes-sealer.ts';
import type { BuiltDelivery } from './delivery.ts';
import type { BuiltMessaging } from './messaging.ts';
import type { World } from './world.ts';

export function buildAccess(config: Config, parts: World & BuiltDelivery & BuiltMessaging & { readonly store: Store }): BuiltAccess {
	const token = config.secrets.adminToken.reveal();
	const isAdmin = createAdminAuth(token);
	const admin: AdminProof = { isToken: (given) => isAdmin(`Bearer ${given}`), of: (secret) => hashToken(`${secret} ${token}`) };
	const { staff } = parts.serviceDesk;
	const personalData = new PersonalDataService({ ...parts, wakeJobs: () => parts.jobs.wake() });
	const openIdOptions = openIdOptionsOf(config);
	return createAccess({ ...parts, personalData, staff, admin, openIdOptions, hash: hashToken, options: config.access });
}

/** Undefined where no provider is configured. */
function openIdOptionsOf({ oidc }: Config): OpenIdOptions | undefined {
	const { issuer, clientId, clientSecret, admins } = oidc;
	if (issuer === undefined || clientId === undefined) return undefined;
	return { issuer, clientId, admins, ...(clientSecret === undefined ? {} : { clientSecret: clientSecret.reveal() }) };
}
