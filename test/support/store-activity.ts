/**
 * Whether a store has anything under way. One in another process answers when it answers: a clock that stands still until a test moves it has to
 * know what to wait for.
 */
import type { Store } from '../../src/ports/store.ts';

export class StoreActivity {
	#underWay = 0;

	get isBusy(): boolean {
		return this.#underWay > 0;
	}

	/** The same store, of which each operation is counted until it has settled. */
	around(store: Store): Store {
		return this.#counting(store);
	}

	#counting<T extends object>(target: T): T {
		const members = new Map<PropertyKey, unknown>();
		return new Proxy(target, {
			get: (_target, name) => {
				const value: unknown = Reflect.get(target, name);
				const isCounted = typeof value === 'function' || (typeof value === 'object' && value !== null && !Array.isArray(value));
				if (!isCounted) return value;
				if (!members.has(name)) members.set(name, typeof value === 'function' ? this.#counted(value.bind(target)) : this.#counting(value));
				return members.get(name);
			},
			// What a test puts in the place of an operation may wait for that test, so time goes on.
			defineProperty: (_target, name, descriptor) => {
				members.set(name, descriptor.value);
				return Reflect.defineProperty(target, name, descriptor);
			},
		});
	}

	#counted(operation: (...args: readonly unknown[]) => unknown): (...args: readonly unknown[]) => unknown {
		return (...args) => {
			const result = operation(...args);
			if (result instanceof Promise) {
				this.#underWay += 1;
				const settle = (): void => {
					this.#underWay -= 1;
				};
				result.then(settle, settle);
			}
			return result;
		};
	}
}
