/** The other side: the gateway sends to this phone, as an integration would ask it to, and how far that got. */
import { Box, Button, FileButton, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CheckCheck, ImageUp, SendHorizontal } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Chat, Instance, Message } from '../../api/views.ts';
import { timeOfDay } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import { inShort } from '../../parts/message/in-short.ts';
import { MESSAGE_WORDS } from '../../parts/message/words.ts';
import type { Person } from '../../parts/people.ts';
import { Problem } from '../../parts/problem.tsx';
import { sendFile } from '../../parts/send-file.ts';
import { StateBadge, type Tone } from '../../parts/state-badge.tsx';
import { tellFailed } from '../../parts/told.ts';
import { markRead, send, type Wish } from './acts.ts';
import { useHistory } from './data.ts';
import { useDraft } from './drafts.ts';
import { samplePhoto } from './files.ts';
import { linesOf } from './lines-of.ts';
import css from './phone.module.css';

const WORDS = words({
	en: {
		title: 'Send as the gateway',
		about: (name: string) => `To ${name}, by POST /recado/v1/instances/{id}/messages`,
		kind: 'Kind of message',
		kinds: { text: 'Text', buttons: 'Buttons', list: 'List', poll: 'Poll', image: 'Image' },
		text: 'Text to send',
		options: 'Options, one per line',
		file: 'Choose image',
		sample: 'A sample photo is sent where none is chosen.',
		send: 'Send',
		read: 'Mark as read',
		readFailed: 'It was not marked as read',
		sent: 'Sent last',
		samples: {
			text: 'Hello! How can we help?',
			buttons: 'Yes\nNo',
			list: 'Sales\nSupport\nBilling',
			poll: 'Morning\nAfternoon',
			choose: 'Choose',
		},
		statuses: { queued: 'queued', sent: 'sent', received: 'received', read: 'read', played: 'played', failed: 'failed' },
	},
	pt: {
		title: 'Enviar como o gateway',
		about: (name: string) => `Para ${name}, por POST /recado/v1/instances/{id}/messages`,
		kind: 'Tipo de mensagem',
		kinds: { text: 'Texto', buttons: 'Botões', list: 'Lista', poll: 'Enquete', image: 'Imagem' },
		text: 'Texto a enviar',
		options: 'Opções, uma por linha',
		file: 'Escolher imagem',
		sample: 'Sem escolher, vai uma foto de exemplo.',
		send: 'Enviar',
		read: 'Marcar como lidas',
		readFailed: 'Não foram marcadas como lidas',
		sent: 'Últimas enviadas',
		samples: {
			text: 'Olá! Como podemos ajudar?',
			buttons: 'Sim\nNão',
			list: 'Vendas\nSuporte\nFinanceiro',
			poll: 'De manhã\nÀ tarde',
			choose: 'Escolher',
		},
		statuses: { queued: 'na fila', sent: 'enviada', received: 'recebida', read: 'lida', played: 'ouvida', failed: 'falhou' },
	},
});

const KINDS = ['text', 'buttons', 'list', 'poll', 'image'] as const;
type Kind = (typeof KINDS)[number];

export interface GatewayPanelProps {
	readonly instance: Instance;
	readonly person: Person;
	readonly chat: Chat | undefined;
}

interface Draft {
	readonly kind: Kind;
	readonly text: string;
	readonly options: string;
	readonly file: File | null;
}

