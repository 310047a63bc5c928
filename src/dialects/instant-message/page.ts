/** Pages of the lists: the parameters that ask for one, and the documented form of what is told (`itensPage`, `totalItens` are its spelling). */
import { type TInteger, Type } from 'typebox';

const LIMIT_DEFAULT = 30;
/** A larger `limit` is a fault, not silently cut. */
const LIMIT_MAX = 100;
const PAGE_MAX = 1_000_000;

export const PAGE_PARAMETERS: { readonly page: TInteger; readonly limit: TInteger } = {
	page: Type.Integer({ minimum: 1, maximum: PAGE_MAX, default: 1 }),
	limit: Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT }),
};

export interface Pagination {
	readonly totalPages: number;
	readonly currentPage: number;
	/** How many are on this page. */
	readonly itensPage: number;
	readonly totalItens: number;
}

export function paginate(
	asked: { readonly page: number; readonly limit: number },
	found: { items: readonly unknown[]; total: number },
): Pagination {
	return {
		totalPages: Math.ceil(found.total / asked.limit),
		currentPage: asked.page,
		itensPage: found.items.length,
		totalItens: found.total,
	};
}
