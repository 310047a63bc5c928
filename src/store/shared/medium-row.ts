/** The row of a link to a medium, as both stores have it. */
import type { StoredMedium } from '../../ports/media.ts';
import { present } from './row-values.ts';

export interface MediumRow {
	readonly id: string;
	readonly account_id: string;
	readonly mime_type: string;
	readonly file_name: string | null;
	readonly sha256: string | null;
	readonly size: number | null;
	readonly created_at: number;
	readonly expires_at: number;
	readonly message_id: string | null;
}

export function toMedium(row: MediumRow): StoredMedium {
	return {
		id: row.id,
		accountId: row.account_id,
		mimeType: row.mime_type,
		...present({ fileName: row.file_name, messageId: row.message_id }),
		...(row.sha256 === null ? {} : { blob: { sha256: row.sha256, size: row.size ?? 0 } }),
		createdAt: row.created_at,
		expiresAt: row.expires_at,
	};
}
