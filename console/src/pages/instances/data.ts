/** One instance, as the gateway tells it, and what is done to it. */
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { change, get } from '../../api/http.ts';
import { useStream } from '../../api/stream.ts';
import type { Instance, InstanceChannel, InstanceQueue, InstanceSettings, QrCode } from '../../api/views.ts';
import { isNotThere } from '../../parts/not-there.tsx';

/** What the stream should tell anyway; for when it is lost. Queues are not told by it. */
const LOOK_AGAIN_MS = 3_000;
/** A code is another one soon. */
const QR_MS = 5_000;
const QUEUE_SHOWN = 20;

export function useInstance(id: string): UseQueryResult<Instance> {
	return useQuery({
		queryKey: ['instances', id],
		queryFn: ({ signal }) => get<Instance>(`/instances/${id}`, {}, signal),
		refetchInterval: ({ state }) => !isNotThere(state.error) && LOOK_AGAIN_MS,
	});
}

export function useQueue(id: string): UseQueryResult<InstanceQueue> {
	return useQuery({
		queryKey: ['instances', id, 'queue'],
		queryFn: ({ signal }) => get<InstanceQueue>(`/instances/${id}/queue`, { limit: QUEUE_SHOWN }, signal),
		refetchInterval: LOOK_AGAIN_MS,
	});
}

export function useChannel(id: string): UseQueryResult<InstanceChannel> {
	return useQuery({
		queryKey: ['instances', id, 'channel'],
		queryFn: ({ signal }) => get<InstanceChannel>(`/instances/${id}/channel`, {}, signal),
		staleTime: Number.POSITIVE_INFINITY,
	});
}

export function useSettings(id: string): UseQueryResult<InstanceSettings> {
	return useQuery({
		queryKey: ['instances', id, 'settings'],
		queryFn: ({ signal }) => get<InstanceSettings>(`/instances/${id}/settings`, {}, signal),
	});
}

/** Undefined value: there is nothing to scan now. */
export function useQrCode(id: string): UseQueryResult<QrCode> {
	return useQuery({
		queryKey: ['instances', id, 'qr-code'],
		queryFn: ({ signal }) => get<QrCode>(`/instances/${id}/qr-code`, {}, signal),
		refetchInterval: QR_MS,
	});
}

/** Looks again where the gateway says that instances have changed. */
export function useInstanceHints(accountId: string | undefined): void {
	const client = useQueryClient();
	useStream(['changed'], { accountId }, (_kind, data) => {
		if ((data as { what?: string }).what === 'instances') void client.invalidateQueries({ queryKey: ['instances'] });
	});
}

export type SessionAct = 'connect' | 'disconnect' | 'restart' | 'lose';

/** `lose`: as when the phone is switched off; a simulator's alone. Throws Refused. */
export async function actOn(id: string, act: SessionAct): Promise<Instance> {
	return await change<Instance>('POST', act === 'lose' ? `/simulator/${id}/disconnect` : `/instances/${id}/${act}`);
}
