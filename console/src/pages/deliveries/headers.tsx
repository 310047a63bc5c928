/** HTTP headers, a line each, in a box that scrolls where they are many or long. */
import { ScrollArea } from '@mantine/core';
import { useWords, words } from '../../i18n/words.ts';
import classes from './headers.module.css';

const WORDS = words({ en: { none: 'No headers.' }, pt: { none: 'Sem headers.' } });

/** Room for those that there usually are. */
const HEIGHT_PX = 320;

export function Headers({ headers, label }: { readonly headers: Readonly<Record<string, string>>; readonly label: string }) {
	const say = useWords(WORDS);
	const lines = Object.entries(headers);
	if (lines.length === 0) return <p className={classes['none']}>{say.none}</p>;
	return (
		<ScrollArea.Autosize mah={HEIGHT_PX} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
			<dl className={classes['headers']}>
				{lines.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
		</ScrollArea.Autosize>
	);
}
