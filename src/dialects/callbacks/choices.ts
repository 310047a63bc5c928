/** What a customer taps: buttons under a message and rows of a list, in the bodies that both dialects have alike. */
import { type Static, type TArray, type TObject, type TOptional, type TString, Type } from 'typebox';
import type { ReplyButton } from '../../domain/content.ts';
import type { ContentOf } from './content-of.ts';

/** Buttons, rows of a list, cards. Documented nowhere, and WhatsApp's apps differ in how many they show; a message has a size. */
export const CHOICES_MAX = 100;

export const choiceLabel: TString = Type.String({ minLength: 1 });
export const tapId: TOptional<TString> = Type.Optional(
	Type.String({ minLength: 1, description: 'What comes back when it is tapped; its place from 1 otherwise' }),
);

export const replyButtons: TArray<TObject<{ id: TOptional<TString>; label: TString }>> = Type.Array(
	Type.Object({ id: tapId, label: choiceLabel }),
	{ minItems: 1, maxItems: CHOICES_MAX },
);

type Option = TObject<{ id: TOptional<TString>; title: TString; description: TString }>;

export const optionList: TObject<{ title: TString; buttonLabel: TString; options: TArray<Option> }> = Type.Object({
	title: Type.String({ minLength: 1 }),
	buttonLabel: choiceLabel,
	options: Type.Array(Type.Object({ id: tapId, title: Type.String({ minLength: 1 }), description: Type.String() }), {
		minItems: 1,
		maxItems: CHOICES_MAX,
	}),
});

export function listContent(text: string, { title, buttonLabel, options }: Static<typeof optionList>): ContentOf<'list'> {
	return { kind: 'list', text, title, buttonLabel, options: options.map((option, index) => ({ ...option, id: tapIdOf(option, index) })) };
}

export function replyButton(button: { readonly id?: string; readonly label: string }, index: number): ReplyButton {
	return { id: tapIdOf(button, index), label: button.label };
}

export function tapIdOf({ id }: { readonly id?: string }, index: number): string {
	return id ?? String(index + 1);
}
