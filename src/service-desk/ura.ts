/** The settings of the URA; who asks with them is the attendant. */
import { type Fault, RecadoError } from '../errors.ts';
import type { Store } from '../ports/store.ts';
import type { AccountSettings } from './account-settings.ts';
import type { Ura, UraOption, UraSettings } from './answering-services.ts';

/** Menus in menus: more than that nobody listens to, and each is kept with the chat that is being asked. */
const DEPTH_MAX = 5;
const OPTIONS_MAX = 50;

export interface UraParts {
	readonly store: Pick<Store, 'accounts'>;
	readonly settings: AccountSettings;
}

export class UraService implements Ura {
	readonly #parts: UraParts;

	constructor(parts: UraParts) {
		this.#parts = parts;
	}

	async get(accountId: string): Promise<UraSettings | undefined> {
		return (await this.#parts.settings.of(accountId)).ura;
	}

	async set(accountId: string, settings: UraSettings): Promise<void> {
		const { store } = this.#parts;
		const known = {
			departments: new Set((await store.accounts.departments(accountId)).map(({ id }) => id)),
			operators: new Set((await store.accounts.operators(accountId)).map(({ id }) => id)),
		};
		if (settings.options) check(settings.options, { ...known, path: 'options', depth: 1 });
		await this.#parts.settings.set(accountId, 'ura', settings);
	}
}

interface Checking {
	readonly departments: ReadonlySet<string>;
	readonly operators: ReadonlySet<string>;
	readonly path: string;
	readonly depth: number;
}

function check(options: readonly UraOption[], checking: Checking): void {
	const { departments, operators, path, depth } = checking;
	if (options.length === 0) throw faulty({ path, en: 'must have an option', pt: 'deve ter uma opção' });
	if (options.length > OPTIONS_MAX)
		throw faulty({ path, en: `has more than ${OPTIONS_MAX} options`, pt: `tem mais de ${OPTIONS_MAX} opções` });
	if (depth > DEPTH_MAX)
		throw faulty({ path, en: `is deeper than ${DEPTH_MAX} menus`, pt: `tem mais de ${DEPTH_MAX} menus de profundidade` });
	options.forEach((option, index) => {
		const place = `${path}[${index}].to`;
		if (!isOption(option))
			throw faulty({
				path: `${path}[${index}]`,
				en: 'must have a label and say where it leads',
				pt: 'deve ter um label e dizer aonde leva',
			});
		const { to } = option;
		switch (to.kind) {
			case 'department':
				if (!departments.has(to.departmentId)) throw missing('department', to.departmentId, place);
				return;
			case 'operator':
				if (!operators.has(to.operatorId)) throw missing('operator', to.operatorId, place);
				return;
			case 'menu':
				check(to.options, { ...checking, path: `${place}.options`, depth: depth + 1 });
		}
	});
}

/** Menus in menus come as they were written by the caller. */
function isOption(option: unknown): option is UraOption {
	if (typeof option !== 'object' || option === null) return false;
	const { label, to } = option as { label?: unknown; to?: { kind?: unknown; message?: unknown; options?: unknown } | null };
	if (typeof label !== 'string' || label.trim() === '' || typeof to !== 'object' || to === null) return false;
	if (to.kind === 'menu') return typeof to.message === 'string' && Array.isArray(to.options);
	return to.kind === 'department' || to.kind === 'operator';
}

function missing(what: 'department' | 'operator', id: string | undefined, place: string): RecadoError {
	const fault = { path: `${place}.${what}Id`, en: 'must be one of the account', pt: 'deve ser um da conta' };
	return new RecadoError(`${what}_missing`, { details: { id: id ?? '' }, faults: [fault] });
}

function faulty(fault: Fault): RecadoError {
	return new RecadoError('invalid_request', { faults: [fault] });
}
