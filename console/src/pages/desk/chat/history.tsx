/** What was written in a chat, oldest first, the latest in sight; earlier ones come when one scrolls up to them. */
import { Button, Center, Text } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { MessagesSquare } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import type { Message } from '../../../api/views.ts';
import { locale } from '../../../i18n/language.ts';
import { useWords } from '../../../i18n/words.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Problem } from '../../../parts/problem.tsx';
import { useHistory } from '../desk-data.ts';
import { Bubble } from './bubble.tsx';
import classes from './chat.module.css';
import { CHAT_WORDS } from './chat-words.ts';

/** They change what they are about, and are no news of their own. */
const SILENT_KINDS: ReadonlySet<string> = new Set(['edit', 'deletion', 'poll-vote']);

export function History({ chatId, customer }: { readonly chatId: string; readonly customer: string }) {
	const say = useWords(CHAT_WORDS);
	const list = useHistory(chatId);
	const box = useRef<HTMLElement>(null);
	if (list.isLoading) {
		return (
			<Center className={classes['awaited']}>
				<Loading />
			</Center>
		);
	}
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
		<section ref={box} className={classes['history']} aria-label={say.history} tabIndex={0}>
			<div>
				<Older list={list} box={box} />
				{list.error !== null && list.items.length === 0 && (
					<Center p="md">
						<Problem error={list.error} onRetry={list.again} />
					</Center>
				)}
				{list.error === null && list.items.length === 0 && <Empty icon={MessagesSquare} title={say.noHistory} />}
				<ol className={classes['messages']}>
					<Messages items={list.items} customer={customer} />
				</ol>
			</div>
		</section>
	);
}

interface OlderProps {
	readonly list: ReturnType<typeof useHistory>;
	readonly box: React.RefObject<HTMLElement | null>;
}

function Older({ list, box }: OlderProps) {
	const say = useWords(CHAT_WORDS);
	const { ref, entry } = useIntersection({ root: box.current, threshold: 0 });
	const more = useEffectEvent(list.more);
	const isSeen = entry?.isIntersecting === true && list.hasMore && !list.isLoadingMore;
	useEffect(() => {
		if (isSeen) more();
	}, [isSeen]);
	if (!list.hasMore) return null;
	return (
		<Center pt="sm" ref={ref}>
			<Button size="xs" variant="default" loading={list.isLoadingMore} onClick={list.more}>
				{say.older}
			</Button>
		</Center>
	);
}

/** @param items newest first */
function Messages({ items, customer }: { readonly items: readonly Message[]; readonly customer: string }): ReactNode {
	const say = useWords(CHAT_WORDS);
	const byWhatsappId = new Map(items.map((message) => [message.whatsappId, message]));
	const reactions = reactionsOf(items);
	const shown = items.filter(({ content }) => !isAbsorbed(content, byWhatsappId)).toReversed();
	return shown.flatMap((message, index) => {
		const day = dayOf(message.createdAt);
		const before = shown[index - 1];
		const bubble = (
			<Bubble
				key={message.id}
				message={message}
				customer={customer}
				quoted={message.replyTo === undefined ? undefined : byWhatsappId.get(message.replyTo)}
				reactions={reactions.get(message.whatsappId) ?? []}
			/>
		);
		if (before && dayOf(before.createdAt) === day) return [bubble];
		return [
			<li key={day} className={classes['day']}>
				<Text span size="xs">
					{dayName(message.createdAt, say)}
				</Text>
			</li>,
			bubble,
		];
	});
}

function isAbsorbed(content: Message['content'], known: ReadonlyMap<string, Message>): boolean {
	if (SILENT_KINDS.has(content.kind)) return true;
	return content.kind === 'reaction' && (content.emoji === '' || (content.messageId !== undefined && known.has(content.messageId)));
}

/** By the message that each is for; the last of each side counts. */
function reactionsOf(items: readonly Message[]): ReadonlyMap<string, readonly string[]> {
	const found = new Map<string, Map<string, string>>();
	for (const { content, fromMe } of items.toReversed()) {
		if (content.kind !== 'reaction' || content.messageId === undefined) continue;
		const of = found.get(content.messageId) ?? new Map<string, string>();
		of.set(fromMe ? 'us' : (content.context?.participant?.phone ?? 'them'), content.emoji ?? '');
		found.set(content.messageId, of);
	}
	return new Map([...found].map(([id, emojis]) => [id, [...emojis.values()].filter((emoji) => emoji !== '')]));
}

function dayOf(at: string): string {
	return new Date(at).toDateString();
}

function dayName(at: string, say: { readonly today: string; readonly yesterday: string }): string {
	const day = new Date(at);
	const yesterday = new Date();
	yesterday.setDate(yesterday.getDate() - 1);
	if (day.toDateString() === new Date().toDateString()) return say.today;
	if (day.toDateString() === yesterday.toDateString()) return say.yesterday;
	return new Intl.DateTimeFormat(locale(), { dateStyle: 'full' }).format(day);
}
