/** HTTP headers, a line each. */
import { useWords, words } from '../../i18n/words.ts';
import classes from './headers.module.css';

const WORDS = words({ en: { none: 'No headers.' }, pt: { none: 'Sem headers.' } });

export function Headers({ headers, label }: { readonly headers: Readonly<Record<string, string>>; readonly label: string }) {
	const say = useWords(WORDS);
	const lines = Object.entries(headers);
	if (lines.length === 0) return <p className={classes['none']}>{say.none}</p>;
	return (
		<dl className={classes['headers']} aria-label={label}>
			{lines.map(([name, value]) => (
				<div key={name}>
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
