/** The audit log: who changed what. */
import { Accordion } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { usePaged } from '../../api/pages.ts';
import type { AuditEntry } from '../../api/views.ts';
import { useWords } from '../../i18n/words.ts';
import { useChosenAccount } from '../../parts/chosen-account.ts';
import { Empty } from '../../parts/empty.tsx';
import { Listed } from '../../parts/listed.tsx';
import { Page } from '../../parts/page.tsx';
import { AuditItem } from './audit-entry.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AUDIT_WORDS } from './audit-words.ts';
import { readAuditSearch } from './search.ts';
import { useNames } from './use-names.ts';

export function AuditPage() {
	const say = useWords(AUDIT_WORDS);
	const navigate = useNavigate();
	const { open, ...filter } = readAuditSearch(useSearch({ from: '/signed-in/console/audit' }));
	const accountId = useChosenAccount();
	const list = usePaged<AuditEntry>(['audit'], '/audit', {
		accountId,
		method: filter.method,
		route: filter.route,
		actorId: filter.actor,
		since: filter.from,
		until: filter.to,
	});
	const nameOf = useNames(accountId);
	const isFiltered = Object.keys(filter).length > 0;
	const show = (id: string | null): void =>
		void navigate({ to: '/console/audit', search: { ...filter, ...(id === null ? {} : { open: id }) }, replace: true, resetScroll: false });
	return (
		<Page title={say.title} about={say.about}>
			<AuditFilters key={JSON.stringify(filter)} filter={filter} />
			<Listed
				list={list}
				empty={
					<Empty icon={ScrollText} title={isFiltered ? say.noneFiltered : say.none}>
						{isFiltered ? undefined : say.noneAbout}
					</Empty>
				}
			>
				{(entries) => (
					<Accordion variant="separated" chevronPosition="right" value={open ?? null} onChange={show}>
						{entries.map((entry) => (
							<AuditItem key={entry.id} entry={entry} nameOf={nameOf} />
						))}
					</Accordion>
				)}
			</Listed>
		</Page>
	);
}
