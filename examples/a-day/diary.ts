/** What the people of the day did and saw, noted on their own side of the gateway. What webhooks and lists tell is held against it at the end. */

export interface Diary {
	readonly visits: Visit[];
	readonly closings: Closing[];
	readonly transfers: Transfer[];
	/** Who wrote after closing time. */
	readonly latecomers: string[];
	/** What the gateway answered to operators' messages: the ids of those that it took. */
	readonly said: string[];
}

/** A customer's, from their first word to the operator's last. */
export interface Visit {
	readonly phone: string;
	readonly number: number;
	/** The messages on the phone's screen in between, by who wrote them. */
	readonly mine: readonly string[];
	readonly theirs: readonly string[];
	/** Undefined: the survey was not answered. */
	readonly rating?: number;
	/** '' where nothing was said. */
	readonly observation: string;
}

/** An attendance that an operator ended. */
export interface Closing {
	readonly number: number;
	readonly phone: string;
	readonly operatorId: string;
	readonly operator: string;
	readonly category: string;
	readonly report: string;
}

export interface Transfer {
	readonly number: number;
	/** '' where none can be given. */
	readonly reason: string;
}

export function newDiary(): Diary {
	return { visits: [], closings: [], transfers: [], latecomers: [], said: [] };
}
