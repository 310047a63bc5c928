/** What the gateway runs with. */
import { ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { ROOT, type Scope } from './scope.ts';
import { settingsView } from './views/settings.ts';

export function settingsRoutes(scope: Scope, { settings }: RecadoDeps): void {
	scope.get(
		`${ROOT}/settings`,
		{
			schema: {
				tags: ['Settings'],
				summary: 'Show what the gateway runs with',
				description:
					'Every option that the process which answers was started with. Options are environment variables: a change needs a restart. Of secrets only whether they are set.',
				response: replies({ 200: ref('Settings') }),
			},
		},
		async () => settingsView(settings()),
	);
}
