/**
 * Where a delivery stands in its lane, in words.
 *
 * - *none*: ordered with nothing, overtaken, or settled.
 * - *holder*: the one that is ready, sending or between its attempts. A lane with unsettled deliveries has exactly one. Entered
 *   by insertion into a free lane, or from `next` or `waits` when the holder before it leaves; left by settling or by being overtaken.
 * - *next*: has a due time although the lane is held: a retry of the holder said from when the lane may be overtaken. At most one in a lane;
 *   claimed, it is told who blocks it. When the holder leaves it holds the lane if it is being sent, and otherwise waits in line again.
 * - *waits*: pending without a due time.
 *
 * The numbers are chosen so that the lane index meets the holder first, then the next, then those who wait, oldest first.
 */
export const LANE_PLACE: { readonly none: 0; readonly holder: 1; readonly next: 2; readonly waits: 3 } = {
	none: 0,
	holder: 1,
	next: 2,
	waits: 3,
};
