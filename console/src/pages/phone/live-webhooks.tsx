/** Beside the phone: what each act on it tells the webhooks, as it happens. */
import { Badge, Box, Group, Indicator, ScrollArea, Skeleton, Stack, Text } from '@mantine/core';
import { Radio, Webhook as WebhookIcon } from 'lucide-react';
import type { StreamState } from '../../api/stream.ts';
import type { Instance, Webhook } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { ButtonLink } from '../../parts/button-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { LinkTo } from '../../parts/link-to.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useWebhooksOf } from '../../parts/webhooks-of.ts';
import type { LiveDeliveries } from './live-deliveries.ts';
import { LiveDelivery } from './live-delivery.tsx';
import css from './phone.module.css';

const WORDS = words({
	en: {
		title: 'Webhooks, live',
		connecting: 'connecting',
		open: 'live',
		lost: 'reconnecting',
		quiet: 'Nothing yet',
		quietAbout: 'Write something on the phone: what the gateway tells your webhooks appears here at once.',
		none: 'No webhook listens to this instance',
		noneAbout: 'Register one, and everything that happens on this phone is pushed to it.',
		create: 'Register a webhook',
		mayLack: 'More may have come than is shown: there were too many at once.',
		all: 'See all',
		list: 'What the webhooks were told, newest first',
	},
	pt: {
		title: 'Webhooks ao vivo',
		connecting: 'conectando',
		open: 'ao vivo',
		lost: 'reconectando',
		quiet: 'Nada ainda',
		quietAbout: 'Escreva algo no telefone: o que o gateway avisa aos seus webhooks aparece aqui na hora.',
		none: 'Nenhum webhook escuta esta instância',
		noneAbout: 'Cadastre um, e tudo o que acontecer neste telefone será enviado para ele.',
		create: 'Cadastrar webhook',
		mayLack: 'Pode ter chegado mais do que aparece: foram muitas de uma vez.',
		all: 'Ver todas',
		list: 'O que os webhooks receberam, do mais novo ao mais antigo',
	},
});

const TONES: Readonly<Record<StreamState, string>> = { connecting: 'gray', open: 'green', lost: 'yellow' };

export interface LiveWebhooksProps {
	readonly instance: Instance;
	readonly live: LiveDeliveries;
}

export function LiveWebhooks({ instance, live }: LiveWebhooksProps) {
	const say = useWords(WORDS);
	const webhooks = useWebhooksOf(instance);
	return (
		<Box component="section" aria-label={say.title} className={css['panel']}>
			<Group justify="space-between" px="md" py="sm" className={css['panelHead']} wrap="nowrap">
				<Group gap="sm" wrap="nowrap">
					<Text component="h2" fw={600}>
						{say.title}
					</Text>
					<Badge
						variant="transparent"
						color="gray"
						tt="none"
						fw={500}
						px={0}
						leftSection={
							<Indicator color={TONES[live.state]} processing={live.state === 'open'} position="middle-center" size={8} offset={0}>
								<Box w={10} h={10} />
							</Indicator>
						}
						role="status"
					>
						{say[live.state]}
					</Badge>
				</Group>
				<LinkTo to="/console/deliveries" search={{ instanceId: instance.id }} size="sm">
					{say.all}
				</LinkTo>
			</Group>
			<ScrollArea className={css['panelBody']} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': say.list }}>
				<Deliveries {...{ instance, live }} webhooks={webhooks.data} />
			</ScrollArea>
			{live.mayLack && (
				<Text size="xs" c="dimmed" px="md" py={6}>
					{say.mayLack}
				</Text>
			)}
		</Box>
	);
}

function Deliveries({ instance, live, webhooks }: LiveWebhooksProps & { readonly webhooks: readonly Webhook[] | undefined }) {
	const say = useWords(WORDS);
	if (live.error !== null && live.items.length === 0) {
		return (
			<Box p="md">
				<Problem error={live.error} />
			</Box>
		);
	}
	if (live.items.length > 0) {
		const byId = new Map(webhooks?.map((webhook) => [webhook.id, webhook]));
		return (
			<ul className={css['deliveries']}>
				{live.items.map((delivery) => (
					<LiveDelivery key={delivery.id} delivery={delivery} webhook={byId.get(delivery.webhookId)} />
				))}
			</ul>
		);
	}
	if (live.isLoading || webhooks === undefined) {
		return (
			<Stack p="md" gap="sm" aria-hidden>
				{[0, 1, 2].map((row) => (
					<Skeleton key={row} h={38} />
				))}
			</Stack>
		);
	}
	if (webhooks.length > 0) {
		return (
			<Empty icon={Radio} title={say.quiet}>
				{say.quietAbout}
			</Empty>
		);
	}
	return (
		<Empty
			icon={WebhookIcon}
			title={say.none}
			action={
				<ButtonLink to="/console/webhooks" search={{ create: true, instance: instance.id }} variant="light" mt="xs">
					{say.create}
				</ButtonLink>
			}
		>
			{say.noneAbout}
		</Empty>
	);
}
