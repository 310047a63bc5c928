/** Applications: instances seen through the Instant Message API. */
import { Type } from 'typebox';
import type { Application } from '../../domain/account.ts';
import type { ApplicationCreated } from '../../messaging/services.ts';
import { createOnce, listOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found, foundAccount } from './found.ts';
import { IdParams, nameText } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { applicationCreatedView, applicationView } from './views/account.ts';

const tags = ['Applications'];

export function applicationRoutes(scope: Scope, { directory, store, webhooks }: RecadoDeps): void {
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
				(idempotency) => directory.createApplication(request.params.id, { name, instanceId, webhook }, idempotency),
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
}
