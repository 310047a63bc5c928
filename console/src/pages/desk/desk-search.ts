/** What of the desk its address says: whose it is, the list, what is looked at. */

export const LISTS = ['waiting', 'mine', 'all', 'closed'] as const;
export type ListName = (typeof LISTS)[number];

export interface DeskSearch {
	/** Whose desk it is: whoever comes from where things of several accounts are shown chooses it with that. */
	readonly account?: string | undefined;
	readonly list?: ListName | undefined;
	/** Only of this department. */
	readonly department?: string | undefined;
	/** The operator in whose name an administrator works. */
	readonly as?: string | undefined;
	/** The attendance that is shown beside the chat, where it is not the open one. */
	readonly attendance?: string | undefined;
	/** The number of the attendance that is looked up. */
	readonly ticket?: number | undefined;
}

/** What is none of it is left out. */
export function readDeskSearch(search: Readonly<Record<string, unknown>>): DeskSearch {
	const { account, list, department, as, attendance } = search;
	const ticket = Number(search['ticket']);
	return {
		...(LISTS.some((one) => one === list) ? { list: list as ListName } : {}),
		...(typeof account === 'string' ? { account } : {}),
		...(typeof department === 'string' ? { department } : {}),
		...(typeof as === 'string' ? { as } : {}),
		...(typeof attendance === 'string' ? { attendance } : {}),
		...(Number.isSafeInteger(ticket) && ticket > 0 ? { ticket } : {}),
	};
}
