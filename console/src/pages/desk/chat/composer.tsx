/** Writes into a chat: text, quick replies behind `/`, files. What was begun is still there when one comes back to the chat. */
import { ActionIcon, Combobox, FileButton, Group, Textarea, Tooltip, useCombobox } from '@mantine/core';
import { Paperclip, SendHorizontal } from 'lucide-react';
import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { change } from '../../../api/http.ts';
import { useQuickReplies } from '../../../api/staff.ts';
import type { Chat } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { Problem } from '../../../parts/problem.tsx';
import { useSending } from '../../../parts/sending.ts';
import { useAsker } from '../asker.ts';
import { chatPath, useRefresh } from '../desk-data.ts';
import { Attached, readAttached } from './attached.tsx';
import classes from './chat.module.css';
import { CHAT_WORDS } from './chat-words.ts';
import { QuickReplyOptions, repliesFor } from './quick-reply-options.tsx';

/** By chat, until the page is left. */
const drafts = new Map<string, string>();

const LINES_MAX = 8;

export function Composer({ chat }: { readonly chat: Chat }) {
	const say = useWords(CHAT_WORDS);
	const asker = useAsker();
	const refresh = useRefresh();
	const sending = useSending();
	const { data: replies = [] } = useQuickReplies(asker.accountId);
	const [text, setText] = useState(drafts.get(chat.id) ?? '');
	const [file, setFile] = useState<File>();
	// Whoever sends again what perhaps arrived sends it once.
	const key = useRef(freshKey());
	const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
	const found = repliesFor(replies, text, chat.departmentId);
	const isChoosing = box.dropdownOpened && found !== undefined;
	const selectFirst = useEffectEvent(() => void box.selectFirstOption());
	// Once the options are there, which may be after the first letters: Enter takes the first.
	// biome-ignore lint/correctness/useExhaustiveDependencies: with each letter, and with those that come, it is another one
	useEffect(() => {
		if (isChoosing) selectFirst();
	}, [isChoosing, text, replies]);
	const write = (next: string): void => {
		key.current = freshKey();
		setText(next);
		drafts.set(chat.id, next);
		if (next.startsWith('/')) box.openDropdown();
		else box.closeDropdown();
	};
	const attach = (chosen: File | undefined): void => {
		key.current = freshKey();
		setFile(chosen);
	};
	const post = async (): Promise<void> => {
		const content = file === undefined ? { text: text.trim() } : await readAttached(file, text.trim());
		await change('POST', `${chatPath(asker, chat.id)}/messages`, { ...asker.as, ...content }, { idempotencyKey: key.current });
	};
	const send = (event?: FormEvent): void => {
		event?.preventDefault();
		if (sending.isSending || (file === undefined && text.trim() === '')) return;
		sending.send(post, () => {
			// What was begun meanwhile stays.
			if ((drafts.get(chat.id) ?? '') === text) write('');
			setFile((now) => (now === file ? undefined : now));
			key.current = freshKey();
			refresh();
		});
	};
	const onKeyDown = (event: KeyboardEvent): void => {
		if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
		if (isChoosing && found.length > 0) return;
		event.preventDefault();
		send();
	};
	const onPaste = (event: ClipboardEvent): void => {
		const [pasted] = event.clipboardData.files;
		if (!pasted) return;
		event.preventDefault();
		attach(pasted);
	};
	return (
		<form className={classes['composer']} onSubmit={send}>
			{sending.error !== undefined && <Problem error={sending.error} />}
			{file && <Attached file={file} onRemove={() => attach(undefined)} />}
			<Group gap="xs" wrap="nowrap" align="flex-end">
				<FileButton onChange={(chosen) => chosen && attach(chosen)}>
					{(props) => (
						<Tooltip label={say.attach}>
							<ActionIcon {...props} variant="subtle" color="gray" size={36} aria-label={say.attach}>
								<Paperclip size={18} aria-hidden />
							</ActionIcon>
						</Tooltip>
					)}
				</FileButton>
				<Combobox
					store={box}
					position="top-start"
					width={360}
					onOptionSubmit={(id) => {
						write(replies.find((reply) => reply.id === id)?.text ?? '');
						box.closeDropdown();
					}}
				>
					<Combobox.Target withKeyboardNavigation={isChoosing}>
						<Textarea
							flex={1}
							autosize
							minRows={1}
							maxRows={LINES_MAX}
							aria-label={file === undefined ? say.write : say.caption}
							placeholder={file === undefined ? say.write : say.caption}
							value={text}
							onChange={(event) => write(event.currentTarget.value)}
							onKeyDown={onKeyDown}
							onPaste={onPaste}
							onBlur={() => box.closeDropdown()}
						/>
					</Combobox.Target>
					<Combobox.Dropdown hidden={!isChoosing}>
						<QuickReplyOptions replies={found ?? []} />
					</Combobox.Dropdown>
				</Combobox>
				<Tooltip label={say.send}>
					<ActionIcon
						type="submit"
						size={36}
						loading={sending.isSending}
						disabled={file === undefined && text.trim() === ''}
						aria-label={say.send}
					>
						<SendHorizontal size={18} aria-hidden />
					</ActionIcon>
				</Tooltip>
			</Group>
		</form>
	);
}

function freshKey(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