export function GatewayPanel({ instance, person, chat }: GatewayPanelProps) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const [draft, setDraft] = useDraft<Draft>(`${instance.id} ${person.phone} gateway`, {
		kind: 'text',
		text: say.samples.text,
		options: '',
		file: null,
	});
	const { kind, text, options, file } = draft;
	const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
	const [error, setError] = useState<unknown>();
	const [isSending, setSending] = useState(false);
	const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['phone', instance.id] });
	const hasOptions = kind === 'buttons' || kind === 'list' || kind === 'poll';
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		// Its button takes no click then; Enter asks the form itself.
		if (isSending) return;
		setError(undefined);
		setSending(true);
		const given = { kind, text: text.trim(), options: linesOf(options), choose: say.samples.choose };
		const sendWith = (picture: string): Promise<Message> =>
			send({ instanceId: instance.id, phone: person.phone }, wishOf({ ...given, picture }));
		const sent = kind === 'image' && file ? sendFile(file, 'image', sendWith) : sendWith(kind === 'image' ? samplePhoto() : '');
		sent
			.then(() => {
				// What was begun meanwhile stays.
				setDraft((now) => ({ ...now, text: now.text === text ? '' : now.text }));
				return again();
			})
			.catch(setError)
			.finally(() => setSending(false));
	};
	const read = (): void => {
		if (chat) markRead(chat.id).then(again, (thrown: unknown) => tellFailed(say.readFailed, thrown));
	};
	return (
		<Box component="section" aria-label={say.title} className={css['panel']} data-sized="content">
			<Group justify="space-between" px="md" py="sm" className={css['panelHead']} wrap="nowrap" gap="xs">
				<Box miw={0}>
					<Text component="h2" fw={600}>
						{say.title}
					</Text>
					<Text size="xs" c="dimmed" truncate title={say.about(person.name)}>
						{say.about(person.name)}
					</Text>
				</Box>
				{chat && (
					<Button size="compact-sm" variant="default" leftSection={<CheckCheck size={14} aria-hidden />} onClick={read} miw="fit-content">
						{say.read}
					</Button>
				)}
			</Group>
			<form onSubmit={submit}>
				<Stack gap="xs" p="md">
					<div className={css['sending']}>
						<Select
							className={css['kind']}
							aria-label={say.kind}
							allowDeselect={false}
							value={kind}
							data={KINDS.map((value) => ({ value, label: say.kinds[value] }))}
							onChange={(chosen) => {
								if (chosen === null) return;
								const hasSample = chosen === 'buttons' || chosen === 'list' || chosen === 'poll';
								set({ kind: chosen as Kind, ...(hasSample && { options: say.samples[chosen] }) });
							}}
						/>
						<Textarea
							aria-label={say.text}
							placeholder={say.text}
							flex={1}
							autosize
							maxRows={4}
							required={kind !== 'image'}
							value={text}
							onChange={({ currentTarget: { value } }) => set({ text: value })}
							onKeyDown={(event) => {
								if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
								event.preventDefault();
								event.currentTarget.form?.requestSubmit();
							}}
						/>
						<Button type="submit" loading={isSending} px="sm" leftSection={<SendHorizontal size={16} aria-hidden />}>
							{say.send}
						</Button>
					</div>
					{hasOptions && (
						<Textarea
							aria-label={say.options}
							description={say.options}
							autosize
							minRows={2}
							maxRows={5}
							required
							value={options}
							onChange={({ currentTarget: { value } }) => set({ options: value })}
						/>
					)}
					{kind === 'image' && (
						<Group gap="xs">
							<FileButton accept="image/*" onChange={(chosen) => set({ file: chosen })} inputProps={{ 'aria-label': say.file }}>
								{({ onClick }) => (
									<Button size="compact-sm" variant="default" leftSection={<ImageUp size={14} aria-hidden />} onClick={onClick}>
										{file?.name ?? say.file}
									</Button>
								)}
							</FileButton>
							<Text size="xs" c="dimmed">
								{say.sample}
							</Text>
						</Group>
					)}
					{error !== undefined && <Problem error={error} />}
				</Stack>
			</form>
			<Sent chat={chat} />
		</Box>
	);
}

interface Given {
	readonly kind: Kind;
	readonly text: string;
	readonly options: readonly string[];
	/** As a data URI. */
	readonly picture: string;
	/** On the button that opens a list. */
	readonly choose: string;
}

function wishOf({ kind, text, options, picture, choose }: Given): Wish {
	switch (kind) {
		case 'text':
			return { text };
		case 'buttons':
			return { buttons: { text, buttons: options.map((label, index) => ({ id: `${index + 1}`, label })) } };
		case 'list':
			return { list: { text, title: text, buttonLabel: choose, options: options.map((title, index) => ({ id: `${index + 1}`, title })) } };
		case 'poll':
			return { poll: { question: text, options, maxOptions: 1 } };
		case 'image':
			return { image: { url: picture, ...(text === '' ? {} : { caption: text }) } };
	}
}

const TONES: Readonly<Record<Message['status'], Tone>> = {
	queued: 'warn',
	sent: 'idle',
	received: 'busy',
	read: 'good',
	played: 'good',
	failed: 'bad',
};
const SENT_MAX = 3;

function Sent({ chat }: { readonly chat: Chat | undefined }) {
	const say = useWords(WORDS);
	const kinds = useWords(MESSAGE_WORDS);
	const sent = (useHistory(chat).data ?? []).filter(({ fromMe, origin }) => fromMe && origin !== 'phone').slice(0, SENT_MAX);
	if (sent.length === 0) return null;
	return (
		<Stack component="ul" gap={6} px="md" pb="md" m={0} aria-label={say.sent} className={css['sent']}>
			{sent.map((message) => (
				<Group component="li" key={message.id} justify="space-between" wrap="nowrap" gap="xs">
					<Text size="xs" truncate flex={1} miw={0} title={message.failure?.reason}>
						{inShort(message.content, kinds)}
					</Text>
					<Group gap={8} wrap="nowrap" flex="none">
						<Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
							{timeOfDay(message.updatedAt)}
						</Text>
						<StateBadge tone={TONES[message.status]}>{say.statuses[message.status]}</StateBadge>
					</Group>
				</Group>
			))}
		</Stack>
	);
}
