/** Simulated phones may write media as data URIs; what they have said is told with links, as everything else is. */
import type { SimulatorControl } from '../ports/simulator.ts';
import type { Media } from './services.ts';

/** `write` throws what `Media.keep` throws as well. */
export function keepingMedia(simulator: SimulatorControl, media: Pick<Media, 'keep'>): SimulatorControl {
	return {
		...simulator,
		write: async (instance, act) => {
			const content = await media.keep(act.content, instance.accountId);
			return await simulator.write(instance, { ...act, content });
		},
	};
}
