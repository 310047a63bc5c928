/** What the page shows, as the gateway tells it. The keys begin with what a change makes stale. */
import {
	type InfiniteData,
	type UseInfiniteQueryResult,
	type UseQueryResult,
	useInfiniteQuery,
	useQuery,
	useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { get } from '../../api/http.ts';
import type { Chat, Instance, Message, PhoneBehaviour, PhoneChat, PhoneMessage } from '../../api/views.ts';
import { useChosenAccount } from '../../parts/chosen-account.ts';
import { instancesQuery } from '../../parts/instances.ts';

interface Items<T> {
	readonly items: readonly T[];
}

/** Of the messages on a phone, at a time. */
const MESSAGES_PAGE = 200;
const CUSTOMERS_MAX = 200;
/** What the stream should tell anyway; for when it is lost. */
const LOOK_AGAIN_MS = 3_000;
/** As many as a person looks back on. */
const HISTORY_MAX = 50;

/** The simulated instances, of the chosen account or of all. */
export function useSimulators({ isRepeated = false }: { readonly isRepeated?: boolean } = {}): UseQueryResult<readonly Instance[]> {
	const accountId = useChosenAccount();
	return useQuery({
		...instancesQuery(accountId),
		select: (instances) => instances.filter(({ channel }) => channel === 'simulator'),
		refetchInterval: isRepeated ? LOOK_AGAIN_MS : false,
	});
}

/** Chats of the instance, latest first. */
export function useCustomers(instanceId: string): UseQueryResult<readonly Chat[]> {
	return useQuery({
		queryKey: ['phone', instanceId, 'customers'],
		queryFn: async ({ signal }) => (await get<Items<Chat>>('/chats', { instanceId, limit: CUSTOMERS_MAX }, signal)).items,
	});
}

export interface Whose {
	readonly instanceId: string;
	readonly phone: string;
}

/** The newest messages of a chat, oldest first, and with each next page the ones before. */
export function useScreen({ instanceId, phone }: Whose, chat: string): UseInfiniteQueryResult<readonly PhoneMessage[]> {
	return useInfiniteQuery({
		queryKey: ['phone', instanceId, 'screen', phone, 'messages', chat],
		queryFn: async ({ pageParam: before, signal }) => {
			const query = { chat, before, limit: MESSAGES_PAGE };
			return (await get<Items<PhoneMessage>>(`/simulator/${instanceId}/phones/${phone}/messages`, query, signal)).items;
		},
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (earliest) => (earliest.length < MESSAGES_PAGE ? undefined : earliest[0]?.whatsappId),
		select: oldestFirst,
		refetchInterval: LOOK_AGAIN_MS,
	});
}

function oldestFirst({ pages }: InfiniteData<readonly PhoneMessage[]>): readonly PhoneMessage[] {
	return pages.toReversed().flat();
}

export function usePhoneChats({ instanceId, phone }: Whose): UseQueryResult<readonly PhoneChat[]> {
	return useQuery({
		queryKey: ['phone', instanceId, 'screen', phone, 'chats'],
		queryFn: async ({ signal }) => (await get<Items<PhoneChat>>(`/simulator/${instanceId}/phones/${phone}/chats`, {}, signal)).items,
	});
}

export function behaviourKey({ instanceId, phone }: Whose): readonly unknown[] {
	return ['phone', instanceId, 'behaviour', phone];
}

export function useBehaviour({ instanceId, phone }: Whose): UseQueryResult<PhoneBehaviour> {
	return useQuery({
		queryKey: behaviourKey({ instanceId, phone }),
		queryFn: ({ signal }) => get<PhoneBehaviour>(`/simulator/${instanceId}/contacts/${phone}`, {}, signal),
	});
}

/** What the gateway has of the chat, newest first: it knows what was sent and how far that got, where the phone shows only what arrived. */
export function useHistory(chat: Chat | undefined): UseQueryResult<readonly Message[]> {
	return useQuery({
		queryKey: ['phone', chat?.instanceId, 'screen', 'history', chat?.id],
		queryFn: async ({ signal }) =>
			(await get<Items<Message>>(`/accounts/${chat?.accountId}/chats/${chat?.id}/messages`, { limit: HISTORY_MAX }, signal)).items,
		enabled: chat !== undefined,
	});
}

/** Hints come in bursts: one look follows soon after the first, and one after those that came meanwhile. */
const SCREEN_GATHER_MS = 200;
/** So much happens at once that nobody knows where: most of it elsewhere. */
const UNKNOWN_GATHER_MS = 1_000;
const CUSTOMERS_GATHER_MS = 2_000;
const INSTANCES_GATHER_MS = 200;

export interface LookAgain {
	/** At what is on the phone, and how far what was sent to it got. */
	readonly screen: () => void;
	/** The same, where it is not known whether anything happened there. */
	readonly screenPerhaps: () => void;
	/** At who has written. */
	readonly customers: () => void;
	/** At whether the instance is connected. */
	readonly instance: () => void;
}

export function useLookAgain(instanceId: string): LookAgain {
	const screen = useGathered(['phone', instanceId, 'screen'], SCREEN_GATHER_MS);
	const screenPerhaps = useGathered(['phone', instanceId, 'screen'], UNKNOWN_GATHER_MS);
	const customers = useGathered(['phone', instanceId, 'customers'], CUSTOMERS_GATHER_MS);
	const instance = useGathered(['instances', 'list'], INSTANCES_GATHER_MS);
	return { screen, screenPerhaps, customers, instance };
}

function useGathered(queryKey: readonly unknown[], gatherMs: number): () => void {
	const client = useQueryClient();
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	useEffect(() => () => clearTimeout(timer.current), []);
	return () => {
		timer.current ??= setTimeout(() => {
			timer.current = undefined;
			void client.invalidateQueries({ queryKey });
		}, gatherMs);
	};
}
