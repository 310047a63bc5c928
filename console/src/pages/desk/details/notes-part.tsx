/** What operators wrote down about a chat. */
import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { Trash2 } from 'lucide-react';
import type { FormEvent } from 'react';
import { change } from '../../../api/http.ts';
import type { Note } from '../../../api/views.ts';
import { dateMinute } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/words.ts';
import { useConfirm } from '../../../parts/confirm.tsx';
import { Listed } from '../../../parts/listed.tsx';
import { Problem } from '../../../parts/problem.tsx';
import { useSending } from '../../../parts/sending.ts';
import { useAsker } from '../asker.ts';
import { noteDrafts, useKept } from '../chat/drafts.ts';
import { chatPath, useNotes, useRefresh } from '../desk-data.ts';
import { DETAIL_WORDS } from './detail-words.ts';

export function NotesPart({ chatId }: { readonly chatId: string }) {
	const say = useWords(DETAIL_WORDS);
	const list = useNotes(chatId);
	return (
		<Stack gap="sm">
			<NewNote chatId={chatId} />
			<Listed
				list={list}
				empty={
					<Text size="sm" c="dimmed">
						{say.noNotes}
					</Text>
				}
			>
				{(notes) => <Notes chatId={chatId} notes={notes} />}
			</Listed>
		</Stack>
	);
}

function Notes({ chatId, notes }: { readonly chatId: string; readonly notes: readonly Note[] }) {
	const say = useWords(DETAIL_WORDS);
	const asker = useAsker();
	const refresh = useRefresh();
	const confirm = useConfirm((id: string) => ({
		title: say.deleteNote,
		text: say.deleteNoteText,
		verb: say.delete,
		act: async () => {
			await change('DELETE', `${chatPath(asker, chatId)}/notes/${id}`, undefined, { query: asker.as });
			refresh();
		},
	}));
	return (
		<>
			{notes.map(({ id, text, by, createdAt }) => (
				<Group key={id} wrap="nowrap" align="flex-start" justify="space-between" gap={4}>
					<div style={{ minWidth: 0 }}>
						<Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
							{text}
						</Text>
						<Text size="xs" c="dimmed">
							{dateMinute(createdAt)} {by && `· ${by.name}`}
						</Text>
					</div>
					<ActionIcon variant="subtle" color="gray" size="sm" aria-label={say.deleteNote} onClick={() => confirm.ask(id)}>
						<Trash2 size={14} aria-hidden />
					</ActionIcon>
				</Group>
			))}
			{confirm.dialog}
		</>
	);
}

function NewNote({ chatId }: { readonly chatId: string }) {
	const say = useWords(DETAIL_WORDS);
	const asker = useAsker();
	const refresh = useRefresh();
	const sending = useSending();
	const text = useKept(noteDrafts, chatId);
	const setText = (next: string): void => noteDrafts.keep(chatId, next);
	const send = (event: FormEvent): void => {
		event.preventDefault();
		sending.send(
			() => change('POST', `${chatPath(asker, chatId)}/notes`, { ...asker.as, text: text.trim() }),
			() => {
				// What was begun meanwhile stays.
				if (noteDrafts.of(chatId) === text) setText('');
				refresh();
			},
		);
	};
	return (
		<form onSubmit={send}>
			<Stack gap="xs">
				<Textarea
					size="xs"
					label={say.note}
					description={say.noteHint}
					autosize
					minRows={2}
					maxRows={8}
					maxLength={10_000}
					value={text}
					onChange={(event) => setText(event.currentTarget.value)}
					error={sending.faultOf('text')}
				/>
				{sending.error !== undefined && <Problem error={sending.error} />}
				<Button
					size="xs"
					variant="default"
					type="submit"
					loading={sending.isSending}
					disabled={text.trim() === ''}
					style={{ alignSelf: 'flex-start' }}
				>
					{say.addNote}
				</Button>
			</Stack>
		</form>
	);
}
