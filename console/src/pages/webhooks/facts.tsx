/** What is known, each with its name: two columns, one below the other where there is no room. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './webhooks.module.css';

export function Facts({ children }: { readonly children: ReactNode }) {
	return <dl className={css['facts']}>{children}</dl>;
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
	return (
		<div className={css['fact']}>
			<Text component="dt" size="sm" c="dimmed">
				{name}
			</Text>
			<Text component="dd" size="sm" m={0} className={css['value'] ?? ''}>
				{children}
			</Text>
		</div>
	);
}
