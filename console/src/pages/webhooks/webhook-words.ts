/** What a webhook is, in words and colours. */
import type { Webhook } from '../../api/views.ts';
import { words } from '../../i18n/words.ts';
import type { Tone } from '../../parts/state-badge.tsx';

export const STATUS_TONES: Readonly<Record<Webhook['status'], Tone>> = { active: 'good', failing: 'bad', disabled: 'idle', ending: 'warn' };

export const CIRCUIT_TONES: Readonly<Record<Webhook['circuit']['state'], Tone>> = { closed: 'good', open: 'bad', recovering: 'warn' };

export const WEBHOOK_WORDS = words({
	en: {
		status: { active: 'Active', failing: 'Failing', disabled: 'Disabled', ending: 'Ending' },
		circuit: { closed: 'Closed', open: 'Open', recovering: 'Recovering' },
		order: { chat: 'In order within each chat', webhook: 'All in one line', none: 'In no order' },
		gone: 'The receiver answered 410: gone for good',
		wholeAccount: 'Whole account',
		events: (events: number) => (events === 1 ? '1 event' : `${events} events`),
	},
	pt: {
		status: { active: 'Ativo', failing: 'Falhando', disabled: 'Desativado', ending: 'Encerrando' },
		circuit: { closed: 'Fechado', open: 'Aberto', recovering: 'Recuperando' },
		order: { chat: 'Em ordem dentro de cada chat', webhook: 'Todas em uma fila só', none: 'Sem ordem' },
		gone: 'O receptor respondeu 410: deixou de existir',
		wholeAccount: 'Toda a conta',
		events: (events: number) => (events === 1 ? '1 evento' : `${events} eventos`),
	},
});
