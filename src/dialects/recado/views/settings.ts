/** What the gateway runs with, as our API shows it. */
import { type TSchema, Type } from 'typebox';
import type { Settings } from '../../../ports/settings.ts';
import { MaybeText, named, oneOf, Text, type View } from './view.ts';

const Setting = Type.Object(
	{
		name: Type.String({ description: 'The environment variable' }),
		value: Type.Optional(
			Type.String({ description: 'What is in force, as one writes it; missing where there is none, and of secrets always' }),
		),
		default: MaybeText,
		unit: Text,
		isSecret: Type.Boolean({ description: 'Only whether it is set is told' }),
		isSet: Type.Boolean({ description: 'By the environment, to whatever value' }),
		isDefault: Type.Boolean({ description: 'What is in force is what would be if nothing were set' }),
		description: Text,
	},
	{ additionalProperties: false },
);

export const SettingsSchema: TSchema = named(
	'Settings',
	Type.Object(
		{
			version: Type.String({ description: 'Of the gateway' }),
			publicUrl: Type.String({ description: 'Where others reach it' }),
			store: Type.Object(
				{
					engine: oneOf(['sqlite', 'postgresql'], 'The embedded one, or PostgreSQL'),
					schema: Type.Integer({ description: 'The newest that this version knows' }),
					directory: Type.Optional(Type.String({ description: 'Of the embedded one' })),
				},
				{ additionalProperties: false },
			),
			processes: Type.Integer({ description: 'Gateway processes that share the store and are alive' }),
			groups: Type.Array(Type.Object({ name: Text, title: Text, settings: Type.Array(Setting) }, { additionalProperties: false }), {
				description: 'In the order of the reference of options',
			}),
		},
		{ additionalProperties: false },
	),
);

export function settingsView({ groups, store, ...rest }: Settings): View {
	return {
		...rest,
		store: { ...store },
		groups: groups.map(({ name, title, settings }) => ({
			...{ name, title },
			settings: settings.map(({ meaning, ...setting }) => ({ ...setting, description: meaning })),
		})),
	};
}
