/** The session of an instance: what a code to pair with needs, and what closing it does. */
import { type Arrange, same } from './arrangement.ts';

/** There is a code to pair with only while no phone is connected. */
export const pairs: Arrange = async ({ account, world }) => {
	await world.admin('POST', `/instances/${account.instance.id}/disconnect`);
	return {};
};

export const disconnects: Arrange = (scene) => ({
	effect: async () => same('connected', (await scene.get('status')).connected, false),
});
