/** Templates as our API shows them: in the form and spelling that WhatsApp has for them. */
import { type TSchema, Type } from 'typebox';
import { TEMPLATE_STATUSES, type Template } from '../../../domain/template.ts';
import { iso, named, oneOf, Text, Time, type View } from './view.ts';

export const TemplateSchema: TSchema = named(
	'Template',
	Type.Object(
		{
			facebookId: Type.String({ description: "WhatsApp's id: digits" }),
			appId: Type.String({ description: '`app_…`' }),
			name: Text,
			language: Text,
			category: Text,
			status: oneOf(TEMPLATE_STATUSES, 'Only an approved one can be sent'),
			components: Type.Array(Type.Object({ type: oneOf(['HEADER', 'BODY', 'FOOTER', 'BUTTONS'], 'What part it is') }), {
				description: 'As they were given',
			}),
			createdAt: Time,
			updatedAt: Time,
		},
		{ additionalProperties: false },
	),
);

export function templateView(template: Template): View {
	const { facebookId, applicationId, name, language, category, status, components, createdAt, updatedAt } = template;
	return {
		facebookId,
		appId: applicationId,
		name,
		language,
		category,
		status,
		components,
		createdAt: iso(createdAt),
		updatedAt: iso(updatedAt),
	};
}
