/** Applications: instances seen through the Instant Message API. */
import { Type } from 'typebox';
import type { Application } from '../../domain/account.ts';
import type { ApplicationCreated } from '../../messaging/directory-services.ts';
import { createOnce, listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found, foundAccount } from './found.ts';
import { IdParams, nameText, strict, withAddressAt } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { applicationCreatedView, applicationView } from './views/account.ts';
import { oneOf } from './views/view.ts';
import { ENDINGS } from './webhook-input.ts';

const tags = ['Applications'];

export function applicationRoutes(scope: Scope, deps: RecadoDeps): void {
	const { directory, store, webhooks } = deps;
	const urlOf = (application: Application): string | undefined => webhooks.get(application.webhookId)?.url;
	scope.post(
		`${ROOT}/accounts/:id/applications`,
		{
			schema: {
				tags,
				summary: 'Create an application',
				params: IdParams,
				body: Type.Object({
					name: nameText('For people'),
					instanceId: Type.String(),
					webhook: Type.String({ description: 'The https address that gets its responses and statuses' }),
				}),
				response: replies({ 201: ref('ApplicationCreated') }),
			},
		},
		async (request, reply) => {
			const { name, instanceId, webhook } = request.body;
			const { status, body } = await createOnce(
				request,
				// Its webhook is made in the same commit, so it cannot be looked up yet.
				(created: ApplicationCreated) => ({ status: 201, body: applicationCreatedView(created, webhook) }),
				(idempotency) =>
					withAddressAt('webhook', directory.createApplication(request.params.id, { name, instanceId, webhook }, idempotency)),
			);
			return reply.code(status).send(body);
		},
	);
	scope.get(
		`${ROOT}/accounts/:id/applications`,
		{
			schema: { tags, summary: 'List the applications of an account', params: IdParams, response: replies({ 200: listOf('Application') }) },
		},
		async (request) => {
			const account = await foundAccount(store, request.params.id);
			const applications = await store.accounts.applicationsOf(account.id);
			return { items: applications.map((application) => applicationView(application, urlOf(application))) };
		},
	);
	scope.get(
		`${ROOT}/applications/:id`,
		{ schema: { tags, summary: 'Show an application', params: IdParams, response: replies({ 200: ref('Application') }) } },
		async (request) => {
			const application = found('application', await store.accounts.application(request.params.id));
			return applicationView(application, urlOf(application));
		},
	);
	scope.post(
		`${ROOT}/applications/:id/token`,
		{
			schema: {
				tags,
				summary: 'Make a new token; the old one ends at once',
				params: IdParams,
				response: replies({ 200: ref('ApplicationCreated') }),
			},
		},
		async (request) => {
			const created = await directory.rotateApplicationToken(request.params.id);
			return applicationCreatedView(created, urlOf(created.application));
		},
	);
	changingRoute(scope, deps);
	deletingRoute(scope, deps);
}

function changingRoute(scope: Scope, { directory, store, webhooks }: RecadoDeps): void {
	scope.patch(
		`${ROOT}/applications/:id`,
		{
			schema: {
				tags,
				summary: 'Change an application',
				description:
					'With another address what waits for the old one flows there at once. Where its webhook was deleted, it gets a new one.',
				params: IdParams,
				body: Type.Object({
					name: Type.Optional(nameText('For people')),
					webhook: Type.Optional(Type.String({ description: 'The https address that gets its responses and statuses' })),
				}),
				response: replies({ 200: ref('Application') }),
			},
		},
		async (request) => {
			const { name, webhook } = request.body;
			const { id, webhookId } = found('application', await store.accounts.application(request.params.id));
			const current = webhooks.get(webhookId);
			// One that drains gets nothing new wherever it points.
			const isThere = current !== undefined && current.ending === undefined;
			// The address first: where it is refused, nothing has changed.
			if (webhook !== undefined && isThere) await withAddressAt('webhook', webhooks.update(webhookId, { url: webhook }));
			const change = { ...(name === undefined ? {} : { name }), ...(webhook === undefined || isThere ? {} : { webhook }) };
			const application = await withAddressAt('webhook', directory.updateApplication(id, change));
			return applicationView(application, webhooks.get(application.webhookId)?.url);
		},
	);
}

function deletingRoute(scope: Scope, { directory, store, webhooks }: RecadoDeps): void {
	scope.delete(
		`${ROOT}/applications/:id`,
		{
			schema: {
				tags,
				summary: 'Delete an application, with its webhook and its templates',
				description:
					'Its token ends at once. 204 where its webhook is gone as well; 202 where what that has left is cancelled or delivered first: until then the webhook is shown with `ending`.',
				params: IdParams,
				querystring: Type.Object(
					{
						deliveries: Type.Optional(oneOf(ENDINGS, 'What becomes of what is not settled; has to be said where there is something')),
					},
					strict,
				),
				response: replies({ 202: Nothing, 204: Nothing }),
			},
		},
		async (request, reply) => {
			const { id, webhookId } = found('application', await store.accounts.application(request.params.id));
			// The webhook first: where it has to be asked about, nothing has changed. Should this stop between the two, it can be asked for again.
			const isGone = webhooks.get(webhookId) === undefined || (await webhooks.delete(webhookId, request.query.deliveries)).isGone;
			await directory.deleteApplication(id);
			return reply.code(isGone ? 204 : 202).send();
		},
	);
}
