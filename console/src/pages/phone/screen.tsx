/** The messages of a chat, oldest first, the newest in sight. */
import { Center, Loader } from '@mantine/core';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { PhoneMessage } from '../../api/views.ts';
import { locale } from '../../i18n/language.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Problem } from '../../parts/problem.tsx';
import { Bubble, type BubbleActs } from './bubble.tsx';
import css from './phone.module.css';

const WORDS = words({
	en: { today: 'Today', yesterday: 'Yesterday', chat: 'Messages of the chat', loading: 'Loading' },
	pt: { today: 'Hoje', yesterday: 'Ontem', chat: 'Mensagens da conversa', loading: 'Carregando' },
});

/** Nearer to the end than this, whoever looks is taken to look at the newest. */
const NEAR_PX = 120;
const DAY_MS = 86_400_000;

export interface ScreenProps {
	readonly messages: readonly PhoneMessage[] | undefined;
	readonly error: unknown;
	readonly onRetry: () => void;
	readonly phone: string;
	readonly isGroup: boolean;
	/** Who is on the other side of a chat of two. */
	readonly otherName: string;
	readonly isHeard: (message: PhoneMessage) => boolean;
	readonly actsOn: (message: PhoneMessage) => BubbleActs | undefined;
	/** What stands there while there is nothing. */
	readonly welcome: ReactNode;
}

export function Screen({ messages, error, onRetry, phone, isGroup, otherName, isHeard, actsOn, welcome }: ScreenProps) {
	const say = useWords(WORDS);
	const box = useRef<HTMLDivElement>(null);
	const isAtEnd = useRef(true);
	const last = messages?.at(-1);
	// biome-ignore lint/correctness/useExhaustiveDependencies: what changed on the screen is why it may have grown
	useLayoutEffect(() => {
		const element = box.current;
		if (element && (isAtEnd.current || last?.fromMe)) element.scrollTop = element.scrollHeight;
	}, [messages]);
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
				isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
			}}
		>
			{messages === undefined && !error && (
				<Center h="100%">
					<Loader size="sm" aria-label={say.loading} />
				</Center>
			)}
			{messages === undefined && error !== null && <Problem error={error} onRetry={onRetry} />}
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
