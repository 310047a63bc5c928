/** What asks for a tap: buttons, lists, actions, one-time passwords, Pix keys and carousels. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { ActionButton } from '../../../domain/content.ts';
import { CHOICES_MAX, choiceLabel, listContent, optionList, replyButton, replyButtons, tapId, tapIdOf } from '../../callbacks/choices.ts';
import { given } from '../../callbacks/given.ts';
import { mediumFrom } from '../../callbacks/medium-from.ts';
import { messageText, sendFields } from '../../callbacks/send-fields.ts';
import { INSTANCE_PATH } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';
import { missing, phoneAt } from '../faults.ts';
import { newReference } from '../reference.ts';
import { send } from '../send.ts';

const source = Type.String({ minLength: 1, description: 'https URL or Base64 data URI' });
const ButtonsBody = Type.Object({
	...sendFields,
	message: messageText,
	buttonList: Type.Object({
		image: Type.Optional(source),
		video: Type.Optional(source),
		buttons: replyButtons,
	}),
});
const ListBody = Type.Object({
	...sendFields,
	message: messageText,
	optionList,
});

const Action = Type.Object({
	type: Type.Union([Type.Literal('CALL'), Type.Literal('URL'), Type.Literal('REPLY')]),
	label: choiceLabel,
	id: tapId,
	phone: Type.Optional(Type.String({ description: 'Of CALL' })),
	url: Type.Optional(Type.String({ format: 'uri', description: 'Of URL' })),
});
const ActionsBody = Type.Object({
	...sendFields,
	message: messageText,
	title: Type.Optional(Type.String()),
	footer: Type.Optional(Type.String()),
	buttonActions: Type.Array(Action, { minItems: 1, maxItems: CHOICES_MAX }),
});
const CarouselBody = Type.Object({
	...sendFields,
	message: messageText,
	carousel: Type.Array(
		Type.Object({ text: Type.String(), image: source, buttons: Type.Optional(Type.Array(Action, { maxItems: CHOICES_MAX })) }),
		{ minItems: 1, maxItems: CHOICES_MAX },
	),
});
const OtpBody = Type.Object({
	...sendFields,
	message: messageText,
	code: Type.String({ minLength: 1 }),
	image: Type.Optional(source),
	buttonText: Type.Optional(choiceLabel),
});
const PixBody = Type.Object({
	...sendFields,
	pixKey: Type.String({ minLength: 1 }),
	type: Type.Union((['CPF', 'CNPJ', 'PHONE', 'EMAIL', 'EVP'] as const).map((one) => Type.Literal(one))),
	merchantName: Type.Optional(Type.String({ minLength: 1 })),
});

/** Z-API's words where the caller gives none. */
const COPY_LABEL = 'Copiar código';
const MERCHANT = 'Pix';

export function interactiveRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	choiceRoutes(scope, deps);
	actionRoutes(scope, deps);
}

function choiceRoutes(scope: FastifyInstance, { messaging }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof ButtonsBody> }>(
		`${INSTANCE_PATH}/send-button-list`,
		{ schema: { body: ButtonsBody } },
		async (request) => {
			const { message: text, messageId, buttonList, ...fields } = request.body;
			const { image, video, buttons } = buttonList;
			const header = headerOf(image, video);
			return send(messaging, request, {
				...fields,
				replyTo: messageId,
				content: { kind: 'buttons', text, buttons: buttons.map(replyButton), ...given({ header }) },
				fieldAt: () => `buttonList.${image === undefined ? 'video' : 'image'}`,
			});
		},
	);

	scope.post<{ Body: Static<typeof ListBody> }>(`${INSTANCE_PATH}/send-option-list`, { schema: { body: ListBody } }, async (request) => {
		const { message: text, messageId, optionList: list, ...fields } = request.body;
		return send(messaging, request, { ...fields, replyTo: messageId, content: listContent(text, list) });
	});
}

function actionRoutes(scope: FastifyInstance, { messaging, random }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof ActionsBody> }>(
		`${INSTANCE_PATH}/send-button-actions`,
		{ schema: { body: ActionsBody } },
		async (request) => {
			const { message: text, messageId, title, footer, buttonActions, ...fields } = request.body;
			const buttons = buttonActions.map((action, index) => actionButton(action, index, `buttonActions[${index}]`));
			return send(messaging, request, {
				...fields,
				replyTo: messageId,
				content: { kind: 'template', templateId: '', text, buttons, ...given({ title, footer }) },
			});
		},
	);

	scope.post<{ Body: Static<typeof CarouselBody> }>(
		`${INSTANCE_PATH}/send-carousel`,
		{ schema: { body: CarouselBody } },
		async (request) => {
			const { message: text, messageId, carousel, ...fields } = request.body;
			const cards = carousel.map((card, at) => ({
				text: card.text,
				header: mediumFrom('image', card.image),
				buttons: (card.buttons ?? []).map((action, index) => actionButton(action, index, `carousel[${at}].buttons[${index}]`)),
			}));
			return send(messaging, request, {
				...fields,
				replyTo: messageId,
				content: { kind: 'carousel', text, cards },
				fieldAt: (place) => place.replace(/^cards(\[\d+\])\.header$/, 'carousel$1.image'),
			});
		},
	);

	scope.post<{ Body: Static<typeof OtpBody> }>(`${INSTANCE_PATH}/send-button-otp`, { schema: { body: OtpBody } }, async (request) => {
		const { message: text, messageId, code, image, buttonText, ...fields } = request.body;
		const header = image === undefined ? undefined : mediumFrom('image', image);
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: {
				kind: 'template',
				templateId: '',
				text,
				buttons: [{ action: 'copy', label: buttonText ?? COPY_LABEL, code }],
				...given({ header }),
			},
			fieldAt: () => 'image',
		});
	});

	scope.post<{ Body: Static<typeof PixBody> }>(`${INSTANCE_PATH}/send-button-pix`, { schema: { body: PixBody } }, async (request) => {
		const { messageId, pixKey, type, merchantName = MERCHANT, ...fields } = request.body;
		return send(messaging, request, {
			...fields,
			replyTo: messageId,
			content: { kind: 'pix-key', key: pixKey, keyType: type, merchantName, referenceId: newReference(random), currency: 'BRL' },
		});
	});
}

function headerOf(image: string | undefined, video: string | undefined) {
	if (image !== undefined) return mediumFrom('image', image);
	return video === undefined ? undefined : mediumFrom('video', video);
}

/** Throws invalid_request where it lacks what its type needs. */
function actionButton(action: Static<typeof Action>, index: number, path: string): ActionButton {
	switch (action.type) {
		case 'URL':
			return { action: 'url', label: action.label, url: action.url ?? missing(`${path}.url`) };
		case 'CALL':
			return { action: 'call', label: action.label, phone: phoneAt(`${path}.phone`, action.phone ?? missing(`${path}.phone`)) };
		case 'REPLY':
			return { action: 'reply', label: action.label, id: tapIdOf(action, index) };
	}
}
