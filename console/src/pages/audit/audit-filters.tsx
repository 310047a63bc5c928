/** What of the log is shown. It counts when it is applied: each is a question to the gateway. */
import { Button, Group, Paper, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../i18n/words.ts';
import { FoldedFilters } from '../../parts/folded-filters.tsx';
import { MomentInput } from '../../parts/moment-input.tsx';
import css from './audit.module.css';
import { AUDIT_WORDS } from './audit-words.ts';
import { DeedSelect } from './deed-select.tsx';
import { type AuditFilter, readAuditFilter } from './search.ts';
import { useActors } from './use-names.ts';

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** @param props.filter as it is applied; a new one begins the form anew (by its key) */
export function AuditFilters({ filter }: { readonly filter: AuditFilter }) {
	const say = useWords(AUDIT_WORDS);
	const navigate = useNavigate();
	const [draft, setDraft] = useState<AuditFilter>(filter);
	const actors = useActors(draft.actor);
	const set = (change: AuditFilter): void => setDraft({ ...draft, ...change });
	const apply = (event: FormEvent): void => {
		event.preventDefault();
		void navigate({ to: '/console/audit', search: readAuditFilter({ ...draft }) });
	};
	const clear = (): void => {
		setDraft({});
		void navigate({ to: '/console/audit', search: {} });
	};
	return (
		<FoldedFilters count={Object.keys(filter).length}>
			<Paper component="form" withBorder p="md" bg="var(--recado-surface)" className={css['filters']} onSubmit={apply}>
				<Select
					label={say.method}
					clearable
					data={METHODS}
					value={draft.method ?? null}
					onChange={(method) => set({ method: method ?? '' })}
				/>
				<DeedSelect filter={draft} onChange={set} />
				<Select
					label={say.actor}
					placeholder={say.actorAbout}
					searchable
					clearable
					data={actors}
					value={draft.actor ?? null}
					onChange={(actor) => set({ actor: actor ?? '' })}
				/>
				<MomentInput label={say.from} value={draft.from} onChange={(from) => set({ from: from ?? '' })} />
				<MomentInput label={say.to} value={draft.to} onChange={(to) => set({ to: to ?? '' })} />
				<Group className={css['buttons']} gap="xs" justify="flex-end">
					<Button variant="default" onClick={clear}>
						{say.clear}
					</Button>
					<Button type="submit">{say.filter}</Button>
				</Group>
			</Paper>
		</FoldedFilters>
	);
}
