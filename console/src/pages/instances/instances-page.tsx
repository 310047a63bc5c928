/** All instances: how each does, and the way to one. */
import { Group, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Smartphone } from 'lucide-react';
import { useMemo, useState } from 'react';
import { whole } from '../../api/pages.ts';
import type { Instance } from '../../api/views.ts';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useWayBack } from '../../parts/back-link.tsx';
import { useAccountNames, useAccounts, useChosenAccount } from '../../parts/chosen-account.ts';
import { CreateButton } from '../../parts/create-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { instancesQuery } from '../../parts/instances.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Listed } from '../../parts/listed.tsx';
import { NothingFits } from '../../parts/nothing-fits.tsx';
import { Card, Page } from '../../parts/page.tsx';
import { shownPhone } from '../../parts/phone-text.ts';
import { SearchBox } from '../../parts/search-box.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { CreateInstance } from './create-instance.tsx';
import { useInstanceHints } from './data.ts';
import { useInstancesSearch } from './instances-search.ts';
import { INSTANCE_WORDS, pacingText } from './words.ts';

const WORDS = words({
	en: {
		title: 'Instances',
		about: 'Connected phone numbers: what is sent and received goes through them.',
		create: 'New instance',
		search: 'Name or number',
		state: 'State',
		all: 'Every state',
		name: 'Name',
		phone: 'Number',
		account: 'Account',
		channel: 'Channel',
		queue: 'Queue',
		pacing: 'Pause between sends',
		none: 'No instance yet',
		noneAbout: 'An instance is a phone number. A simulated one needs no WhatsApp account and is there at once.',
		nothing: 'No instance fits',
		reset: 'Show all',
		waiting: (length: number) => `${count(length)} waiting`,
	},
	pt: {
		title: 'Instâncias',
		about: 'Números de telefone conectados: tudo o que é enviado e recebido passa por eles.',
		create: 'Nova instância',
		search: 'Nome ou número',
		state: 'Estado',
		all: 'Qualquer estado',
		name: 'Nome',
		phone: 'Número',
		account: 'Conta',
		channel: 'Canal',
		queue: 'Fila',
		pacing: 'Pausa entre envios',
		none: 'Nenhuma instância ainda',
		noneAbout: 'Uma instância é um número de telefone. Uma simulada não precisa de conta no WhatsApp e fica pronta na hora.',
		nothing: 'Nenhuma instância corresponde',
		reset: 'Mostrar todas',
		waiting: (length: number) => `${count(length)} na fila`,
	},
});

export function InstancesPage() {
	const say = useWords(WORDS);
	const accountId = useChosenAccount();
	const [isCreating, setCreating] = useState(false);
	const found = useQuery({ ...instancesQuery(accountId), refetchInterval: LOOK_AGAIN_MS });
	useInstanceHints(accountId);
	const [{ q, state }] = useInstancesSearch();
	useWayBack(useMemo(() => ({ q, state }), [q, state]));
	const create = <CreateButton label={say.create} onClick={() => setCreating(true)} />;
	return (
		<Page title={say.title} about={say.about} actions={create}>
			<Listed
				list={whole(found)}
				empty={
					<Empty icon={Smartphone} title={say.none}>
						{say.noneAbout}
					</Empty>
				}
			>
				{(instances) => (
					<>
						<Filters />
						<Fitting instances={instances} />
					</>
				)}
			</Listed>
			{isCreating && <CreateInstance onClose={() => setCreating(false)} />}
		</Page>
	);
}

/** Queue lengths are not told by the stream. */
const LOOK_AGAIN_MS = 5_000;

function Fitting({ instances }: { readonly instances: readonly Instance[] }) {
	const say = useWords(WORDS);
	const [search, go] = useInstancesSearch();
	const shown = instances.filter((instance) => fits(instance, search));
	if (shown.length > 0) return <Found instances={shown} />;
	return <NothingFits title={say.nothing} verb={say.reset} onReset={() => go({ q: undefined, state: undefined })} />;
}

