/** What is kept of partners and of the accounts that belong to them. */
import { type Collection, collection } from '../ports/documents.ts';

export interface PartnerRecord {
	readonly name: string;
}

export interface PartnerAccountRecord {
	readonly externalId?: string;
	readonly sessionName?: string;
	readonly active: boolean;
}

export const PARTNERS: Collection<PartnerRecord> = collection<PartnerRecord>('partners');
/** By the account's id; hangs on the partner. */
export const PARTNER_ACCOUNTS: Collection<PartnerAccountRecord> = collection<PartnerAccountRecord>('partner-accounts');
