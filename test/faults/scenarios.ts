/** Every scenario of the fault suite, in the order in which they run. */
import { CLIENTS_GONE, SAME_KEY } from './clients.ts';
import { CLOCK_STEPS } from './clock-steps.ts';
import { CLUSTER } from './cluster.ts';
import { CONNECTIONS } from './connections.ts';
import { FULL_DISK } from './full-disk.ts';
import { KILLS } from './kills.ts';
import { POWER_CUT } from './power-cut.ts';
import { RECEIVERS } from './receivers.ts';
import type { Scenario } from './scenario.ts';
import { STATUSES } from './statuses.ts';

export const SCENARIOS: readonly Scenario[] = [
	...KILLS,
	POWER_CUT,
	...FULL_DISK,
	CLOCK_STEPS,
	RECEIVERS,
	STATUSES,
	CONNECTIONS,
	CLIENTS_GONE,
	SAME_KEY,
	...CLUSTER,
];
