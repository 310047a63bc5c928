/** The body of `POST /v1/messages`, which has two forms: `interaction`, into an open conversation, and `new`, a template for one or more customers. */
import { type TSchema, type TUnsafe, Type } from 'typebox';
import { SEND_EXAMPLES } from './examples.ts';

/** WhatsApp takes no more. */
const TEXT_LENGTH_MAX = 65_536;

/** They are accepted all at once or not at all, in one commit: more would hold up other requests. */
const CONTACTS_MAX = 250;

/** Of WhatsApp's: a template has no more buttons. */
const BUTTONS_MAX = 10;

const Phone = Type.String({ description: 'E.164 with "+"' });
const provider = Type.Enum(['whatsapp']);
const contextId = Type.Optional(Type.String({ maxLength: 256, description: 'Told again in every webhook of the conversation' }));

const Interaction = Type.Object({
	provider,
	type: Type.Enum(['interaction']),
	contact: Type.Object({ phone: Phone }),
	message: Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX })),
	mediaType: Type.Optional(Type.Enum(['text', 'image', 'video', 'audio', 'document', 'location'])),
	mediaData: Type.Optional(
		Type.Object({
			link: Type.Optional(Type.String({ description: 'Counts where an id is given, too' })),
			id: Type.Optional(Type.String({ description: 'Of `POST /v1/medias`' })),
			caption: Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX })),
			filename: Type.Optional(Type.String()),
		}),
	),
	location: Type.Optional(
		Type.Object({
			latitude: Type.Number(),
			longitude: Type.Number(),
			name: Type.Optional(Type.String()),
			address: Type.Optional(Type.String()),
		}),
	),
	contextId,
});
export interface InteractionBody {
	readonly provider: 'whatsapp';
	readonly type: 'interaction';
	readonly contact: { readonly phone: string };
	readonly message?: string;
	readonly mediaType?: 'text' | 'image' | 'video' | 'audio' | 'document' | 'location';
	readonly mediaData?: { readonly link?: string; readonly id?: string; readonly caption?: string; readonly filename?: string };
	readonly location?: { readonly latitude: number; readonly longitude: number; readonly name?: string; readonly address?: string };
	readonly contextId?: string;
}

const Button = Type.Object({
	index: Type.Integer({ minimum: 0, description: 'The place of the button in the template, from 0' }),
	type: Type.Enum(['url']),
	content: Type.String({ description: 'Its variable: the end of the URL' }),
});

const Template = Type.Object({
	provider,
	type: Type.Enum(['new']),
	templateName: Type.String({ minLength: 1 }),
	contacts: Type.Array(
		Type.Object(
			{
				phone: Phone,
				header: Type.Optional(
					Type.Object(
						{ link: Type.Optional(Type.String()), id: Type.Optional(Type.String({ description: 'Of `POST /v1/medias`' })) },
						{ description: 'The variables of a header of text, by number, or its medium' },
					),
				),
				buttons: Type.Optional(Type.Union([Button, Type.Array(Button, { maxItems: BUTTONS_MAX })])),
			},
			{ description: 'The variables of the body stand beside the phone, by number: `"1"`, `"2"`, …' },
		),
		{ minItems: 1, maxItems: CONTACTS_MAX },
	),
	contextId,
});
export interface TemplateBody {
	readonly provider: 'whatsapp';
	readonly type: 'new';
	readonly templateName: string;
	/** The variables of the body stand beside, by number. */
	readonly contacts: readonly {
		readonly phone: string;
		readonly header?: { readonly link?: string; readonly id?: string };
		readonly buttons?: TemplateButton | readonly TemplateButton[];
	}[];
	readonly contextId?: string;
}

export interface TemplateButton {
	/** The place of the button in the template, from 0. */
	readonly index: number;
	readonly type: 'url';
	readonly content: string;
}

/** Only the form that `type` names is looked at, so that nobody is told to mend what belongs to the other one. */
export const SendBody: TUnsafe<InteractionBody | TemplateBody> = Type.Unsafe<InteractionBody | TemplateBody>({
	type: 'object',
	required: ['type'],
	properties: {
		type: Type.Enum(['interaction', 'new'], { description: 'interaction: within 24 hours of what the customer wrote; new: a template' }),
	},
	allOf: [only('new', Template), only('interaction', Interaction)],
	examples: SEND_EXAMPLES,
});

function only(type: 'new' | 'interaction', form: TSchema): object {
	// biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
	return { if: { required: ['type'], properties: { type: { const: type } } }, then: form };
}
