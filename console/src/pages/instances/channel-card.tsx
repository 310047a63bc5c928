/** What the channel of an instance can do, and what it cannot. */
import { Collapse, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { Check, ChevronDown, ChevronUp, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { InstanceChannel } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useChannel } from './data.ts';
import css from './instances.module.css';
import { INSTANCE_WORDS } from './words.ts';

const WORDS = words({
	en: {
		title: (channel: string) => `What the channel can do: ${channel}`,
		sends: 'Sends',
		sendsNot: 'Does not send',
		does: 'Does besides',
		doesNot: 'Does not',
		traits: 'Is',
		qrCode: 'pairs a phone by QR code',
		ourId: 'sends a message once, however often it is asked to',
		show: 'Every call by name',
		kinds: {
			text: 'text',
			image: 'image',
			video: 'video',
			audio: 'audio',
			document: 'document',
			sticker: 'sticker',
			location: 'location',
			contact: 'contact',
			contacts: 'contacts',
			buttons: 'buttons',
			list: 'list',
			template: 'template',
			carousel: 'carousel',
			'pix-key': 'Pix key',
			poll: 'poll',
			'poll-vote': 'vote',
			event: 'event',
			'event-reply': 'answer to an event',
			product: 'product',
			catalog: 'catalogue',
			order: 'order',
			checkout: 'order to pay',
			payment: 'payment',
			reaction: 'reaction',
			edit: 'edit',
			deletion: 'deletion',
			pin: 'pin',
			'newsletter-invite': 'invitation to a channel',
		},
		calls: {
			profile: 'profile',
			contacts: 'contacts',
			chats: 'chats',
			groups: 'groups',
			communities: 'communities',
			privacy: 'privacy',
			products: 'products',
			calls: 'calls',
			session: 'session',
		},
	},
	pt: {
		title: (channel: string) => `O que o canal sabe fazer: ${channel}`,
		sends: 'Envia',
		sendsNot: 'Não envia',
		does: 'Faz também',
		doesNot: 'Não faz',
		traits: 'Além disso',
		qrCode: 'pareia um telefone por QR code',
		ourId: 'envia a mensagem uma só vez, mesmo se pedirem de novo',
		show: 'Todas as operações, pelo nome',
		kinds: {
			text: 'texto',
			image: 'imagem',
			video: 'vídeo',
			audio: 'áudio',
			document: 'documento',
			sticker: 'figurinha',
			location: 'localização',
			contact: 'contato',
			contacts: 'contatos',
			buttons: 'botões',
			list: 'lista',
			template: 'modelo',
			carousel: 'carrossel',
			'pix-key': 'chave Pix',
			poll: 'enquete',
			'poll-vote': 'voto',
			event: 'evento',
			'event-reply': 'resposta a evento',
			product: 'produto',
			catalog: 'catálogo',
			order: 'pedido',
			checkout: 'pedido a pagar',
			payment: 'pagamento',
			reaction: 'reação',
			edit: 'edição',
			deletion: 'exclusão',
			pin: 'fixação',
			'newsletter-invite': 'convite para canal',
		},
		calls: {
			profile: 'perfil',
			contacts: 'contatos',
			chats: 'conversas',
			groups: 'grupos',
			communities: 'comunidades',
			privacy: 'privacidade',
			products: 'produtos',
			calls: 'ligações',
			session: 'sessão',
		},
	},
});

export function ChannelCard({ instanceId }: { readonly instanceId: string }) {
	const say = useWords(WORDS);
	const told = useWords(INSTANCE_WORDS);
	const { data, error, refetch } = useChannel(instanceId);
	return (
		<Card title={say.title(data ? told[data.channel] : '…')}>
			{error !== null && <Problem error={error} onRetry={() => void refetch()} />}
			{!data && error === null && <Skeleton h={180} />}
			{data && <Abilities channel={data} />}
		</Card>
	);
}

function Abilities({ channel }: { readonly channel: InstanceChannel }) {
	const say = useWords(WORDS);
	const kinds = split(say.kinds, (kind) => channel.kinds.includes(kind));
	const groups = split(say.calls, (group) => channel.calls.some((call) => call.startsWith(`${group}.`)));
	const traits = [channel.hasQrCode ? say.qrCode : undefined, channel.keepsOurId ? say.ourId : undefined].filter(
		(one) => one !== undefined,
	);
	return (
		<Stack gap="sm">
			<Part title={say.sends} names={kinds.can} isAble />
			<Part title={say.sendsNot} names={kinds.cannot} isAble={false} />
			<Part title={say.does} names={groups.can} isAble />
			<Part title={say.doesNot} names={groups.cannot} isAble={false} />
			<Part title={say.traits} names={traits} isAble />
			{channel.calls.length > 0 && <AllCalls calls={channel.calls} />}
		</Stack>
	);
}

function Part({ title, names, isAble }: { readonly title: string; readonly names: readonly string[]; readonly isAble: boolean }) {
	if (names.length === 0) return null;
	const Icon = isAble ? Check : X;
	return (
		<div>
			<Text size="xs" c="dimmed" fw={600} mb={2}>
				{title}
			</Text>
			<ul className={css['kinds']} aria-label={title}>
				{names.map((name) => (
					<li key={name}>
						<Icon size={14} aria-hidden className={css[isAble ? 'can' : 'cannot']} />
						{name}
					</li>
				))}
			</ul>
		</div>
	);
}

function AllCalls({ calls }: { readonly calls: readonly string[] }) {
	const say = useWords(WORDS);
	const [isOpen, setOpen] = useState(false);
	const id = useId();
	const Icon = isOpen ? ChevronUp : ChevronDown;
	return (
		<div>
			<UnstyledButton aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)} fz="sm" c="var(--mantine-color-anchor)">
				<span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
					{say.show} ({calls.length}) <Icon size={14} aria-hidden />
				</span>
			</UnstyledButton>
			<Collapse expanded={isOpen} id={id}>
				<Text size="xs" ff="monospace" pt={4} style={{ overflowWrap: 'anywhere' }}>
					{calls.join(', ')}
				</Text>
			</Collapse>
		</div>
	);
}

function split(
	names: Readonly<Record<string, string>>,
	isAble: (key: string) => boolean,
): { can: readonly string[]; cannot: readonly string[] } {
	const { can = [], cannot = [] } = Object.groupBy(Object.entries(names), ([key]) => (isAble(key) ? 'can' : 'cannot'));
	return { can: can.map(([, name]) => name), cannot: cannot.map(([, name]) => name) };
}
