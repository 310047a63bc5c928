/** The simulator as a phone on the screen, and beside it what each act on it tells the webhooks. */
import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { MessageSquareText, Webhook as WebhookIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { fetched } from '../../api/code.ts';
import type { Instance } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page } from '../../parts/page.tsx';
import { MARIA, type Person } from '../../parts/people.ts';
import { Problem } from '../../parts/problem.tsx';
import { useStillHere } from '../../parts/still-here.ts';
import { modeOf } from './behaviour.ts';
import { CustomerBar } from './customer-bar.tsx';
import { useBehaviour, useCustomers, useLookAgain, useSimulators } from './data.ts';
import { GatewayPanel } from './gateway-panel.tsx';
import { useLiveDeliveries } from './live-deliveries.ts';
import { LiveWebhooks } from './live-webhooks.tsx';
import css from './phone.module.css';
import { Phone } from './phone.tsx';
import { usePhoneSearch } from './phone-search.ts';

const WORDS = words({
	en: {
		title: 'Phone',
		about: 'Be a customer: write, react, go offline, and watch what your webhooks are told.',
		phone: 'Phone',
		gateway: 'Webhooks',
	},
	pt: {
		title: 'Telefone',
		about: 'Seja um cliente: escreva, reaja, fique offline e veja o que seus webhooks recebem.',
		phone: 'Telefone',
		gateway: 'Webhooks',
	},
});

/** Most gateways that have this page open have one. */
const NoSimulator = lazy(() => fetched(async () => ({ default: (await import('./no-simulator.tsx')).NoSimulator })));

/** Below it there is no room for two columns. Mantine's `md`. */
const TWO_COLUMNS = '(min-width: 62em)';

export function PhonePage() {
	const say = useWords(WORDS);
	const isWide = useIsWide();
	const [search] = usePhoneSearch();
	const simulators = useSimulators();
	const instances = simulators.data;
	const instance = instances?.find(({ id }) => id === search.instance) ?? instances?.[0];
	return (
		<Page title={say.title} about={isWide ? say.about : undefined}>
			{simulators.error !== null && <Problem error={simulators.error} onRetry={() => void simulators.refetch()} />}
			{simulators.isLoading && <Loading />}
			{instances?.length === 0 && (
				<Suspense fallback={<Loading />}>
					<NoSimulator />
				</Suspense>
			)}
			{instances && instance && <Simulated key={instance.id} instances={instances} instance={instance} />}
		</Page>
	);
}

function Simulated({ instances, instance }: { readonly instances: readonly Instance[]; readonly instance: Instance }) {
	const say = useWords(WORDS);
	const [search, go] = usePhoneSearch();
	const isStillHere = useStillHere();
	const found = useCustomers(instance.id);
	// Whose chat is known by something else than a number has no phone to be shown.
	const customers = found.data?.filter(({ phone }) => /^\d+$/.test(phone)) ?? [];
	// Who is suggested where nobody has written stays as well.
	const shown = useFirst(found.data && (customers[0]?.phone ?? MARIA.phone));
	const phone = search.phone ?? shown ?? MARIA.phone;
	const chat = customers.find((one) => one.phone === phone);
	// In a group it is another chat that is heard.
	const spoken = search.chat === undefined ? chat : found.data?.find((one) => one.phone === search.chat);
	const behaviour = useBehaviour({ instanceId: instance.id, phone }).data;
	const isSuggested = search.phone === undefined && phone === MARIA.phone && chat === undefined;
	const person: Person = { phone, name: isSuggested ? MARIA.name : (chat?.name ?? behaviour?.name ?? '') };
	const lookAgain = useLookAgain(instance.id);
	const live = useLiveDeliveries(instance, spoken?.id, {
		onChats: (chatIds) => {
			if (chatIds === undefined) lookAgain.screenPerhaps();
			else if (spoken === undefined || chatIds.has(spoken.id)) lookAgain.screen();
			lookAgain.customers();
		},
		onInstance: lookAgain.instance,
	});
	// Whether it is connected is told by the stream, while there is one.
	useSimulators({ isRepeated: live.state === 'lost' });
	const isWide = useIsWide();
	if (found.error !== null && !found.data) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
	if (!found.data) return <Loading />;
	const mode = behaviour ? modeOf(behaviour) : 'reads';
	const left = (
		<Phone
			key={`${phone} ${search.chat ?? ''}`}
			instance={instance}
			person={person}
			chat={spoken}
			behaviour={behaviour}
			mode={mode}
			group={search.chat}
			onGroup={(address) => go({ chat: address })}
			name={isSuggested ? person.name : undefined}
			onWritten={() => search.phone === undefined && isStillHere() && go({ phone })}
		/>
	);
	const right = (
		<div className={css['side']}>
			<LiveWebhooks instance={instance} live={live} />
			<GatewayPanel key={phone} instance={instance} person={person} chat={chat} />
		</div>
	);
	return (
		<>
			<CustomerBar
				instances={instances}
				instance={instance}
				customers={customers}
				person={person}
				mode={mode}
				onInstance={(id) => go({ instance: id, phone: undefined, chat: undefined })}
				onPhone={(chosen) => go({ phone: chosen, chat: undefined })}
			/>
			{isWide ? (
				<div className={css['columns']}>
					{left}
					{right}
				</div>
			) : (
				<Tabs value={search.side ?? 'phone'} onChange={(side) => go({ side: side === 'webhooks' ? side : undefined })} keepMounted={false}>
					<Tabs.List grow mb="sm">
						<Tabs.Tab value="phone" leftSection={<MessageSquareText size={16} aria-hidden />}>
							{say.phone}
						</Tabs.Tab>
						<Tabs.Tab value="webhooks" leftSection={<WebhookIcon size={16} aria-hidden />}>
							{say.gateway} {live.items.length > 0 && `(${live.items.length})`}
						</Tabs.Tab>
					</Tabs.List>
					<Tabs.Panel value="phone">{left}</Tabs.Panel>
					<Tabs.Panel value="webhooks">{right}</Tabs.Panel>
				</Tabs>
			)}
		</>
	);
}

/** Who was there first stays: whoever writes to somebody is not taken elsewhere because another one writes, too. */
function useFirst<T>(latest: T | undefined): T | undefined {
	const [first, setFirst] = useState(latest);
	if (first === undefined && latest !== undefined) setFirst(latest);
	return first ?? latest;
}

function useIsWide(): boolean {
	return useMediaQuery(TWO_COLUMNS, true, { getInitialValueInEffect: false });
}
