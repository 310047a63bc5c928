/** What the gateway runs with: to be looked up, and not changed here. */
import { Paper, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { get } from '../../api/http.ts';
import type { Settings } from '../../api/views.ts';
import { count } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.ts';
import { useWords } from '../../i18n/words.ts';
import { Loading } from '../../parts/loading.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Fact, Facts } from '../webhooks/facts.tsx';
import { MEANINGS_PT } from './meanings-pt.ts';
import { type Option, OptionRow } from './option-row.tsx';
import { GROUPS_PT, SETTINGS_WORDS } from './settings-words.ts';

type Group = Settings['groups'][number];

export function SettingsPage() {
	const say = useWords(SETTINGS_WORDS);
	const { data, error, refetch } = useQuery({ queryKey: ['settings'], queryFn: () => get<Settings>('/settings') });
	return (
		<Page title={say.title} about={say.about}>
			{error && <Problem error={error} onRetry={() => void refetch()} />}
			{data ? (
				<>
					<Gateway settings={data} />
					<Options groups={data.groups} />
				</>
			) : (
				!error && <Loading />
			)}
		</Page>
	);
}

function Gateway({ settings: { version, publicUrl, store, processes } }: { readonly settings: Settings }) {
	const say = useWords(SETTINGS_WORDS);
	return (
		<Card title={say.gateway}>
			<Facts>
				<Fact name={say.version}>{version}</Fact>
				<Fact name={say.publicUrl}>{publicUrl}</Fact>
				<Fact name={say.store}>
					{say[store.engine]} · {say.schema(count(store.schema))}
				</Fact>
				{store.directory !== undefined && <Fact name={say.directory}>{store.directory}</Fact>}
				<Fact name={say.processes}>{count(processes)}</Fact>
			</Facts>
		</Card>
	);
}

function Options({ groups }: { readonly groups: readonly Group[] }) {
	const say = useWords(SETTINGS_WORDS);
	const isPortuguese = useLanguage() === 'pt';
	const [text, setText] = useState('');
	const inWords = (option: Option): Option =>
		isPortuguese ? { ...option, description: MEANINGS_PT[option.name] ?? option.description } : option;
	const found = groups
		.map(({ name, title, settings }) => ({
			...{ name, title: isPortuguese ? (GROUPS_PT[name] ?? title) : title },
			options: settings.map(inWords).filter((option) => matches(option, text)),
		}))
		.filter(({ options }) => options.length > 0);
	return (
		<>
			<TextInput
				type="search"
				label={say.search}
				placeholder={say.searchAbout}
				leftSection={<Search size={16} aria-hidden />}
				value={text}
				onChange={(event) => setText(event.currentTarget.value)}
			/>
			<div role="status">{found.length === 0 && <Text c="dimmed">{say.none(text.trim())}</Text>}</div>
			{found.map(({ name, title, options }) => (
				<Card key={name} title={title}>
					<Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
						{options.map((option) => (
							<Paper key={option.name} component="li" withBorder p="sm">
								<OptionRow option={option} />
							</Paper>
						))}
					</Stack>
				</Card>
			))}
		</>
	);
}

/** Each word of the text has to be there somewhere. */
function matches({ name, value = '', description }: Option, text: string): boolean {
	const all = folded(`${name} ${value} ${description}`);
	return folded(text)
		.split(/\s+/)
		.every((word) => all.includes(word));
}

/** Who looks for `sessao` finds `sessão`. */
function folded(text: string): string {
	return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
