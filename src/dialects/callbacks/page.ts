/** Pages of lists: numbered from 1, of a size that the caller chooses. */
import { type Static, type TInteger, type TObject, type TOptional, Type } from 'typebox';
import type { Page } from '../../ports/whatsapp.ts';

/** Documented nowhere; a page is answered in one piece. */
const PAGE_SIZE_MAX = 1_000;
const PAGE_SIZE_DEFAULT = 20;

const page = Type.Integer({ minimum: 1, description: 'Counts from 1' });
const pageSize = Type.Integer({ minimum: 1, maximum: PAGE_SIZE_MAX });

export const PageQuery: TObject<{ page: TInteger; pageSize: TInteger }> = Type.Object({ page, pageSize });
export const OptionalPageQuery: TObject<{ page: TOptional<TInteger>; pageSize: TOptional<TInteger> }> = Type.Object({
	page: Type.Optional(page),
	pageSize: Type.Optional(pageSize),
});

export function pageOf(query: Static<typeof OptionalPageQuery>): Page {
	const limit = query.pageSize ?? PAGE_SIZE_DEFAULT;
	return { offset: ((query.page ?? 1) - 1) * limit, limit };
}
