/** The simulator is a channel like any other. */
import { channelSuite } from '../../../test/suites/channel.ts';
import { anInstance } from '../../../test/support/channel-rig.ts';
import { FakeIds } from '../../../test/support/fake-ids.ts';
import { Simulator } from './simulator.ts';

channelSuite('simulator', async (surroundings) => {
	const channel = new Simulator({ ...surroundings, seed: 1, ids: new FakeIds(), defaults: { repliesWith: null } });
	await channel.setBehaviour(anInstance(), '5544900000000', { onWhatsApp: false });
	return {
		channel,
		phones: ['5544999999999', '551133334444'],
		absentPhone: '5544900000000',
		lose: (instance) => channel.loseConnection(instance),
	};
});
