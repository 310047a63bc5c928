/**
 * The steps between a request and its delivered webhook, as points where the process can die. They are put around the store and the sender
 * from outside (`AppOverrides.around`): what ships knows nothing of them.
 */
import type { Sender } from '../../src/ports/sender.ts';
import type { Store } from '../../src/ports/store.ts';

/** In the order in which a delivery passes them. The receiver's side of an attempt is not among them: there the driver kills. */
export type Failpoint = 'before-commit' | 'after-commit' | 'before-attempt' | 'after-answer' | 'after-settle';

export class Failpoints {
	#armed: { readonly point: Failpoint; left: number } | undefined;

	/** The process kills itself when it comes to the point for the nth time from now on. */
	arm(point: Failpoint, nth: number): void {
		this.#armed = { point, left: nth };
	}

	aroundStore(store: Store): Store {
		const deliveries = overlay(store.deliveries, {
			settle: async (settlement) => {
				const next = await store.deliveries.settle(settlement);
				this.#pass('after-settle');
				return next;
			},
		});
		return overlay(store, {
			deliveries,
			commit: async (unit) => {
				this.#pass('before-commit');
				const result = await store.commit(unit);
				this.#pass('after-commit');
				return result;
			},
		});
	}

	aroundSender(sender: Sender): Sender {
		return overlay(sender, {
			send: async (request) => {
				this.#pass('before-attempt');
				const result = await sender.send(request);
				this.#pass('after-answer');
				return result;
			},
		});
	}

	#pass(point: Failpoint): void {
		if (this.#armed?.point !== point) return;
		this.#armed.left -= 1;
		// To itself a SIGKILL is deadly before the call returns: not one further instruction of ours runs.
		if (this.#armed.left === 0) process.kill(process.pid, 'SIGKILL');
	}
}

/** The same object with some of its members replaced; the others go to it directly, with its private fields. */
function overlay<T extends object>(target: T, own: Partial<T>): T {
	return new Proxy(target, {
		get(_target, name) {
			if (Object.hasOwn(own, name)) return Reflect.get(own, name);
			const value: unknown = Reflect.get(target, name);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}
