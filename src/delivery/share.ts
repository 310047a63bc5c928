/** How much of something that all webhooks share one of them may have: less than a quarter of what is free. */
export const SHARE: number = 1 / 4;

export function hasShare(own: number, free: number): boolean {
	return own < free * SHARE;
}
