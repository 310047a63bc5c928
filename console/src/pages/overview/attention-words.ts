/** What needs a person, in words: one of a kind, what else there is of it, and the way to where it is mended. */
import { words } from '../../i18n/words.ts';

export const ATTENTION_WORDS = words({
	en: {
		title: 'Needs attention',
		well: 'All is well',
		wellAbout: 'No webhook fails, every instance is connected, nothing has been given up and nothing is overdue.',
		more: 'There is more; mend these first.',
		severity: { critical: 'Critical', warning: 'Warning', notice: 'Notice' },
		kind: {
			'webhook-failing': () => 'A webhook is failing',
			'webhook-disabled': () => 'A webhook is disabled',
			'instance-disconnected': () => 'An instance is disconnected',
			'dead-deliveries': (n: string) => (n === '1' ? '1 delivery was given up' : `${n} deliveries were given up`),
			'overdue-deliveries': () => 'Deliveries are overdue',
			'observations-failed': (n: string) =>
				n === '1' ? '1 observation could not be worked out' : `${n} observations could not be worked out`,
		},
		atLeast: (n: string) => `${n} or more`,
		folded: {
			'webhook-failing': (n: string) => `and ${n} more failing webhooks`,
			'webhook-disabled': (n: string) => `and ${n} more disabled webhooks`,
			'instance-disconnected': (n: string) => `and ${n} more disconnected instances`,
			'dead-deliveries': (n: string) => `and deliveries of ${n} more webhooks were given up`,
			'overdue-deliveries': (n: string) => `and deliveries of ${n} more webhooks are overdue`,
			'observations-failed': (n: string) => `and observations of ${n} more instances`,
		},
		mend: {
			'webhook-failing': 'Open the webhook',
			'webhook-disabled': 'Open the webhook',
			'instance-disconnected': 'Open the instance',
			'dead-deliveries': 'Show and replay them',
			'overdue-deliveries': 'Show them',
			'observations-failed': 'Open the instance',
		},
		reason: { gone: 'its receiver answered 410: gone for good', request: 'by request' } as Readonly<Record<string, string>>,
	},
	pt: {
		title: 'Precisa de atenção',
		well: 'Tudo em ordem',
		wellAbout: 'Nenhum webhook falhando, todas as instâncias conectadas, nenhuma entrega esgotada e nada em atraso.',
		more: 'Há mais; resolva estes primeiro.',
		severity: { critical: 'Crítico', warning: 'Alerta', notice: 'Aviso' },
		kind: {
			'webhook-failing': () => 'Um webhook está falhando',
			'webhook-disabled': () => 'Um webhook está desativado',
			'instance-disconnected': () => 'Uma instância está desconectada',
			'dead-deliveries': (n: string) => (n === '1' ? '1 entrega esgotou as tentativas' : `${n} entregas esgotaram as tentativas`),
			'overdue-deliveries': () => 'Há entregas em atraso',
			'observations-failed': (n: string) =>
				n === '1' ? '1 observação não pôde ser processada' : `${n} observações não puderam ser processadas`,
		},
		atLeast: (n: string) => `${n} ou mais`,
		folded: {
			'webhook-failing': (n: string) => `e mais ${n} webhooks falhando`,
			'webhook-disabled': (n: string) => `e mais ${n} webhooks desativados`,
			'instance-disconnected': (n: string) => `e mais ${n} instâncias desconectadas`,
			'dead-deliveries': (n: string) => `e entregas esgotadas de mais ${n} webhooks`,
			'overdue-deliveries': (n: string) => `e entregas em atraso de mais ${n} webhooks`,
			'observations-failed': (n: string) => `e observações de mais ${n} instâncias`,
		},
		mend: {
			'webhook-failing': 'Abrir o webhook',
			'webhook-disabled': 'Abrir o webhook',
			'instance-disconnected': 'Abrir a instância',
			'dead-deliveries': 'Ver e reenviar',
			'overdue-deliveries': 'Ver as entregas',
			'observations-failed': 'Abrir a instância',
		},
		reason: { gone: 'o receptor respondeu 410: deixou de existir', request: 'a pedido' } as Readonly<Record<string, string>>,
	},
});
