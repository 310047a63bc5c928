/** What the answers look like, for the OpenAPI document. They are described by these schemas, not derived from them; the tests compare both. */
import { type TSchema, Type } from 'typebox';

const Phone = Type.String({ description: 'E.164 with "+"' });
const Time = Type.String({ format: 'date-time' });
const MediaData = Type.Object({
	link: Type.String(),
	id: Type.String({ description: 'Of `POST /v1/medias`' }),
	caption: Type.String(),
	filename: Type.String(),
});
const Location = Type.Object({ address: Type.String(), latitude: Type.Number(), longitude: Type.Number(), name: Type.String() });

const recordProperties = {
	messageId: Type.String(),
	contextId: Type.String({ description: 'As the caller gave it' }),
	interactionsId: Type.String({ description: 'The conversation' }),
	mediaType: Type.String({ description: 'text, image, video, audio, document, location; other kinds by the name WhatsApp has for them' }),
	message: Type.String(),
	mediaData: Type.Optional(MediaData),
	location: Type.Optional(Location),
	to: Phone,
	from: Phone,
	appId: Type.String(),
	status: Type.Enum(['stored', 'sent', 'delivered', 'read']),
	createdAt: Time,
	updatedAt: Time,
};
const MessageRecord = Type.Object(recordProperties);
const Pagination = Type.Object({
	totalPages: Type.Integer(),
	currentPage: Type.Integer(),
	itensPage: Type.Integer({ description: 'How many are on this page' }),
	totalItens: Type.Integer(),
});

export const Sent: TSchema = Type.Object({ messages: Type.Array(MessageRecord) });

export const MessagesList: TSchema = Type.Object({
	isMinorThan24Hours: Type.Boolean({ description: 'Whether the customer of `phone` wrote within the last 24 hours' }),
	messagesList: Type.Array(MessageRecord),
	pagination: Pagination,
});

export const InteractionsList: TSchema = Type.Object({
	interactionList: Type.Array(
		Type.Object({
			interactionId: Type.String({ description: 'The chat' }),
			interactionsId: Type.String({ description: 'The conversation' }),
			clientData: Type.Object({ name: Type.String(), timeLastMessage: Type.Optional(Time) }),
			lastMessage: Type.Object({
				...recordProperties,
				failCode: Type.Optional(Type.Integer()),
				failMessage: Type.Optional(Type.String()),
			}),
			to: Phone,
			from: Phone,
			contextId: Type.String(),
			appId: Type.String(),
			createdAt: Time,
			updatedAt: Time,
		}),
	),
	pagination: Pagination,
});

export const Uploaded: TSchema = Type.Object({ id: Type.String({ description: 'For `mediaData.id` and `contacts[].header.id`' }) });
export const Reserved: TSchema = Type.Object({
	id: Type.String(),
	url: Type.String({ description: 'PUT the bytes here, with the same Content-Type; it takes no token' }),
});
export const Validity: TSchema = Type.Object({ valid: Type.Boolean() });

const ClosesIn = Type.String({ description: 'When the window closes, or closed; empty where the customer never wrote' });
export const Window: TSchema = Type.Object({ open: Type.Boolean(), closesIn: ClosesIn });
export const Windows: TSchema = Type.Object({
	contacts: Type.Array(Type.Object({ phone: Phone, name: Type.String(), closesIn: ClosesIn })),
});

const Component = Type.Object(
	{
		type: Type.Enum(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']),
		format: Type.Optional(Type.Enum(['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT'], { description: 'Of a HEADER' })),
		text: Type.Optional(Type.String({ description: 'With variables `{{1}}`, `{{2}}`, …' })),
		buttons: Type.Optional(
			Type.Array(
				Type.Object({
					type: Type.Enum(['PHONE_NUMBER', 'QUICK_REPLY', 'URL']),
					text: Type.String(),
					phone_number: Type.Optional(Type.String()),
					url: Type.Optional(Type.String()),
				}),
			),
		),
	},
	{ description: 'As WhatsApp has it' },
);
export const TemplatePage: TSchema = Type.Object({
	data: Type.Array(
		Type.Object({
			facebookId: Type.String(),
			category: Type.String(),
			components: Type.Array(Component),
			language: Type.String(),
			name: Type.String(),
			status: Type.Enum(['APPROVED', 'PENDING', 'REJECTED', 'PAUSED', 'DISABLED']),
		}),
	),
	next: Type.String({ description: 'For the page after this one; empty at the end' }),
	previous: Type.String({ description: 'For the page before this one; empty at the beginning' }),
});

const Refused = Type.Object(
	{
		message: Type.String(),
		details: Type.Optional(Type.Array(Type.String({ description: 'One thing that is wrong, with its place' }))),
	},
	{ description: 'Refused', examples: [{ message: 'Parâmetros incorretos' }] },
);
const RefusedMedium = Type.Object(
	{ error: Type.String() },
	{ description: 'Refused', examples: [{ error: 'É necessário enviar a mídia no corpo da requisição' }] },
);
const Unauthorized = Type.Object({ message: Type.String() }, { description: 'No valid token', examples: [{ message: 'Não autorizado' }] });

/** The `response` part of a route's schema. */
export function answers(
	schema: TSchema,
	example: object | readonly object[],
	description: string,
	refusedWith: 400 | 422 = 400,
): Record<string, TSchema> {
	return { 200: { ...schema, description, examples: [example].flat() }, [refusedWith]: Refused, 401: Unauthorized };
}

export function mediaAnswers(documented: Readonly<Record<number, TSchema>>): Record<string, TSchema> {
	return { ...documented, 400: RefusedMedium, 401: Unauthorized };
}

export function nothing(description: string): Record<string, TSchema> {
	return { 200: Type.Null({ description }), 400: Refused, 401: Unauthorized };
}
