/** What the address of the page says: whose phone is shown, of which instance, which of its chats, and on narrow screens which side. */
import { useNavigate, useSearch } from '@tanstack/react-router';

export interface PhoneSearch {
	readonly instance?: string;
	/** Digits. */
	readonly phone?: string;
	/** The address of a group; missing: the chat with the instance. */
	readonly chat?: string;
	readonly side?: 'webhooks';
}

/** Numbers come as such from an address that a person wrote. */
export function readPhoneSearch(search: Record<string, unknown>): PhoneSearch {
	const text = (name: 'instance' | 'phone' | 'chat') => {
		const value = search[name];
		return typeof value === 'string' || typeof value === 'number' ? { [name]: String(value) } : {};
	};
	return { ...text('instance'), ...text('phone'), ...text('chat'), ...(search['side'] === 'webhooks' ? { side: 'webhooks' } : {}) };
}

export function usePhoneSearch(): readonly [
	PhoneSearch,
	(change: { readonly [K in keyof PhoneSearch]: PhoneSearch[K] | undefined }) => void,
] {
	const search = readPhoneSearch(useSearch({ strict: false }));
	const navigate = useNavigate();
	return [search, (change) => void navigate({ to: '/console/phone', search: readPhoneSearch({ ...search, ...change }) })];
}
