/** What asks for a tap, and what was tapped. */
import { type Static, Type } from 'typebox';
import { type Form, form, maybeText, someText } from './form.ts';
import { headerOf, MediumHeader, PictureHeader } from './media-forms.ts';

const BUTTONS_MAX = 10;
const CARDS_MAX = 10;
const OPTIONS_MAX = 100;

const ReplyButton = Type.Object({ id: someText, label: someText });
const ActionButton = Type.Union([
	Type.Object({ action: Type.Literal('reply'), id: someText, label: someText }),
	Type.Object({ action: Type.Literal('url'), label: someText, url: someText }),
	Type.Object({ action: Type.Literal('call'), label: someText, phone: someText }),
	Type.Object({ action: Type.Literal('copy'), label: someText, code: someText }),
]);
const actionButtons = Type.Array(ActionButton, { minItems: 1, maxItems: BUTTONS_MAX });

const Buttons = Type.Object({
	text: someText,
	title: maybeText,
	footer: maybeText,
	header: Type.Optional(PictureHeader),
	buttons: Type.Array(ReplyButton, { minItems: 1, maxItems: BUTTONS_MAX }),
});

const List = Type.Object({
	text: someText,
	title: someText,
	buttonLabel: someText,
	footer: maybeText,
	options: Type.Array(Type.Object({ id: someText, title: someText, description: maybeText }), { minItems: 1, maxItems: OPTIONS_MAX }),
});

const Template = Type.Object({
	templateId: Type.Optional(Type.String({ description: "A template's; '' or left out for a message with actions" })),
	text: someText,
	title: maybeText,
	footer: maybeText,
	header: Type.Optional(
		Type.Union([
			MediumHeader,
			Type.Object({
				kind: Type.Literal('location'),
				latitude: Type.Number(),
				longitude: Type.Number(),
				name: maybeText,
				address: maybeText,
			}),
		]),
	),
	buttons: Type.Array(ActionButton, { maxItems: BUTTONS_MAX }),
});

const Card = Type.Object({
	text: someText,
	title: maybeText,
	footer: maybeText,
	header: Type.Optional(PictureHeader),
	buttons: actionButtons,
});

const Pix = Type.Object({
	key: someText,
	keyType: Type.Union(
		['CPF', 'CNPJ', 'PHONE', 'EMAIL', 'EVP'].map((type) => Type.Literal(type as 'CPF' | 'CNPJ' | 'PHONE' | 'EMAIL' | 'EVP')),
	),
	merchantName: someText,
	referenceId: maybeText,
	currency: maybeText,
});

export type InteractiveKey = 'buttons' | 'buttonReply' | 'list' | 'listReply' | 'template' | 'carousel' | 'pixKey';

export const INTERACTIVE_FORMS: Readonly<Record<InteractiveKey, Form>> = {
	buttons: form(Buttons, ({ header, ...rest }) => ({
		kind: 'buttons',
		...rest,
		...(header === undefined ? {} : { header: headerOf(header) }),
	})),
	buttonReply: form(Type.Object({ buttonId: someText, text: Type.String() }), (given) => ({ kind: 'button-reply', ...given })),
	list: form(List, (given) => ({ kind: 'list', ...given })),
	listReply: form(Type.Object({ optionId: someText, title: Type.String(), text: Type.String() }), (given) => ({
		kind: 'list-reply',
		...given,
	})),
	template: form(Template, ({ header, templateId = '', ...rest }) => ({
		kind: 'template',
		templateId,
		...rest,
		...(header === undefined ? {} : { header: header.kind === 'location' ? header : headerOf(header) }),
	})),
	carousel: form(Type.Object({ text: someText, cards: Type.Array(Card, { minItems: 1, maxItems: CARDS_MAX }) }), ({ text, cards }) => ({
		kind: 'carousel',
		text,
		cards: cards.map(cardOf),
	})),
	pixKey: form(Pix, ({ referenceId = '', currency = 'BRL', ...rest }) => ({ kind: 'pix-key', referenceId, currency, ...rest })),
};

function cardOf({ header, ...rest }: Static<typeof Card>) {
	return { ...rest, ...(header === undefined ? {} : { header: headerOf(header) }) };
}
