/** Calls: a phone is rung, and access for those who telephone by themselves. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import { given } from '../../callbacks/given.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';

/** Documented nowhere: short enough to be a knock, and within what `callDuration` takes. */
const RINGS_SECONDS = 5;
const RINGS_SECONDS_MAX = 60;

const CallBody = Type.Object({
	phone: Type.String(),
	callDuration: Type.Optional(Type.Number({ minimum: 1, maximum: RINGS_SECONDS_MAX, description: 'Seconds' })),
	callAudioUrl: Type.Optional(Type.String({ minLength: 1, description: 'Played to whoever takes the call' })),
});

export function callRoutes(scope: FastifyInstance, { whatsapp }: ZApiDeps): void {
	scope.post<{ Body: Static<typeof CallBody> }>(`${INSTANCE_PATH}/send-call`, { schema: { body: CallBody } }, async (request) => {
		const { phone, callDuration: seconds = RINGS_SECONDS, callAudioUrl: audioUrl } = request.body;
		const { callId } = await whatsapp.ask(instanceOf(request), 'calls.ring', { phone, seconds, ...given({ audioUrl }) });
		// A call is no message and has one id.
		return { zaapId: callId, messageId: callId, id: callId };
	});

	scope.get(`${INSTANCE_PATH}/call-token`, (request) => whatsapp.ask(instanceOf(request), 'calls.token', {}));

	scope.get(`${INSTANCE_PATH}/sip-info`, async (request) => {
		const { host, user, token, isActive } = await whatsapp.ask(instanceOf(request), 'calls.sip', { isRenewed: false });
		return isActive ? { host, user, token: masked(token), active: true } : { host, user, active: false };
	});

	scope.post(`${INSTANCE_PATH}/sip-token`, { config: { isBodyOptional: true } }, async (request) => {
		const { host, user, token, isActive } = await whatsapp.ask(instanceOf(request), 'calls.sip', { isRenewed: true });
		return { host, user, token, active: isActive };
	});
}

/** As documented: shown in whole once, when it is made. */
function masked(token: string): string {
	return `${token.slice(0, 3)}***`;
}
