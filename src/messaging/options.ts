/** The limits of messaging; defaults and units are told in the configuration's table. */

export interface MessagingOptions {
	/** Queued messages of one instance; one more is refused with `queue_full`. */
	readonly queueMax: number;
	/** Messages in the transcript of an attendance; of a longer one the newest are told. */
	readonly transcriptMessagesMax: number;
}
