/** Where one is on the desk, and how one goes elsewhere. */
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type DeskSearch, readDeskSearch } from './desk-search.ts';

export interface DeskPlace {
	readonly search: DeskSearch;
	/** The chat that is opened. */
	readonly chatId: string | undefined;
	/** Opens a chat, or none; `part` changes what the address says besides. */
	readonly go: (chatId: string | undefined, part?: DeskSearch) => void;
	/** Stays at the chat. */
	readonly change: (part: DeskSearch) => void;
}

export function useDeskPlace(): DeskPlace {
	const search = readDeskSearch(useSearch({ strict: false }));
	const { chatId } = useParams({ strict: false });
	const navigate = useNavigate();
	const go: DeskPlace['go'] = (to, part = {}) => {
		const next = { ...search, ...part };
		void (to === undefined
			? navigate({ to: '/console/desk', search: next })
			: navigate({ to: '/console/desk/chats/$chatId', params: { chatId: to }, search: next }));
	};
	return { search, chatId, go, change: (part) => go(chatId, part) };
}
