/**
 * A text field whose text is in the address of its page. What is typed stands in the field at once; it goes into the address a moment after the last key, or when the field is
 * left. Where the address changes in another way, by a link, by the way back, or as all filters are cleared, it wins over what was typed.
 */
import { useDebouncedCallback } from '@mantine/hooks';
import { useLocation } from '@tanstack/react-router';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';

/** For the field. */
export interface Written {
	readonly value: string;
	readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
	readonly onBlur: () => void;
}

/**
 * @param name as the search of the address has it
 * @param afterMs after the last key
 * @param onWritten puts it into the address: trimmed, undefined where nothing is left
 */
export function useWritten(name: string, afterMs: number, onWritten: (text: string | undefined) => void): Written {
	const location = useLocation();
	const [path] = useState(location.pathname);
	const [text, setText] = useState(() => textIn(location.search, name));
	const seen = useRef(text);
	// What went into the address from here and was not seen there yet: it comes later than the next key, and some of it never, where more has come by then.
	const onItsWay = useRef<readonly string[]>([]);
	const tell = useDebouncedCallback((typed: string) => {
		const wish = typed.trim();
		if (wish === (onItsWay.current.at(-1) ?? seen.current)) return;
		onItsWay.current = [...onItsWay.current, wish];
		onWritten(wish === '' ? undefined : wish);
	}, afterMs);
	useEffect(() => {
		// Somebody goes to another page: what is told now would lead back.
		if (location.pathname !== path) return tell.cancel();
		const said = textIn(location.search, name);
		const isOwn = onItsWay.current.includes(said);
		const isNews = said !== seen.current || onItsWay.current.length > 0;
		onItsWay.current = onItsWay.current.slice(onItsWay.current.lastIndexOf(said) + 1);
		seen.current = said;
		if (isOwn || !isNews) return;
		onItsWay.current = [];
		tell.cancel();
		setText(said);
	}, [location, path, name, tell]);
	return {
		value: text,
		onChange: ({ currentTarget: { value } }) => {
			setText(value);
			tell(value);
		},
		onBlur: () => tell.flush(),
	};
}

/** What is all digits is read as a number. */
function textIn(search: object, name: string): string {
	const value: unknown = (search as Readonly<Record<string, unknown>>)[name];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
