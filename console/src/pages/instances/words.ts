/** Words that both pages say. */
import type { Instance } from '../../api/views.ts';
import { lasting } from '../../i18n/format.ts';
import { words } from '../../i18n/words.ts';

export const INSTANCE_WORDS = words({
	en: {
		connected: 'connected',
		disconnected: 'disconnected',
		simulator: 'Simulator',
		'cloud-api': 'Cloud API',
		'whatsapp-web': 'WhatsApp Web',
		noPause: 'no pause',
		pause: (from: string, to: string) => `${from} to ${to}`,
	},
	pt: {
		connected: 'conectada',
		disconnected: 'desconectada',
		simulator: 'Simulador',
		'cloud-api': 'Cloud API',
		'whatsapp-web': 'WhatsApp Web',
		noPause: 'sem pausa',
		pause: (from: string, to: string) => `${from} a ${to}`,
	},
});

/** The pause between two sends, in words. */
export function pacingText({ minMs, maxMs }: Instance['pacing'], say: (typeof INSTANCE_WORDS)['en']): string {
	if (maxMs === 0) return say.noPause;
	return minMs === maxMs ? lasting(minMs) : say.pause(lasting(minMs), lasting(maxMs));
}
