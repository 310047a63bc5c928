/** What the audit log is filtered by, and which entry is open, in the URL; times in ISO 8601. */
import { isMoment } from '../../parts/moment.ts';

export interface AuditFilter {
	readonly method?: string;
	readonly route?: string;
	readonly actor?: string;
	readonly from?: string;
	readonly to?: string;
}

export interface AuditSearch extends AuditFilter {
	/** The id of an entry. */
	readonly open?: string;
}

export function readAuditFilter(search: Record<string, unknown>): AuditFilter {
	const { from, to, ...rest } = given(search, ['method', 'route', 'actor', 'from', 'to']);
	return { ...rest, ...(isMoment(from) ? { from } : {}), ...(isMoment(to) ? { to } : {}) };
}

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
	return { ...readAuditFilter(search), ...given(search, ['open']) };
}

function given<Name extends string>(search: Record<string, unknown>, names: readonly Name[]): { readonly [N in Name]?: string } {
	const found = names.flatMap((name) => {
		const value = search[name];
		return typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [];
	});
	return Object.fromEntries(found) as { readonly [N in Name]?: string };
}
