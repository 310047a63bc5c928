/** Of which window the overview shows the figures, as the address of the page says it. */

export const FIGURE_WINDOWS = ['15m', '1h', '24h', '7d'] as const;
export type FigureWindow = (typeof FIGURE_WINDOWS)[number];

export interface OverviewSearch {
	/** The last hour if missing. */
	readonly window?: FigureWindow;
}

export function readOverviewSearch(search: Record<string, unknown>): OverviewSearch {
	const window = FIGURE_WINDOWS.find((one) => one === search['window']);
	return window === undefined ? {} : { window };
}
