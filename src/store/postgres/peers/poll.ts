/** Looks by itself, behind the news: seldom where they are heard, and often where they are not. */
import { Alarm } from './alarm.ts';

const HEARING_MS = 30_000;
const DEAF_MS = 1_000;

export class Poll {
	readonly #isHearing: () => boolean;
	readonly #look: () => void;
	readonly #alarm = new Alarm();

	constructor(isHearing: () => boolean, look: () => void) {
		this.#isHearing = isHearing;
		this.#look = look;
	}

	/** Begins anew, where how it is to be changed. */
	start(): void {
		this.#alarm.set(this.#isHearing() ? HEARING_MS : DEAF_MS, () => {
			this.#look();
			this.start();
		});
	}

	stop(): void {
		this.#alarm.cancel();
	}
}
