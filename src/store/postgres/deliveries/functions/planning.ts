/**
 * How the statements of a function are planned: always by their indexes, once, and without looking at how big the tables are. `work` is empty at
 * one time and has a million rows an hour later; a plan that was made for the one would be ruin for the other.
 */
export const PLANNED: string = `
	SET plan_cache_mode = force_generic_plan
	SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off`;

/**
 * The same, but planned each time, by how big the tables are by then: for what joins many rows at once. A plan for all times that is made while
 * `work` has just been vacuumed empty has no reason to prefer one index over the other, and would walk through all of a backlog later.
 */
export const PLANNED_EACH_TIME: string = PLANNED.replace('force_generic_plan', 'force_custom_plan');
