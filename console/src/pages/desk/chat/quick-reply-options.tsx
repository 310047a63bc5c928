/** Quick replies that fit what was typed behind `/`. */
import { Combobox, Text } from '@mantine/core';
import type { QuickReply } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { CHAT_WORDS } from './chat-words.ts';

const SHOWN_MAX = 8;

/** By their shortcut or their text; those of other departments are left out. Undefined where none is asked for. */
export function repliesFor(
	replies: readonly QuickReply[],
	typed: string,
	departmentId: string | undefined,
): readonly QuickReply[] | undefined {
	if (!/^\/[^\n]*$/.test(typed)) return undefined;
	const wanted = plain(typed.slice(1));
	const fits = replies.filter(
		({ shortcut, text, departmentIds = [] }) =>
			(plain(shortcut).includes(wanted) || plain(text).includes(wanted)) &&
			(departmentIds.length === 0 || departmentId === undefined || departmentIds.includes(departmentId)),
	);
	const begins = ({ shortcut }: QuickReply): number => (plain(shortcut).startsWith(wanted) ? 0 : 1);
	return fits.toSorted((a, b) => begins(a) - begins(b) || a.shortcut.localeCompare(b.shortcut)).slice(0, SHOWN_MAX);
}

export function QuickReplyOptions({ replies }: { readonly replies: readonly QuickReply[] }) {
	const say = useWords(CHAT_WORDS);
	return (
		<Combobox.Options aria-label={say.replies}>
			{replies.map(({ id, shortcut, text }) => (
				<Combobox.Option key={id} value={id}>
					<Text size="sm" fw={600}>
						/{shortcut}
					</Text>
					<Text size="xs" lineClamp={2}>
						{text}
					</Text>
				</Combobox.Option>
			))}
			{replies.length === 0 && <Combobox.Empty>{say.noReplies}</Combobox.Empty>}
		</Combobox.Options>
	);
}

function plain(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
