/** Names and values, beside each other. */
import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** @param facts what is undefined is left out */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode])[] }) {
	return (
		<dl className={classes['facts']}>
			{facts.map(([name, value]) =>
				value === undefined ? null : (
					<div key={name} className={classes['fact']}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				),
			)}
		</dl>
	);
}
