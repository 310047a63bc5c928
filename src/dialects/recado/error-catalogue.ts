/** The catalogue of errors, for whoever follows the `type` of a problem. Needs no token. */
import { Type } from 'typebox';
import { ERRORS, type ErrorCode } from '../../errors.ts';
import { listOf, ref, replies } from './answering.ts';
import { found } from './found.ts';
import { ROOT, type Scope } from './scope.ts';
import { problemTitle, problemType } from './views/problem.ts';
import type { View } from './views/view.ts';

const tags = ['Errors'];
const security: [] = [];

export function errorCatalogueRoutes(scope: Scope): void {
	scope.get(
		`${ROOT}/errors`,
		{ schema: { tags, security, summary: 'All errors', response: replies({ 200: listOf('ErrorKind') }) } },
		() => ({ items: Object.keys(ERRORS).flatMap(kindsOf) }),
	);
	scope.get(
		`${ROOT}/errors/:code`,
		{
			schema: {
				tags,
				security,
				summary: 'Explain an error',
				params: Type.Object({ code: Type.String() }),
				response: replies({ 200: ref('ErrorKind') }),
			},
		},
		(request) => found('error', kindsOf(request.params.code)[0]),
	);
}

/** One, or none for a code that is not in the catalogue. */
function kindsOf(code: string): readonly View[] {
	if (!isCode(code)) return [];
	const { status, retryable, en, pt } = ERRORS[code];
	return [{ code, type: problemType(code), title: problemTitle(code), status, retryable, detail: en, detailPt: pt }];
}

function isCode(code: string): code is ErrorCode {
	return Object.hasOwn(ERRORS, code);
}
