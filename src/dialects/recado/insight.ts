/** What the gateway is doing and has done, and what needs a person. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { pageOfQuery, pageProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { attentionView, FIGURE_WINDOWS, figuresView } from './views/insight.ts';
import { oneOf } from './views/view.ts';

const tags = ['Insight'];
const ofOwnAccount = { tells: 'own-account' } as const;

const FiguresQuery = Type.Object(
	{
		window: Type.Optional(oneOf(FIGURE_WINDOWS, 'Up to now, `1h` if missing: by the minute, the minute, ten minutes, the hour')),
		accountId: Type.Optional(Type.String({ description: 'Missing: the gateway as a whole, to those who may; else their own' })),
	},
	strict,
);

const AttentionQuery = Type.Object(
	{ accountId: Type.Optional(Type.String({ description: 'Missing: all, to those who may; else their own' })), ...pageProperties },
	strict,
);

export function insightRoutes(scope: Scope, { insight }: RecadoDeps): void {
	scope.get(
		`${ROOT}/figures`,
		{
			config: ofOwnAccount,
			schema: {
				tags,
				summary: 'Show what was sent, received and delivered, minute by minute',
				description:
					'Of all processes together. They are kept for 8 days. What a process did in its last seconds before it was killed is missing.',
				querystring: FiguresQuery,
				response: replies({ 200: ref('Figures') }),
			},
		},
		async (request) => figuresView(await insight.figures.figures(request.query.window ?? '1h', accountOf(request))),
	);
	scope.get(
		`${ROOT}/attention`,
		{
			config: ofOwnAccount,
			schema: {
				tags,
				summary: 'List what needs a person now, worst first',
				querystring: AttentionQuery,
				response: replies({ 200: pageOf('AttentionItem') }),
			},
		},
		async (request) => {
			const accountId = accountOf(request);
			const page = await insight.attention.attention({ ...pageOfQuery(request.query), ...(accountId === undefined ? {} : { accountId }) });
			return { items: page.items.map(attentionView), next: page.next };
		},
	);
}

/** The account that is asked for; who has one sees that and no other. */
export function accountOf(
	request: Pick<FastifyRequest, 'credential'> & { readonly query: { readonly accountId?: string } },
): string | undefined {
	return request.credential?.accountId ?? request.query.accountId;
}
