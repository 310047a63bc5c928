/** The messages of a chat, oldest first, the newest in sight. */
import { Button, Center, Loader } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { PhoneMessage } from '../../api/views.ts';
import { locale } from '../../i18n/language.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Problem } from '../../parts/problem.tsx';
import { Bubble, type BubbleActs } from './bubble.tsx';
import css from './phone.module.css';

const WORDS = words({
	en: { today: 'Today', yesterday: 'Yesterday', chat: 'Messages of the chat', loading: 'Loading', earlier: 'Earlier messages' },
	pt: { today: 'Hoje', yesterday: 'Ontem', chat: 'Mensagens da conversa', loading: 'Carregando', earlier: 'Mensagens anteriores' },
});

/** Nearer to the end than this, whoever looks is taken to look at the newest. */
const NEAR_PX = 120;
const DAY_MS = 86_400_000;
/** A look at what is new ends one at what was earlier; in a busy chat perhaps more than once. */
const TRIES_MAX = 5;

export interface ScreenProps {
	readonly list: UseInfiniteQueryResult<readonly PhoneMessage[]>;
	/** The message that was written here last, by its WhatsApp id: whoever wrote it wants to see it. */
	readonly sentId: string | undefined;
	readonly phone: string;
	readonly isGroup: boolean;
	/** Who is on the other side of a chat of two. */
	readonly otherName: string;
	readonly isHeard: (message: PhoneMessage) => boolean;
	readonly actsOn: (message: PhoneMessage) => BubbleActs | undefined;
	/** What stands there while there is nothing. */
	readonly welcome: ReactNode;
}

export function Screen({ list, sentId, phone, isGroup, otherName, isHeard, actsOn, welcome }: ScreenProps) {
	const say = useWords(WORDS);
	const box = useRef<HTMLDivElement>(null);
	const isAtEnd = useRef(true);
	const lastTop = useRef(0);
	const shownId = useRef<string>(undefined);
	/** While earlier ones are fetched: how far from the end what is looked at is. */
	const fromEnd = useRef<number>(undefined);
	const { data: messages, error } = list;
	const first = messages?.[0]?.whatsappId;
	useLayoutEffect(() => {
		const isOwnNew = sentId !== undefined && sentId !== shownId.current && messages?.some(({ whatsappId }) => whatsappId === sentId);
		if (isOwnNew) shownId.current = sentId;
		const element = box.current;
		if (element && (isAtEnd.current || isOwnNew)) element.scrollTop = element.scrollHeight;
	}, [messages, sentId]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: another one is first because earlier ones have come
	useLayoutEffect(() => {
		if (box.current && fromEnd.current !== undefined) box.current.scrollTop = box.current.scrollHeight - fromEnd.current;
		fromEnd.current = undefined;
	}, [first]);
	const lookBack = async (): Promise<void> => {
		if (box.current) fromEnd.current = box.current.scrollHeight - box.current.scrollTop;
		for (let tries = 0; tries < TRIES_MAX; tries += 1) {
			const { data, hasNextPage, isFetchNextPageError } = await list.fetchNextPage();
			if (data?.[0]?.whatsappId !== first || !hasNextPage || isFetchNextPageError) return;
		}
	};
	// What was waited for has grown to its size.
	const onLoad = (): void => {
		if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
	};
	const byId = new Map(messages?.map((message) => [message.whatsappId, message]));
	return (
		<div
			ref={box}
			className={css['screen']}
			role="log"
			aria-label={say.chat}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
			tabIndex={0}
			onLoadCapture={onLoad}
			onLoadedMetadataCapture={onLoad}
			onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
				const isNear = scrollHeight - scrollTop - clientHeight < NEAR_PX;
				// Only who goes up leaves the end: a picture that grows to its size under whoever is there does not take them away from it.
				isAtEnd.current = isNear || (isAtEnd.current && scrollTop >= lastTop.current);
				lastTop.current = scrollTop;
			}}
		>
			{messages === undefined && !error && (
				<Center h="100%">
					<Loader size="sm" aria-label={say.loading} />
				</Center>
			)}
			{messages === undefined && error !== null && <Problem error={error} onRetry={() => void list.refetch()} />}
			{list.hasNextPage && (
				<Center pb="sm">
					<Button size="compact-sm" variant="default" loading={list.isFetchingNextPage} onClick={() => void lookBack()}>
						{say.earlier}
					</Button>
				</Center>
			)}
			{messages?.length === 0 && welcome}
			{messages?.map((message, index) => (
				<Dated key={message.whatsappId} at={message.at} before={messages[index - 1]?.at}>
					<Bubble
						message={message}
						answered={message.replyTo === undefined ? undefined : byId.get(message.replyTo)}
						phone={phone}
						isGroup={isGroup}
						otherName={otherName}
						isHeard={isHeard(message)}
						acts={actsOn(message)}
					/>
				</Dated>
			))}
		</div>
	);
}

/** A day is named above its first message. */
function Dated({ at, before, children }: { readonly at: string; readonly before: string | undefined; readonly children: ReactNode }) {
	const say = useWords(WORDS);
	const day = dayOf(at);
	if (before !== undefined && dayOf(before) === day) return children;
	const now = Date.now();
	const name = day === dayOf(now) ? say.today : day === dayOf(now - DAY_MS) ? say.yesterday : day;
	return (
		<>
			<div className={css['day']}>{name}</div>
			{children}
		</>
	);
}

function dayOf(at: string | number): string {
	return new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(new Date(at));
}
