/** Webhooks: what a call registers, the management API lists. */
import { type Arrange, same } from './arrangement.ts';

/** Afterwards exactly these events go to our address. */
export function registers(...events: readonly string[]): Arrange {
	return (scene) => ({
		effect: async () => {
			const { body } = await scene.admin('GET', `/webhooks?accountId=${scene.account.id}`);
			const ours = body.items.filter(({ url }: { url: string }) => url === scene.places.webhookUrl);
			const listed: readonly string[] = ours.flatMap((webhook: { events: readonly string[] }) => webhook.events);
			return same('what our address hears', [...listed].sort(), [...events].sort());
		},
	});
}
