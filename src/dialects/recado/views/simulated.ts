/** What the routes of the simulator answer. */
import { type TSchema, Type } from 'typebox';
import { named, Text } from './view.ts';

export const WrittenSchema: TSchema = named(
	'Written',
	Type.Object({ messageId: Type.String({ description: 'The WhatsApp id of what was written' }) }, { additionalProperties: false }),
);

export const AcceptedSchema: TSchema = named('Accepted', Type.Object({ accepted: Type.Boolean() }, { additionalProperties: false }));

const Wait = Type.Union([Type.Number(), Type.Null()]);

export const PhoneBehaviourSchema: TSchema = named(
	'PhoneBehaviour',
	Type.Object(
		{
			onWhatsApp: Type.Boolean(),
			receivesAfterMs: Wait,
			readsAfterMs: Wait,
			repliesWith: Type.Union([Text, Type.Null()]),
			name: Text,
		},
		{ additionalProperties: false, description: 'null: it never happens' },
	),
);
