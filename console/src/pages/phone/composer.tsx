/** Where the customer writes. Enter sends, Shift+Enter begins a line. While somebody writes, the gateway sees them typing. */
import { ActionIcon, Box, CloseButton, Group, Text, Textarea } from '@mantine/core';
import { SendHorizontal } from 'lucide-react';
import { type Dispatch, type KeyboardEvent, lazy, type RefObject, type SetStateAction, Suspense, useEffect, useRef, useState } from 'react';
import { fetched } from '../../api/code.ts';
import type { PhoneMessage } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { inShort } from '../../parts/message/in-short.ts';
import { MESSAGE_WORDS } from '../../parts/message/words.ts';
import { sendFile } from '../../parts/send-file.ts';
import { tellFailed } from '../../parts/told.ts';
import type { Presence, Wish } from './acts.ts';
import { AttachMenu, type FormKind } from './attach-menu.tsx';
import type { Mode } from './behaviour.ts';
import { useDraft } from './drafts.ts';
import { kindOf, wishOf } from './files.ts';
import css from './phone.module.css';

const WORDS = words({
	en: {
		write: (name: string) => `Write as ${name}`,
		message: 'Message',
		off: 'The phone is off',
		none: 'This number is not on WhatsApp',
		send: 'Send',
		failed: 'It was not sent',
		editing: 'Editing',
		answering: 'Replying to',
		cancel: 'Cancel',
	},
	pt: {
		write: (name: string) => `Escreva como ${name}`,
		message: 'Mensagem',
		off: 'O telefone está desligado',
		none: 'Este número não está no WhatsApp',
		send: 'Enviar',
		failed: 'Não foi enviada',
		editing: 'Editando',
		answering: 'Respondendo a',
		cancel: 'Cancelar',
	},
});

/** Fetched when it is first needed. */
const AttachForm = lazy(() => fetched(async () => ({ default: (await import('./attach-form.tsx')).AttachForm })));

/** What the next message is about. */
export interface About {
	readonly kind: 'reply' | 'edit';
	readonly message: PhoneMessage;
	/** What was written, where that was refused. */
	readonly text?: string;
}

export interface ComposerProps {
	/** What names the chat: in another one something else was begun. */
	readonly place: string;
	readonly owner: string;
	readonly mode: Mode;
	readonly about: About | undefined;
	readonly onAbout: Dispatch<SetStateAction<About | undefined>>;
	/** Rejects where it is refused. */
	readonly onWrite: (wish: Wish, replyTo?: string) => Promise<void>;
	readonly onPresence: (presence: Presence) => void;
	readonly field: RefObject<HTMLTextAreaElement | null>;
}

export function Composer({ place, owner, mode, about, onAbout, onWrite, onPresence, field }: ComposerProps) {
	const say = useWords(WORDS);
	const [begun, setBegun] = useDraft(place, '');
	const [edited, setEdited] = useState('');
	const [text, setText] = about?.kind === 'edit' ? ([edited, setEdited] as const) : ([begun, setBegun] as const);
	const [form, setForm] = useState<FormKind>();
	const typing = useTyping(onPresence);
	const isDisabled = mode === 'off' || mode === 'none';
	useEffect(() => {
		if (about?.kind === 'edit') setEdited(about.text ?? about.message.content.text ?? about.message.content.caption ?? '');
		if (about) field.current?.focus();
	}, [about, field]);
	const sendWish = async (wish: Wish, written?: string): Promise<void> => {
		// At once: what is written while it is on its way is another message.
		onAbout(undefined);
		try {
			await onWrite(wish, about?.kind === 'reply' ? about.message.whatsappId : undefined);
		} catch (error) {
			onAbout((now) => now ?? (about && written !== undefined ? { ...about, text: written } : about));
			throw error;
		}
	};
	const told = (error: unknown): void => tellFailed(say.failed, error);
	const submit = (): void => {
		const written = text.trim();
		if (written === '') return;
		typing.stop();
		setText(() => '');
		const wish: Wish = about?.kind === 'edit' ? { edit: { messageId: about.message.whatsappId, text: written } } : { text: written };
		sendWish(wish, written).catch((error: unknown) => {
			// Not lost: it is there to be sent again, with what was begun meanwhile.
			if (about?.kind !== 'edit') setText((now) => [written, now].filter(Boolean).join('\n'));
			told(error);
		});
	};
	const onKey = (event: KeyboardEvent): void => {
		if (event.key === 'Escape' && about) onAbout(undefined);
		if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
		event.preventDefault();
		submit();
	};
	return (
		<Box className={css['composer']}>
			{about && <AboutLine about={about} onCancel={() => onAbout(undefined)} />}
			<Group gap={4} wrap="nowrap" align="flex-end">
				<AttachMenu
					isDisabled={isDisabled}
					onForm={setForm}
					onWish={(wish) => void sendWish(wish).catch(told)}
					onFile={(file, use) => void sendFile(file, kindOf(file, use), (url) => sendWish(wishOf(url, file, use))).catch(told)}
				/>
				<Textarea
					ref={field}
					className={css['field']}
					aria-label={say.message}
					placeholder={mode === 'off' ? say.off : mode === 'none' ? say.none : say.write(owner)}
					autosize
					maxRows={5}
					radius="lg"
					value={text}
					disabled={isDisabled}
					onKeyDown={onKey}
					onChange={({ currentTarget: { value } }) => {
						setText(() => value);
						if (value === '') typing.stop();
						else typing.on();
					}}
				/>
				<ActionIcon
					variant="filled"
					size={36}
					radius="xl"
					aria-label={say.send}
					disabled={isDisabled || text.trim() === ''}
					onClick={submit}
				>
					<SendHorizontal size={18} aria-hidden />
				</ActionIcon>
			</Group>
			{form && (
				<Suspense fallback={null}>
					<AttachForm kind={form} onSend={sendWish} onClose={() => setForm(undefined)} />
				</Suspense>
			)}
		</Box>
	);
}

function AboutLine({ about, onCancel }: { readonly about: About; readonly onCancel: () => void }) {
	const say = useWords(WORDS);
	const kinds = useWords(MESSAGE_WORDS);
	return (
		<Group className={css['about']} gap="xs" wrap="nowrap">
			<Box miw={0} flex={1}>
				<Text size="xs" fw={600} c="var(--recado-who)">
					{about.kind === 'edit' ? say.editing : say.answering}
				</Text>
				<Text size="xs" truncate>
					{inShort(about.message.content, kinds)}
				</Text>
			</Box>
			<CloseButton size="sm" aria-label={say.cancel} onClick={onCancel} />
		</Group>
	);
}

/** Whoever stops for so long is not typing any more. */
const PAUSE_MS = 3_000;

function useTyping(tell: (presence: Presence) => void): { readonly on: () => void; readonly stop: () => void } {
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	useEffect(() => () => clearTimeout(timer.current), []);
	const stop = (): void => {
		if (timer.current === undefined) return;
		clearTimeout(timer.current);
		timer.current = undefined;
		tell('paused');
	};
	const on = (): void => {
		if (timer.current === undefined) tell('composing');
		clearTimeout(timer.current);
		timer.current = setTimeout(stop, PAUSE_MS);
	};
	return { on, stop };
}
