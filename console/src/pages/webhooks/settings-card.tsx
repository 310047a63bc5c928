/** How it is served, at a glance; changed by its form. */
import { Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Webhook } from '../../api/views.ts';
import { count, dateTime } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useAccounts } from '../../parts/chosen-account.ts';
import { Copyable } from '../../parts/copy.tsx';
import { DIALECT_NAMES } from '../../parts/dialect-names.ts';
import { useEventNames } from '../../parts/event-names.ts';
import { instancesQuery } from '../../parts/instances.ts';
import { LinkTo } from '../../parts/link-to.tsx';
import { Card } from '../../parts/page.tsx';
import { writeDuration, writeSchedule } from './durations.ts';
import { Fact, Facts } from './facts.tsx';
import { useInForce } from './settings-card-defaults.ts';
import { WEBHOOK_WORDS } from './webhook-words.ts';

const WORDS = words({
	en: {
		title: 'Settings',
		url: 'Address',
		id: 'Id',
		dialect: 'API of the payloads',
		form: (form: string) => `form ${form}`,
		registered: 'registered through its API',
		account: 'Account',
		instance: 'Instance',
		events: 'Events',
		order: 'Order',
		schedule: 'Pauses before each attempt',
		patience: 'Given up after',
		concurrency: 'At once, at most',
		rate: 'Per second, at most',
		usual: (inForce: string | undefined) => (inForce === undefined ? 'default' : `${inForce} (default)`),
		fast: 'as fast as they go',
		headers: 'Own headers',
		authentication: 'Authentication',
		none: 'none',
		created: 'Created',
	},
	pt: {
		title: 'Configuração',
		url: 'Endereço',
		id: 'Id',
		dialect: 'API dos payloads',
		form: (form: string) => `geração ${form}`,
		registered: 'cadastrado pela própria API',
		account: 'Conta',
		instance: 'Instância',
		events: 'Eventos',
		order: 'Ordem',
		schedule: 'Pausas antes de cada tentativa',
		patience: 'Desiste depois de',
		concurrency: 'Ao mesmo tempo, no máximo',
		rate: 'Por segundo, no máximo',
		usual: (inForce: string | undefined) => (inForce === undefined ? 'padrão' : `${inForce} (padrão)`),
		fast: 'sem limite',
		headers: 'Headers próprios',
		authentication: 'Autenticação',
		none: 'nenhuma',
		created: 'Criado em',
	},
});

export function SettingsCard({ webhook }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const told = useWords(WEBHOOK_WORDS);
	const names = useEventNames();
	const inForce = useInForce();
	const { id, url, dialect, form, origin, events, order, headerNames, authentication, createdAt } = webhook;
	const { scheduleMs, patienceMs, concurrency, ratePerSecond } = webhook;
	const payloads = [DIALECT_NAMES[dialect], form && say.form(form), origin === 'dialect' && say.registered].filter(Boolean);
	return (
		<Card title={say.title}>
			<Facts>
				<Fact name={say.url}>{url}</Fact>
				<Fact name={say.id}>
					<Copyable value={id} />
				</Fact>
				<Owner webhook={webhook} />
				<Fact name={say.dialect}>{payloads.join(' · ')}</Fact>
				<Fact name={say.events}>
					<Stack gap={2} component="span">
						{events.map((type) => (
							<Text key={type} size="sm" component="span">
								{names[type]}{' '}
								<Text span size="xs" c="dimmed" ff="monospace">
									{type}
								</Text>
							</Text>
						))}
					</Stack>
				</Fact>
				<Fact name={say.order}>{told.order[order]}</Fact>
				<Fact name={say.schedule}>
					{scheduleMs ? writeSchedule(scheduleMs) : say.usual(inForce('RECADO_RETRY_SCHEDULE')?.replaceAll(/,\s*/g, ', '))}
				</Fact>
				<Fact name={say.patience}>
					{patienceMs === undefined ? say.usual(inForce('RECADO_DELIVERY_PATIENCE')) : writeDuration(patienceMs)}
				</Fact>
				<Fact name={say.concurrency}>
					{concurrency === undefined ? say.usual(inForce('RECADO_WEBHOOK_CONCURRENCY')) : count(concurrency)}
				</Fact>
				<Fact name={say.rate}>{ratePerSecond === undefined ? say.fast : count(ratePerSecond)}</Fact>
				<Fact name={say.headers}>
					{headerNames.length === 0 ? (
						say.none
					) : (
						<Group gap={6} component="span">
							{headerNames.map((name) => (
								<Code key={name}>{name}</Code>
							))}
						</Group>
					)}
				</Fact>
				<Fact name={say.authentication}>{authentication ? (authentication.scheme === 'basic' ? 'Basic' : 'Bearer') : say.none}</Fact>
				<Fact name={say.created}>{dateTime(createdAt)}</Fact>
			</Facts>
		</Card>
	);
}

function Owner({ webhook: { accountId, instanceId } }: { readonly webhook: Webhook }) {
	const say = useWords(WORDS);
	const told = useWords(WEBHOOK_WORDS);
	const account = useAccounts().find(({ id }) => id === accountId);
	const { data: instances = [] } = useQuery(instancesQuery(accountId));
	return (
		<>
			{account && (
				<Fact name={say.account}>
					<LinkTo to="/console/accounts/$accountId" params={{ accountId }} size="sm">
						{account.name}
					</LinkTo>
				</Fact>
			)}
			<Fact name={say.instance}>
				{instanceId === undefined ? (
					told.wholeAccount
				) : (
					<LinkTo to="/console/instances/$instanceId" params={{ instanceId }} size="sm">
						{instances.find(({ id }) => id === instanceId)?.name ?? instanceId}
					</LinkTo>
				)}
			</Fact>
		</>
	);
}
