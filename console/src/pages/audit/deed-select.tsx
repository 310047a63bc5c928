/** What was done, to be chosen among all that can be in the log: in words where there are any, and always with its route. */
import { type ComboboxItem, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/http.ts';
import type { AuditRoute } from '../../api/views.ts';
import { useWords } from '../../i18n/words.ts';
import { AUDIT_WORDS } from './audit-words.ts';
import { DEEDS, deedAt } from './deed.ts';
import type { AuditFilter } from './search.ts';

export interface DeedSelectProps {
	readonly filter: AuditFilter;
	/** Empty where nothing is chosen. */
	readonly onChange: (chosen: { readonly method: string; readonly route: string }) => void;
}

export function DeedSelect({ filter: { method = '', route = '' }, onChange }: DeedSelectProps) {
	const say = useWords(AUDIT_WORDS);
	const chosen = route === '' ? null : `${method} ${route}`.trim();
	return (
		<Select
			label={say.deed}
			placeholder={say.deedAbout}
			searchable
			clearable
			data={useDeeds(chosen)}
			value={chosen}
			nothingFoundMessage={say.noDeed}
			// Routes are longer than what is told of them in the field.
			comboboxProps={{ width: 340, position: 'bottom-start' }}
			renderOption={({ option }) => <Deed {...option} />}
			filter={({ options, search }) => options.filter((option) => 'value' in option && isFound(option, search))}
			onChange={(value) => onChange(value === null ? { method: '', route: '' } : readDeed(value))}
		/>
	);
}

/** @param chosen what is filtered by now; where the gateway knows it not, it is there as it is */
function useDeeds(chosen: string | null): readonly ComboboxItem[] {
	const say = useWords(DEEDS);
	const { data } = useQuery({
		queryKey: ['audit-routes'],
		queryFn: () => get<{ readonly items: readonly AuditRoute[] }>('/audit/routes'),
		staleTime: Number.POSITIVE_INFINITY,
	});
	const known = (data?.items ?? []).map((one) => {
		const value = `${one.method} ${one.route}`;
		return { value, label: deedAt(one, say) ?? value };
	});
	if (chosen === null || known.some(({ value }) => value === chosen)) return known;
	return [...known, { value: chosen, label: chosen }];
}

/** What an address had filtered by is perhaps a route alone. */
function readDeed(value: string): { readonly method: string; readonly route: string } {
	const [route = '', method = ''] = value.split(' ').reverse();
	return { method, route };
}

function isFound({ value, label }: ComboboxItem, search: string): boolean {
	return `${label} ${value}`.toLowerCase().includes(search.trim().toLowerCase());
}

function Deed({ value, label }: ComboboxItem) {
	return (
		<span>
			{label !== value && (
				<Text size="sm" component="span" display="block">
					{label}
				</Text>
			)}
			<Text size="xs" c="dimmed" component="span" display="block" style={{ overflowWrap: 'anywhere' }}>
				{value}
			</Text>
		</span>
	);
}
