/** All webhooks, whoever registered them: how each does, and the way to one. */
import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Webhook as WebhookIcon } from 'lucide-react';
import { useMemo } from 'react';
import { whole } from '../../api/pages.ts';
import type { Instance, Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useWayBack } from '../../parts/back-link.tsx';
import { useChosenAccount } from '../../parts/chosen-account.ts';
import { CreateButton } from '../../parts/create-button.tsx';
import { DIALECT_NAMES } from '../../parts/dialect-names.ts';
import { Empty } from '../../parts/empty.tsx';
import { instancesQuery } from '../../parts/instances.ts';
import { Listed } from '../../parts/listed.tsx';
import { NothingFits } from '../../parts/nothing-fits.tsx';
import { Page } from '../../parts/page.tsx';
import { SearchBox } from '../../parts/search-box.tsx';
import { CreateWebhook } from './create-webhook.tsx';
import { useWebhookHints, useWebhooks } from './data.ts';
import { WebhookList } from './webhook-list.tsx';
import { WEBHOOK_WORDS } from './webhook-words.ts';
import { DIALECTS, STATUSES, useNewWebhook, useWebhooksSearch, type WebhooksSearch } from './webhooks-search.ts';

const WORDS = words({
	en: {
		title: 'Webhooks',
		about: 'Addresses that are told what happens: in order, signed, and again until they answer.',
		create: 'New webhook',
		search: 'Address, instance or id',
		status: 'Every status',
		dialect: 'Every API',
		statusLabel: 'Status',
		dialectLabel: 'API',
		none: 'No webhook yet',
		noneAbout: 'Register the address of your system, and everything that happens is pushed to it: messages, their statuses, attendances.',
		nothing: 'No webhook fits',
		reset: 'Show all',
	},
	pt: {
		title: 'Webhooks',
		about: 'Endereços que são avisados do que acontece: em ordem, com assinatura e de novo até responderem.',
		create: 'Novo webhook',
		search: 'Endereço, instância ou id',
		status: 'Qualquer situação',
		dialect: 'Qualquer API',
		statusLabel: 'Situação',
		dialectLabel: 'API',
		none: 'Nenhum webhook ainda',
		noneAbout: 'Cadastre o endereço do seu sistema e tudo o que acontecer será enviado para ele: mensagens, status, atendimentos.',
		nothing: 'Nenhum webhook corresponde',
		reset: 'Mostrar todos',
	},
});

const NOTHING_CHOSEN = { q: undefined, status: undefined, dialect: undefined };

export function WebhooksPage() {
	const say = useWords(WORDS);
	const accountId = useChosenAccount();
	const [search] = useWebhooksSearch();
	const { open, close } = useNewWebhook();
	const { q, status, dialect } = search;
	useWayBack(useMemo(() => ({ q, status, dialect }), [q, status, dialect]));
	const found = useWebhooks(accountId);
	const { data: instances = [] } = useQuery(instancesQuery(accountId));
	useWebhookHints(accountId);
	const create = <CreateButton label={say.create} onClick={open} />;
	return (
		<Page title={say.title} about={say.about} actions={create}>
			<Listed
				list={whole(found)}
				empty={
					<Empty icon={WebhookIcon} title={say.none} action={create}>
						{say.noneAbout}
					</Empty>
				}
			>
				{(webhooks) => (
					<>
						<Filters />
						<Fitting webhooks={webhooks} instances={instances} />
					</>
				)}
			</Listed>
			{search.create && <CreateWebhook instanceId={search.instance} onClose={close} />}
		</Page>
	);
}

function Fitting({ webhooks, instances }: { readonly webhooks: readonly Webhook[]; readonly instances: readonly Instance[] }) {
	const say = useWords(WORDS);
	const [search, go] = useWebhooksSearch();
	const shown = webhooks.filter((webhook) => fits(webhook, search, instances));
	if (shown.length > 0) return <WebhookList webhooks={shown} instances={instances} />;
	return <NothingFits title={say.nothing} verb={say.reset} onReset={() => go(NOTHING_CHOSEN)} />;
}

function fits(webhook: Webhook, { q = '', status, dialect }: WebhooksSearch, instances: readonly Instance[]): boolean {
	const wanted = q.trim().toLowerCase();
	const instance = instances.find(({ id }) => id === webhook.instanceId);
	const names = [webhook.url, webhook.id, webhook.instanceId ?? '', instance?.name ?? '', instance?.phone ?? ''];
	return (
		(status === undefined || status === webhook.status) &&
		(dialect === undefined || dialect === webhook.dialect) &&
		names.some((name) => name.toLowerCase().includes(wanted))
	);
}

function Filters() {
	const say = useWords(WORDS);
	const told = useWords(WEBHOOK_WORDS);
	const [search, go] = useWebhooksSearch();
	return (
		<Group gap="sm">
			<SearchBox label={say.search} width={{ min: 220, max: 360 }} onSearch={(q) => go({ q })} />
			<Select
				aria-label={say.statusLabel}
				placeholder={say.status}
				clearable
				flex="1 1 150px"
				maw={{ sm: 190 }}
				value={search.status ?? null}
				data={STATUSES.map((value) => ({ value, label: told.status[value] }))}
				onChange={(value) => go({ status: STATUSES.find((one) => one === value) })}
			/>
			<Select
				aria-label={say.dialectLabel}
				placeholder={say.dialect}
				clearable
				flex="1 1 150px"
				maw={{ sm: 190 }}
				value={search.dialect ?? null}
				data={DIALECTS.map((value) => ({ value, label: DIALECT_NAMES[value] }))}
				onChange={(value) => go({ dialect: DIALECTS.find((one) => one === value) })}
			/>
		</Group>
	);
}
