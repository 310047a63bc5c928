/** Jobs: many deliveries replayed or discarded, by filter and span of time. */
import { Type } from 'typebox';
import type { Job, JobKind } from '../../ports/jobs.ts';
import { createOnce, pageOf, ref, replies } from './answering.ts';
import { DELIVERY_STATES } from './deliveries.ts';
import { type FilterGiven, filterOf, filterProperties } from './delivery-filter.ts';
import type { RecadoDeps } from './deps.ts';
import { found } from './found.ts';
import { IdParams, only, pageOfQuery, pageProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { jobView } from './views/job.ts';
import { oneOf } from './views/view.ts';

const tags = ['Jobs'];
/** What is made here; a contact is erased under its own address. */
const KINDS: readonly Exclude<JobKind, 'erase'>[] = ['replay', 'discard'];

/** A misspelt filter would take everything: what is not documented is refused here. */
const JobBody = Type.Object(
	{
		kind: oneOf(KINDS, 'Replay: each is sent again, the same bytes under the same `webhook-id`. Discard: each is cancelled'),
		states: Type.Optional(
			Type.Array(oneOf(DELIVERY_STATES, 'To replay: of delivered, dead, cancelled; to discard: of pending, dead'), {
				minItems: 1,
				uniqueItems: true,
				description: 'The dead ones if missing',
			}),
		),
		...filterProperties,
	},
	strict,
);

export function jobRoutes(scope: Scope, deps: RecadoDeps): void {
	const { jobs } = deps;
	scope.post(
		`${ROOT}/jobs`,
		{
			schema: {
				tags,
				summary: 'Replay or discard many deliveries',
				description:
					'Of those that are there now, everything that is given has to fit. It goes on in batches, also after a restart; one job at a time.',
				body: JobBody,
				response: replies({ 202: ref('Job') }),
			},
		},
		async (request, reply) => {
			const filter = await ownedFilterOf(deps, request.body);
			const wish = { ...only(request.body, ['kind', 'states']), ...filter };
			const { status, body } = await createOnce(
				request,
				(job: Job) => ({ status: 202, body: jobView(job) }),
				(idempotency) => jobs.start(wish, idempotency),
			);
			return reply.code(status).send(body);
		},
	);
	scope.get(
		`${ROOT}/jobs`,
		{
			schema: {
				tags,
				summary: 'List jobs, newest first',
				querystring: Type.Object({ accountId: Type.Optional(Type.String()), ...pageProperties }, strict),
				response: replies({ 200: pageOf('Job') }),
			},
		},
		async (request) => {
			const page = await jobs.list(only(request.query, ['accountId']), pageOfQuery(request.query));
			return { items: page.items.map(jobView), next: page.next };
		},
	);
	scope.get(
		`${ROOT}/jobs/:id`,
		{ schema: { tags, summary: 'Show a job', params: IdParams, response: replies({ 200: ref('Job') }) } },
		async (request) => jobView(found('job', await jobs.job(request.params.id))),
	);
	changingRoute(scope, 'pause', 'Pause a job', (id) => jobs.pause(id));
	changingRoute(scope, 'resume', 'Go on with a job that was paused', (id) => jobs.resume(id));
	changingRoute(scope, 'cancel', 'Stop a job for good; what it has done stays done', (id) => jobs.cancel(id));
}

/** With the account of what is named, so that the job is found among those of its account. */
async function ownedFilterOf(deps: RecadoDeps, given: FilterGiven): ReturnType<typeof filterOf> {
	const filter = await filterOf(deps, given);
	const { webhookId, instanceId, chatId } = given;
	const named = webhookId ?? instanceId ?? chatId;
	if (given.accountId !== undefined || named === undefined) return filter;
	const accountId = await deps.access.accounts.of(named);
	return { ...filter, ...(accountId === undefined ? {} : { accountId }) };
}

function changingRoute(scope: Scope, verb: string, summary: string, change: (id: string) => Promise<Job>): void {
	scope.post(
		`${ROOT}/jobs/:id/${verb}`,
		{ config: { isBodyOptional: true }, schema: { tags, summary, params: IdParams, response: replies({ 200: ref('Job') }) } },
		async (request) => jobView(await change(request.params.id)),
	);
}
