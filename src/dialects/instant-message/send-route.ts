/** `POST /v1/messages`: queues messages, in one of two forms that `type` tells apart. */
import type { FastifyInstance } from 'fastify';
import { SENT_EXAMPLES } from './examples.ts';
import { answers, Sent } from './schemas.ts';
import { type InteractionBody, SendBody, type TemplateBody } from './send-body.ts';
import { type InteractionDeps, sendInteraction } from './send-interaction.ts';
import { sendTemplate, type TemplateDeps } from './send-template.ts';

export function sendRoute(scope: FastifyInstance, deps: InteractionDeps & TemplateDeps): void {
	scope.post<{ Body: InteractionBody | TemplateBody }>(
		'/v1/messages',
		{
			schema: {
				summary: 'Send a text, a medium, a location, or a template',
				tags: ['Mensagens'],
				body: SendBody,
				response: answers(Sent, SENT_EXAMPLES, 'What was queued, one message for each contact'),
			},
		},
		async (request) =>
			request.body.type === 'new' ? sendTemplate(deps, request, request.body) : sendInteraction(deps, request, request.body),
	);
}
