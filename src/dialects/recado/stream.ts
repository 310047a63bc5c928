/** The live stream: what happens, as it happens, as server-sent events. It stays open; whoever may not listen any more is let go within a minute. */
import { Type } from 'typebox';
import { EVENT_TYPES } from '../../domain/event.ts';
import { RecadoError } from '../../errors.ts';
import { LIVE_KINDS, type LiveKind } from '../../insight/live.ts';
import { replies } from './answering.ts';
import { stillStands } from './authentication.ts';
import { DELIVERY_STATES } from './deliveries.ts';
import type { RecadoDeps } from './deps.ts';
import { only, strict } from './inputs.ts';
import { accountOf } from './insight.ts';
import { ROOT, type Scope } from './scope.ts';
import { oneOf } from './views/view.ts';

const KIND = LIVE_KINDS.join('|');

/** Ours are shorter. */
const PLACE_LENGTH_MAX = 200;

const StreamQuery = Type.Object(
	{
		kinds: Type.Optional(
			Type.String({
				pattern: `^(${KIND})(,(${KIND}))*$`,
				description: `Any of ${LIVE_KINDS.join(', ')}, with commas between them; all if missing. Operators get \`changed\` alone`,
			}),
		),
		accountId: Type.Optional(Type.String({ description: 'Missing: all, to those who may; else their own' })),
		instanceId: Type.Optional(Type.String({ description: 'Of deliveries and events' })),
		webhookId: Type.Optional(Type.String({ description: 'Of deliveries' })),
		chatId: Type.Optional(Type.String({ description: 'Of deliveries and events' })),
		eventType: Type.Optional(oneOf(EVENT_TYPES, 'Of deliveries and events')),
		state: Type.Optional(oneOf(DELIVERY_STATES, 'Of deliveries; one that leaves the state is not told')),
		after: Type.Optional(
			Type.String({
				maxLength: PLACE_LENGTH_MAX,
				description:
					'As `Last-Event-ID`, for whoever cannot set it, as a new `EventSource`. Where both are given, the header counts: it is the later one',
			}),
		),
	},
	strict,
);

const StreamHeaders = Type.Object({
	'last-event-id': Type.Optional(
		Type.String({ maxLength: PLACE_LENGTH_MAX, description: 'The `id` that came last: the stream goes on from there' }),
	),
});

const DESCRIPTION = `Server-sent events. \`event: deliveries\` has \`LiveDeliveries\`, \`event: events\` \`LiveEvents\`, \`event: figures\` (once a second) \`LiveFigures\`,
\`event: changed\` \`LiveChanged\`. It tells what all processes do. Under load it tells a sample, the newest, and counts the rest as \`skipped\` (whoever is narrowed to one account is told 1 where there were any); who reads slowly
misses more of it, and is let go after 30 seconds without reading. Whoever comes back with \`Last-Event-ID\`, or with \`after\`, to whatever process, gets what came meanwhile, up to 250 of
each kind; some of it twice. What was told while it was unsettled is told again when it changes, for the latest 500 of them.`;

/** A stream that is cut is taken up again at once by browsers; nobody may keep it in between. */
const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };

export function streamRoutes(scope: Scope, deps: RecadoDeps): void {
	const { live } = deps.insight;
	// Before the server waits for what is being answered: these would be answered for ever.
	scope.addHook('preClose', () => live.close());
	scope.get(
		`${ROOT}/stream`,
		{
			exposeHeadRoute: false,
			config: { tells: 'own-account' },
			schema: {
				tags: ['Insight'],
				summary: 'Listen to what happens',
				description: DESCRIPTION,
				querystring: StreamQuery,
				headers: StreamHeaders,
				response: replies({
					200: { description: 'Server-sent events, until either side ends', content: { 'text/event-stream': { schema: Type.String() } } },
				}),
			},
		},
		async (request, reply) => {
			const isOperator = request.credential?.kind === 'operator';
			const after = request.headers['last-event-id'] ?? request.query.after;
			const accountId = accountOf(request);
			const listener = live.listen({
				kinds: kindsOf(request.query.kinds, isOperator),
				filter: {
					...only(request.query, ['instanceId', 'webhookId', 'chatId', 'eventType', 'state']),
					...(accountId === undefined ? {} : { accountId }),
				},
				isOperator,
				credentialId: request.owner,
				...(after === undefined ? {} : { after }),
				isAdmitted: () => stillStands(request, deps),
			});
			return reply.headers(HEADERS).send(listener);
		},
	);
}

/** Throws forbidden. */
function kindsOf(given: string | undefined, isOperator: boolean): readonly LiveKind[] {
	const kinds = LIVE_KINDS.filter((kind) => given?.split(',').includes(kind) ?? (!isOperator || kind === 'changed'));
	if (isOperator && kinds.some((kind) => kind !== 'changed')) throw new RecadoError('forbidden');
	return kinds;
}
