/** What a delivery is and how it failed, in words and colours. */
import type { Delivery } from '../../api/views.ts';
import { words } from '../../i18n/words.ts';
import type { Tone } from '../../parts/state-badge.tsx';
import type { DeliveryState } from './search.ts';

export const STATE_TONES: Readonly<Record<DeliveryState, Tone>> = {
	pending: 'warn',
	sending: 'busy',
	delivered: 'good',
	dead: 'bad',
	cancelled: 'idle',
};

export const DELIVERY_WORDS = words({
	en: {
		state: { pending: 'Waiting', sending: 'Sending', delivered: 'Delivered', dead: 'Dead', cancelled: 'Discarded' },
		error: {
			dns: 'name not found',
			connect: 'no connection',
			tls: 'TLS failed',
			timeout: 'no answer in time',
			reset: 'connection broke',
			status: 'answered with an error',
			'too-large': 'answer too large',
			'refused-by-guard': 'not sent there',
			interrupted: 'interrupted',
		} as Readonly<Record<string, string>>,
		attempts: (count: number) => (count === 0 ? 'no attempt yet' : count === 1 ? '1 attempt' : `${count} attempts`),
		probes: (count: number) => (count === 1 ? '1 probe' : `${count} probes`),
		noChat: 'no chat',
	},
	pt: {
		state: { pending: 'Aguardando', sending: 'Enviando', delivered: 'Entregue', dead: 'Esgotada', cancelled: 'Descartada' },
		error: {
			dns: 'nome não encontrado',
			connect: 'sem conexão',
			tls: 'falha de TLS',
			timeout: 'sem resposta a tempo',
			reset: 'conexão caiu',
			status: 'respondeu com erro',
			'too-large': 'resposta grande demais',
			'refused-by-guard': 'envio não permitido',
			interrupted: 'interrompida',
		} as Readonly<Record<string, string>>,
		attempts: (count: number) => (count === 0 ? 'nenhuma tentativa' : count === 1 ? '1 tentativa' : `${count} tentativas`),
		probes: (count: number) => (count === 1 ? '1 sondagem' : `${count} sondagens`),
		noChat: 'sem chat',
	},
});

/** Only what is settled is sent again. */
export function isReplayable({ state }: Delivery): boolean {
	return state === 'delivered' || state === 'dead' || state === 'cancelled';
}

export function isDiscardable({ state }: Delivery): boolean {
	return state === 'pending' || state === 'dead';
}
