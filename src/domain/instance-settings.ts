/** What an instance does by itself, as its owner set it. */

export interface InstanceSettings {
	/** What customers write is marked as read when it arrives. */
	readonly autoReadMessage: boolean;
	/** Statuses of contacts are marked as seen when they arrive. */
	readonly autoReadStatus: boolean;
	/** Calls are not taken, and answered with `callRejectMessage`. */
	readonly callRejectAuto: boolean;
	/** '' answers nothing. */
	readonly callRejectMessage: string;
	/** A message for a session that is gone is refused, instead of waiting in the queue until it is back. */
	readonly refusesWhileDisconnected: boolean;
}

export const USUAL_SETTINGS: InstanceSettings = {
	autoReadMessage: false,
	autoReadStatus: false,
	callRejectAuto: false,
	callRejectMessage: '',
	refusesWhileDisconnected: false,
};
