/**
 * A value that must not be seen: tokens and keys of the configuration. It prints as `[secret]` wherever somebody logs, inspects or
 * serialises what holds it; whoever needs the value says so by calling `reveal`.
 */
import { inspect } from 'node:util';

export class Secret<T = string> {
	readonly #value: T;

	constructor(value: T) {
		this.#value = value;
	}

	reveal(): T {
		return this.#value;
	}

	toString(): string {
		return '[secret]';
	}

	toJSON(): string {
		return '[secret]';
	}

	static {
		// As a method its computed name would have no declared type (isolatedDeclarations).
		Object.defineProperty(Secret.prototype, inspect.custom, { value: () => '[secret]' });
	}
}
