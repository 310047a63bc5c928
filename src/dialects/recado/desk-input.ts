/** Who asks at the desk: the account itself, one of its operators, or one in whose name the administrator asks. */
import { type TObject, type TOptional, type TString, Type } from 'typebox';
import { RecadoError } from '../../errors.ts';
import type { Credential } from '../../ports/dialect.ts';
import type { Asker } from '../../service-desk/services.ts';

/** Spread into queries and bodies. */
export const askerProperties: { readonly asOperatorId: TOptional<TString> } = {
	asOperatorId: Type.Optional(
		Type.String({
			description:
				'The operator in whose name it is done: they see and do what their role allows. The account itself if missing. With the token of an operator it is they, and nobody else can be named',
		}),
	),
};

export const AskerQuery: TObject<typeof askerProperties> = Type.Object(askerProperties, { additionalProperties: false });

type By = Credential | undefined;

/** Whether they see how the desk is set up: URLs of buttons, how others sign in. */
export function mayConfigure(by: By): boolean {
	return by?.kind !== 'operator' || by.role === 'admin';
}

/** Throws forbidden where an operator names another one. */
export function askerOf(by: By, accountId: string, { asOperatorId }: { readonly asOperatorId?: string } = {}): Asker {
	const operatorId = operatorOf(by, asOperatorId);
	return { accountId, ...(operatorId === undefined ? {} : { operatorId }) };
}

/** The operator who asks by their token, or the one that is named by who may name anybody. Throws forbidden. */
export function operatorOf(by: By, named: string | undefined): string | undefined {
	if (by?.kind !== 'operator') return named;
	if (named !== undefined && named !== by.id) throw new RecadoError('forbidden');
	return by.id;
}
