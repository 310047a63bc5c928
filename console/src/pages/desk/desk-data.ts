/** What the desk reads. Everything hangs below `['desk', accountId]`, so that one word of the live stream makes all of it stale. */
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { get } from '../../api/http.ts';
import { type Paged, usePaged } from '../../api/pages.ts';
import type { Attendance, Chat, ContactCard, DeskCount, Message, Note, Ticket, Transfer } from '../../api/views.ts';
import { type Asker, useAsker } from './asker.ts';

const HISTORY_LIMIT = 40;

/** For what was changed by this page itself. */
export function useRefresh(): () => void {
	const { accountId } = useAsker();
	const queries = useQueryClient();
	return () => void queries.invalidateQueries({ queryKey: ['desk', accountId] });
}

export function useWaiting(department: string | undefined, isEnabled: boolean): Paged<Chat> {
	const { accountId, as } = useAsker();
	const query = { ...as, latest: true, ...of({ departmentId: department }) };
	return usePaged(['desk', accountId], `/accounts/${accountId}/desk/waiting`, query, { isEnabled });
}

/** How many the list of `useWaiting` has. */
export function useWaitingCount(department: string | undefined, isEnabled: boolean): UseQueryResult<DeskCount> {
	return useCount('waiting', { departmentId: department }, isEnabled);
}

export interface AttendanceFilter {
	readonly departmentId?: string | undefined;
	/** Only those that this operator is in. */
	readonly ofOperatorId?: string | undefined;
}

export function useAttendances(list: 'attending' | 'closed', filter: AttendanceFilter, isEnabled: boolean): Paged<Attendance> {
	const { accountId, as } = useAsker();
	return usePaged(['desk', accountId], `/accounts/${accountId}/desk/${list}`, { ...as, ...of({ ...filter }) }, { isEnabled });
}

/** How many the list of open ones has. */
export function useAttendingCount(filter: AttendanceFilter, isEnabled: boolean): UseQueryResult<DeskCount> {
	return useCount('attending', filter, isEnabled);
}

function useCount(list: 'waiting' | 'attending', filter: AttendanceFilter, isEnabled: boolean): UseQueryResult<DeskCount> {
	const { accountId, as } = useAsker();
	const query = { ...as, ...of({ ...filter }) };
	return useQuery({
		queryKey: ['desk', accountId, `${list}-count`, query],
		queryFn: ({ signal }) => get<DeskCount>(`/accounts/${accountId}/desk/${list}/count`, query, signal),
		enabled: isEnabled,
	});
}

export function useChat(chatId: string): UseQueryResult<Chat> {
	return useOfDesk((asker) => `${chatPath(asker, chatId)}`);
}

export function useHistory(chatId: string): Paged<Message> {
	const asker = useAsker();
	return usePaged(['desk', asker.accountId], `${chatPath(asker, chatId)}/messages`, { ...asker.as, limit: HISTORY_LIMIT });
}

export function useNotes(chatId: string): Paged<Note> {
	const asker = useAsker();
	return usePaged(['desk', asker.accountId], `${chatPath(asker, chatId)}/notes`, { ...asker.as, limit: 20 });
}

export function useCard(chatId: string): UseQueryResult<ContactCard> {
	const { accountId } = useAsker();
	return useQuery({
		queryKey: ['desk', accountId, 'card', chatId],
		queryFn: ({ signal }) => get<ContactCard>(`/accounts/${accountId}/chats/${chatId}/card`, {}, signal),
	});
}

export function useAttendance(id: string | undefined): UseQueryResult<Attendance> {
	const { accountId } = useAsker();
	return useQuery({
		queryKey: ['desk', accountId, 'attendance', id],
		queryFn: ({ signal }) => get<Attendance>(`/attendances/${id}`, {}, signal),
		enabled: id !== undefined,
	});
}

export function useTransfers(attendanceId: string): UseQueryResult<readonly Transfer[]> {
	const { accountId, as } = useAsker();
	return useQuery({
		queryKey: ['desk', accountId, 'transfers', attendanceId, as],
		queryFn: async ({ signal }) =>
			(await get<{ items: readonly Transfer[] }>(`/accounts/${accountId}/desk/attendances/${attendanceId}/transfers`, as, signal)).items,
	});
}

export function useTicket(number: number | undefined): UseQueryResult<Ticket> {
	const { accountId } = useAsker();
	return useQuery({
		queryKey: ['desk', accountId, 'ticket', number],
		queryFn: ({ signal }) => get<Ticket>(`/accounts/${accountId}/tickets/${number}`, {}, signal),
		enabled: number !== undefined,
	});
}

export function chatPath({ accountId }: Asker, chatId: string): string {
	return `/accounts/${accountId}/chats/${chatId}`;
}

function useOfDesk<T>(path: (asker: Asker) => string): UseQueryResult<T> {
	const asker = useAsker();
	const url = path(asker);
	return useQuery({ queryKey: ['desk', asker.accountId, url, asker.as], queryFn: ({ signal }) => get<T>(url, asker.as, signal) });
}

function of<T extends Record<string, string | undefined>>(filter: T): Record<string, string> {
	return Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
