/** Custom buttons: an operator presses one in a chat, and the customer's own API is called. */
import { Type } from 'typebox';
import { listOf, Nothing, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { askerOf, askerProperties, mayConfigure } from './desk-input.ts';
import { foundAccount } from './found.ts';
import { IdParams, MemberParams, nameText, only } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { buttonOutcomeView, customButtonView, pressedButtonView } from './views/desk.ts';
import { oneOf } from './views/view.ts';

const tags = ['Custom buttons'];
const BUTTONS = `${ROOT}/accounts/:id/custom-buttons`;
const Name = nameText('As operators read it');
const Url = Type.String({ maxLength: 2_000, description: 'https' });
const Method = oneOf(['GET', 'POST'], 'A POST sends the contact as JSON, a GET in the query');

export function customButtonRoutes(scope: Scope, deps: RecadoDeps): void {
	keepingRoutes(scope, deps);
	changingRoutes(scope, deps);
	pressingRoute(scope, deps);
}

function keepingRoutes(scope: Scope, { serviceDesk: { buttons }, store }: RecadoDeps): void {
	scope.get(
		BUTTONS,
		{
			config: { operators: 'all' },
			schema: { tags, summary: 'List custom buttons', params: IdParams, response: replies({ 200: listOf('CustomButton') }) },
		},
		async ({ params, credential }) => {
			const { id } = await foundAccount(store, params.id);
			const view = mayConfigure(credential) ? customButtonView : pressedButtonView;
			return { items: (await buttons.list(id)).map(view) };
		},
	);
	scope.post(
		BUTTONS,
		{
			schema: {
				tags,
				summary: 'Create a custom button',
				params: IdParams,
				body: Type.Object({ name: Name, url: Url, method: Method }),
				response: replies({ 201: ref('CustomButton') }),
			},
		},
		async ({ params, body }, reply) =>
			reply.code(201).send(customButtonView(await buttons.create(params.id, only(body, ['name', 'url', 'method'])))),
	);
}

function changingRoutes(scope: Scope, { serviceDesk: { buttons } }: RecadoDeps): void {
	scope.patch(
		`${BUTTONS}/:memberId`,
		{
			schema: {
				tags,
				summary: 'Change a custom button',
				params: MemberParams,
				body: Type.Object({ name: Type.Optional(Name), url: Type.Optional(Url), method: Type.Optional(Method) }),
				response: replies({ 200: ref('CustomButton') }),
			},
		},
		async ({ params, body }) => customButtonView(await buttons.update(params.id, params.memberId, only(body, ['name', 'url', 'method']))),
	);
	scope.delete(
		`${BUTTONS}/:memberId`,
		{ schema: { tags, summary: 'Delete a custom button', params: MemberParams, response: replies({ 204: Nothing }) } },
		async ({ params }, reply) => {
			await buttons.delete(params.id, params.memberId);
			return reply.code(204).send();
		},
	);
}

function pressingRoute(scope: Scope, { serviceDesk: { buttons } }: RecadoDeps): void {
	scope.post(
		`${BUTTONS}/:memberId/press`,
		{
			config: { operators: 'all' },
			schema: {
				tags,
				summary: 'Press a custom button in a chat',
				description: 'The API must answer `{"message": text}`, which is sent into the chat, `{"modal": text}`, which is shown, or `null`.',
				params: MemberParams,
				body: Type.Object({ chatId: Type.String(), ...askerProperties }),
				response: replies({ 200: ref('ButtonOutcome') }),
			},
		},
		async ({ params, body, credential }) =>
			buttonOutcomeView(await buttons.press(askerOf(credential, params.id, body), params.memberId, body.chatId)),
	);
}
