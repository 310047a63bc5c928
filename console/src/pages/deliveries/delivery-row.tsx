/** One delivery in the list: the whole row leads to it. */
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Chat, Delivery, Webhook } from '../../api/views.ts';
import { dateTime } from '../../i18n/format.ts';
import { locale } from '../../i18n/language.ts';
import { useWords, words } from '../../i18n/words.ts';
import { useEventNames } from '../../parts/event-names.ts';
import { addressOf } from '../../parts/known-webhooks.ts';
import { shownPhone } from '../../parts/phone-text.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { tailOf } from '../../parts/told-apart.ts';
import classes from './delivery-list.module.css';
import { DELIVERY_WORDS, STATE_TONES } from './delivery-words.ts';

const WORDS = words({ en: { replay: 'replay', overtaken: 'overtaken' }, pt: { replay: 'reenvio', overtaken: 'ultrapassada' } });

const DAY_MS = 86_400_000;

export interface DeliveryRowProps {
	readonly delivery: Delivery;
	readonly webhook: Webhook | undefined;
	/** Undefined until it is known; false where it cannot be known. */
	readonly chat: Chat | false | undefined;
}

export const DeliveryRow = memo(function DeliveryRow({ delivery, webhook, chat }: DeliveryRowProps) {
	const say = useWords(WORDS);
	const name = useWords(DELIVERY_WORDS);
	const events = useEventNames();
	const { id, state, eventType, chatId, attemptCount, lastError, createdAt, isReplay, isOvertaken } = delivery;
	const receiver = webhook ? addressOf(webhook) : delivery.webhookId;
	const notes = [
		lastError !== undefined && state !== 'delivered' ? (name.error[lastError] ?? lastError) : name.attempts(attemptCount),
		...(isReplay ? [say.replay] : []),
		...(isOvertaken ? [say.overtaken] : []),
	];
	return (
		<Link to="/console/deliveries/$deliveryId" params={{ deliveryId: id }} className={`${classes['row']} ${classes['columns']}`}>
			<span className={classes['state']}>
				<StateBadge tone={STATE_TONES[state]}>{name.state[state]}</StateBadge>
			</span>
			<span className={classes['event']}>{events[eventType]}</span>
			<span className={classes['receiver']} title={receiver}>
				{receiver}
			</span>
			<span className={classes['chat']} title={chat ? `${chat.name} · ${shownPhone(chat.phone)}` : (chatId ?? '')}>
				{chatId === undefined ? name.noChat : chat ? nameOf(chat) : chat === false ? tailOf(chatId) : '…'}
			</span>
			<span className={classes['notes']} data-failed={lastError !== undefined && state !== 'delivered' ? true : undefined}>
				{notes.join(' · ')}
			</span>
			<time className={classes['time']} dateTime={createdAt} title={dateTime(createdAt)}>
				{timeOf(createdAt)}
			</time>
		</Link>
	);
});

function nameOf({ name, phone }: Chat): string {
	return name === '' || name === phone ? shownPhone(phone) : name;
}

/** To the second; with the day where it is not of the last 24 hours. */
function timeOf(at: string): string {
	const moment = new Date(at);
	return formatOf(locale(), Date.now() - moment.getTime() > DAY_MS).format(moment);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: each costs more than the row that it is for. */
function formatOf(language: string, isOld: boolean): Intl.DateTimeFormat {
	const key = `${language} ${isOld}`;
	const kept = formats.get(key);
	if (kept) return kept;
	const day = isOld ? ({ day: '2-digit', month: '2-digit' } as const) : {};
	const made = new Intl.DateTimeFormat(language, { ...day, hour: '2-digit', minute: '2-digit', second: '2-digit' });
	formats.set(key, made);
	return made;
}
