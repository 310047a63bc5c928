/** What an instance does by itself. */
import { Type } from 'typebox';
import { ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { foundInstance } from './found.ts';
import { IdParams, only } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';

const tags = ['Instances'];
/** An answer to a call is one message. */
const ANSWER_MAX = 4096;

const SETTINGS = ['autoReadMessage', 'autoReadStatus', 'callRejectAuto', 'callRejectMessage', 'refusesWhileDisconnected'] as const;

export function instanceSettingRoutes(scope: Scope, { store, instanceSettings }: RecadoDeps): void {
	scope.get(
		`${ROOT}/instances/:id/settings`,
		{
			schema: {
				tags,
				summary: 'Show what an instance does by itself',
				params: IdParams,
				response: replies({ 200: ref('InstanceSettings') }),
			},
		},
		async (request) => instanceSettings.get(await foundInstance(store, request.params.id)),
	);
	scope.patch(
		`${ROOT}/instances/:id/settings`,
		{
			schema: {
				tags,
				summary: 'Change what an instance does by itself',
				params: IdParams,
				body: Type.Object({
					autoReadMessage: Type.Optional(Type.Boolean({ description: 'Marks what customers write as read' })),
					autoReadStatus: Type.Optional(Type.Boolean({ description: 'Marks statuses of contacts as seen' })),
					callRejectAuto: Type.Optional(Type.Boolean({ description: 'Does not take calls' })),
					callRejectMessage: Type.Optional(
						Type.String({ maxLength: ANSWER_MAX, description: 'Answers calls that are not taken; empty: nothing' }),
					),
					refusesWhileDisconnected: Type.Optional(
						Type.Boolean({ description: 'Takes no message while the instance is not connected, instead of queueing it' }),
					),
				}),
				response: replies({ 200: ref('InstanceSettings') }),
			},
		},
		async (request) => {
			const change = only(request.body, SETTINGS);
			return await instanceSettings.set(await foundInstance(store, request.params.id), change);
		},
	);
}
