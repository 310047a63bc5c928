/** Writes into a chat: text, quick replies behind `/`, files. What was begun is still there when one comes back to the chat. */
import { ActionIcon, Button, Combobox, FileButton, Group, Text, Textarea, Tooltip, useCombobox } from '@mantine/core';
import { Paperclip, SendHorizontal } from 'lucide-react';
import { type ClipboardEvent, type FormEvent, type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { change } from '../../../api/http.ts';
import { useQuickReplies } from '../../../api/staff.ts';
import type { Chat } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { Problem } from '../../../parts/problem.tsx';
import { assertSendable, sendFile } from '../../../parts/send-file.ts';
import { useSending } from '../../../parts/sending.ts';
import { tellFailed } from '../../../parts/told.ts';
import { useAsker } from '../asker.ts';
import { chatPath, useRefresh } from '../desk-data.ts';
import { Attached, contentOf, kindOf } from './attached.tsx';
import classes from './chat.module.css';
import { CHAT_WORDS } from './chat-words.ts';
import { draftOf, keepDraft, useDraft } from './drafts.ts';
import { QuickReplyOptions, repliesFor } from './quick-reply-options.tsx';

const LINES_MAX = 8;
/** It is no answer to a customer: most likely a quick reply was meant. */
const SHORTCUT = /^\/\S*$/;

export interface ComposerProps {
	readonly chat: Chat;
	/** It came while the chat was open: whoever pressed what brought it goes on here. */
	readonly isNew: boolean;
}

export function Composer({ chat, isNew }: ComposerProps) {
	const say = useWords(CHAT_WORDS);
	const asker = useAsker();
	const refresh = useRefresh();
	const sending = useSending();
	const { data: replies = [] } = useQuickReplies(asker.accountId);
	const { text, file, key } = useDraft(chat.id);
	/** The shortcut that was said not to be one. */
	const [doubted, setDoubted] = useState<string>();
	const area = useRef<HTMLTextAreaElement>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: once it is there
	useEffect(() => {
		if (isNew && isFocusNowhere()) area.current?.focus();
	}, []);
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
		keepDraft(chat.id, { text: next });
		setDoubted(undefined);
		if (next.startsWith('/')) box.openDropdown();
		else box.closeDropdown();
	};
	const attach = (chosen: File | undefined): void => {
		try {
			if (chosen) assertSendable(chosen, kindOf(chosen));
		} catch (error) {
			tellFailed(say.notAttached, error);
			return;
		}
		keepDraft(chat.id, { file: chosen });
	};
	const post = (content: object): Promise<void> =>
		change('POST', `${chatPath(asker, chat.id)}/messages`, { ...asker.as, ...content }, { idempotencyKey: key });
	const postAll = (): Promise<void> => {
		const said = text.trim();
		return file === undefined ? post({ text: said }) : sendFile(file, kindOf(file), (url) => post(contentOf(file, url, said)));
	};
	const send = (event?: FormEvent): void => {
		event?.preventDefault();
		if (sending.isSending || (file === undefined && text.trim() === '')) return;
		if (SHORTCUT.test(text.trim()) && doubted !== text) {
			setDoubted(text);
			box.closeDropdown();
			return;
		}
		sending.send(
			() =>
				postAll().catch((error: unknown) => {
					// It may be somebody else's by now.
					refresh();
					throw error;
				}),
			() => {
				// What was begun meanwhile stays.
				const now = draftOf(chat.id);
				keepDraft(chat.id, { text: now.text === text ? '' : now.text, file: now.file === file ? undefined : now.file });
				refresh();
			},
		);
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
			{doubted === text && (
				<Group gap="xs" justify="flex-end">
					<Text size="sm" flex="1 1 18rem" role="alert" style={{ overflowWrap: 'anywhere' }}>
						{say.noReplyChosen(text.trim())}
					</Text>
					<Button type="submit" size="xs" variant="default">
						{say.sendAsItIs}
					</Button>
				</Group>
			)}
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
							ref={area}
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

function isFocusNowhere(): boolean {
	return document.activeElement === null || document.activeElement === document.body;
}
