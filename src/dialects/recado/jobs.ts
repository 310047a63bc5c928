/** Jobs: many deliveries replayed or discarded, by filter and span of time. */
import { Type } from 'typebox';
import type { Job, JobKind } from '../../ports/jobs.ts';
import { createOnce, pageOf, ref, replies } from './answering.ts';
import { DELIVERY_STATES } from './deliveries.ts';
import { filterOf, filterProperties } from './delivery-filter.ts';
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
			const wish = { ...only(request.body, ['kind', 'states']), ...(await filterOf(deps, request.body)) };
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
				querystring: Type.Object({ ...pageProperties }, strict),
				response: replies({ 200: pageOf('Job') }),
			},
		},
		async (request) => {
			const page = await jobs.list(pageOfQuery(request.query));
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

function changingRoute(scope: Scope, verb: string, summary: string, change: (id: string) => Promise<Job>): void {
	scope.post(
		`${ROOT}/jobs/:id/${verb}`,
		{ config: { isBodyOptional: true }, schema: { tags, summary, params: IdParams, response: replies({ 200: ref('Job') }) } },
		async (request) => jobView(await change(request.params.id)),
	);
}
