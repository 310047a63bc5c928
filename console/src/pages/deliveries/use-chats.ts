/** With whom the chats are that stand in the list: asked for together, and each once. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { get } from '../../api/http.ts';
import { lacks } from '../../api/session.ts';
import type { Chat } from '../../api/views.ts';

/** As many as the gateway answers at once; what is seen at a time is fewer. */
const ASKED_MAX = 50;
/** What comes by or is scrolled past meanwhile is asked for together. */
const GATHERED_MS = 250;
/** Who leaves the page open for days has seen many; those are asked for again. */
const KEPT_MAX = 2_000;

/** By id; false where there is none, or none that may be seen. */
export type KnownChats = ReadonlyMap<string, Chat | false>;

/** @param ids of those that are seen now */
export function useChats(ids: readonly string[]): KnownChats {
	const [known, setKnown] = useState<KnownChats>(new Map());
	const isOpen = !lacks('messages:read');
	const lacking = [...new Set(ids)].filter((id) => isOpen && !known.has(id)).slice(0, ASKED_MAX);
	const isAsking = useRef(false);
	const ask = useEffectEvent(async () => {
		// The clock may strike once more after nothing is lacking: what a page shows is ahead of what its effects have cleaned up.
		if (isAsking.current || lacking.length === 0) return;
		isAsking.current = true;
		// Without an answer the id stands there: nobody is told of an error for that, and it is not asked for without end.
		const found = await get<{ readonly items: readonly Chat[] }>('/chats/by-id', { ids: lacking.join(',') }).catch(() => undefined);
		isAsking.current = false;
		const chats = new Map(found?.items.map((chat) => [chat.id, chat]));
		const told = lacking.map((id) => [id, chats.get(id) ?? false] as const);
		setKnown((before) => new Map([...(before.size > KEPT_MAX ? [] : before), ...told]));
	});
	const isLacking = lacking.length > 0;
	// Not a while after the last one came: where many come that would be never.
	useEffect(() => {
		if (!isLacking) return;
		const timer = setInterval(() => void ask(), GATHERED_MS);
		return () => clearInterval(timer);
	}, [isLacking]);
	return isOpen ? known : new Map(ids.map((id) => [id, false]));
}