function fits({ name, phone, state }: Instance, { q = '', state: wanted }: { readonly q?: string; readonly state?: string }): boolean {
	const digits = q.replace(/\D/g, '');
	const isNamed = name.toLowerCase().includes(q.trim().toLowerCase()) || (digits !== '' && phone.includes(digits));
	return isNamed && (wanted === undefined || wanted === state);
}

function Filters() {
	const say = useWords(WORDS);
	const state = useWords(INSTANCE_WORDS);
	const [search, go] = useInstancesSearch();
	return (
		<Group gap="sm">
			<SearchBox label={say.search} width={{ min: 200, max: 320 }} onSearch={(q) => go({ q })} />
			<Select
				aria-label={say.state}
				placeholder={say.all}
				clearable
				w={180}
				value={search.state ?? null}
				data={(['connected', 'disconnected'] as const).map((value) => ({ value, label: state[value] }))}
				onChange={(value) => go({ state: (value as Instance['state']) ?? undefined })}
			/>
		</Group>
	);
}

function Found({ instances }: { readonly instances: readonly Instance[] }) {
	const say = useWords(WORDS);
	const told = useWords(INSTANCE_WORDS);
	const hasAccounts = useAccounts().length > 1;
	const nameOf = useAccountNames();
	const accountOf = (id: string): string => nameOf(id) ?? id;
	return (
		<>
			<Card p={0} visibleFrom="sm">
				<Table.ScrollContainer minWidth={620} type="native">
					<Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
						<Table.Thead>
							<Table.Tr>
								<Table.Th>{say.name}</Table.Th>
								<Table.Th>{say.phone}</Table.Th>
								<Table.Th>{say.state}</Table.Th>
								{hasAccounts && <Table.Th>{say.account}</Table.Th>}
								<Table.Th>{say.channel}</Table.Th>
								<Table.Th ta="right">{say.queue}</Table.Th>
								<Table.Th ta="right">{say.pacing}</Table.Th>
							</Table.Tr>
						</Table.Thead>
						<Table.Tbody>
							{instances.map((instance) => (
								<Table.Tr key={instance.id}>
									<Table.Td style={{ overflowWrap: 'anywhere' }}>
										<Name instance={instance} />
									</Table.Td>
									<Table.Td style={{ whiteSpace: 'nowrap' }}>{shownPhone(instance.phone)}</Table.Td>
									<Table.Td>
										<State instance={instance} />
									</Table.Td>
									{hasAccounts && <Table.Td style={{ overflowWrap: 'anywhere' }}>{accountOf(instance.accountId)}</Table.Td>}
									<Table.Td>{told[instance.channel]}</Table.Td>
									<Table.Td ta="right">{count(instance.queueLength)}</Table.Td>
									<Table.Td ta="right">{pacingText(instance.pacing, told)}</Table.Td>
								</Table.Tr>
							))}
						</Table.Tbody>
					</Table>
				</Table.ScrollContainer>
			</Card>
			<Stack hiddenFrom="sm" gap="sm">
				{instances.map((instance) => (
					<Card key={instance.id} p="sm">
						<Group justify="space-between" wrap="nowrap" align="flex-start">
							<Name instance={instance} />
							<State instance={instance} />
						</Group>
						<Text size="sm">{shownPhone(instance.phone)}</Text>
						<Text size="sm" c="dimmed">
							{[hasAccounts ? accountOf(instance.accountId) : undefined, told[instance.channel], say.waiting(instance.queueLength)]
								.filter((part) => part !== undefined)
								.join(' · ')}
						</Text>
					</Card>
				))}
			</Stack>
		</>
	);
}

function Name({ instance: { id, name } }: { readonly instance: Instance }) {
	return (
		<LinkTo to="/console/instances/$instanceId" params={{ instanceId: id }} fw={600} fz="sm" style={{ overflowWrap: 'anywhere' }}>
			{name}
		</LinkTo>
	);
}

function State({ instance: { state } }: { readonly instance: Instance }) {
	const told = useWords(INSTANCE_WORDS);
	return <StateBadge tone={state === 'connected' ? 'good' : 'bad'}>{told[state]}</StateBadge>;
}
