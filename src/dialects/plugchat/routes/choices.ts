/** `POST /api/whatsapp/send-button-list` and `send-option-list`: what asks for a tap. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { listContent, optionList, replyButton, replyButtons } from '../../callbacks/choices.ts';
import { messageText } from '../../callbacks/send-fields.ts';
import type { PlugchatDeps } from '../deps.ts';
import { plugchatFields, send } from '../send.ts';

const ButtonsBody = Type.Object({ ...plugchatFields, message: messageText, buttonList: Type.Object({ buttons: replyButtons }) });
const ListBody = Type.Object({ ...plugchatFields, message: messageText, optionList });

export function choiceRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	scope.post<{ Body: Static<typeof ButtonsBody> }>('/api/whatsapp/send-button-list', { schema: { body: ButtonsBody } }, (request) => {
		const { message: text, buttonList } = request.body;
		return send(deps, request, request.body, { kind: 'buttons', text, buttons: buttonList.buttons.map(replyButton) });
	});

	// The second spelling is printed in the same documents (contracts, pathVariants).
	for (const path of ['/api/whatsapp/send-option-list', '/api/whatsapp/send-text/send-option-list']) {
		scope.post<{ Body: Static<typeof ListBody> }>(path, { schema: { body: ListBody } }, (request) =>
			send(deps, request, request.body, listContent(request.body.message, request.body.optionList)),
		);
	}
}
