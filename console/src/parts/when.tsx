/** A time: how long ago, with the exact one at hand. */
import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ago, dateTime } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.ts';

const TICK_MS = 10_000;

export interface WhenProps {
	readonly at: string;
	readonly size?: 'xs' | 'sm';
	/** Abbreviated, where there is little room. */
	readonly isShort?: boolean;
}

export function When({ at, size = 'sm', isShort = false }: WhenProps) {
	useLanguage();
	const [, tick] = useState(0);
	useEffect(() => {
		const timer = setInterval(() => tick((ticks) => ticks + 1), TICK_MS);
		return () => clearInterval(timer);
	}, []);
	return (
		<Text component="time" dateTime={at} title={dateTime(at)} size={size} style={{ whiteSpace: 'nowrap' }}>
			{ago(at, Date.now(), isShort ? 'narrow' : 'long')}
		</Text>
	);
}
