/** The settings of an account's desk, a tab each. */
import { Box, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { type ComponentType, useEffect, useRef } from 'react';
import { useSession } from '../../api/session.ts';
import { useWords } from '../../i18n/words.ts';
import { Empty } from '../../parts/empty.tsx';
import { OneAccount } from '../../parts/one-account.tsx';
import { Page } from '../../parts/page.tsx';
import { Buttons } from './buttons.tsx';
import { Categories } from './categories/categories.tsx';
import { Departments } from './departments.tsx';
import { Hours } from './hours/hours.tsx';
import { Operators } from './operators/operators.tsx';
import { QuickReplies } from './quick-replies.tsx';
import { readSettingsSearch, TABS, type Tab } from './settings-search.ts';
import { WORDS } from './settings-words.ts';
import { Survey } from './survey/survey.tsx';
import { Ura } from './ura/ura.tsx';

const PARTS: Readonly<Record<Tab, ComponentType<{ readonly accountId: string }>>> = {
	departments: Departments,
	operators: Operators,
	categories: Categories,
	hours: Hours,
	ura: Ura,
	survey: Survey,
	replies: QuickReplies,
	buttons: Buttons,
};

export function DeskSettingsPage() {
	const say = useWords(WORDS);
	const session = useSession();
	if (session.kind === 'operator' && session.role !== 'admin') {
		return (
			<Page title={say.title}>
				<Empty icon={Lock} title={say.notYours}>
					{say.notYoursText}
				</Empty>
			</Page>
		);
	}
	return <OneAccount title={say.title}>{(accountId) => <Settings key={accountId} accountId={accountId} />}</OneAccount>;
}

function Settings({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const navigate = useNavigate();
	const { tab = 'departments' } = readSettingsSearch(useSearch({ strict: false }));
	const Part = PARTS[tab];
	const here = useRef<HTMLButtonElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: on narrow screens it may be out of sight
	useEffect(() => {
		here.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
	}, [tab]);
	return (
		<Page title={say.title} about={say.about}>
			<Tabs
				value={tab}
				onChange={(next) => void navigate({ to: '/console/desk/settings', search: { tab: next as Tab } })}
				keepMounted={false}
			>
				<Box style={{ overflowX: 'auto' }}>
					<Tabs.List style={{ flexWrap: 'nowrap', minWidth: 'max-content' }}>
						{TABS.map((name) => (
							<Tabs.Tab key={name} value={name} ref={name === tab ? here : null}>
								{say[name]}
							</Tabs.Tab>
						))}
					</Tabs.List>
				</Box>
				<Tabs.Panel value={tab} pt="lg" tabIndex={-1}>
					<Part accountId={accountId} />
				</Tabs.Panel>
			</Tabs>
		</Page>
	);
}
