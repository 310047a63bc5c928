/** The service desk over messaging's rig: real store, real inbox, a clock and a channel in the hands of the test. */
import { silentObserver } from '../../src/observe/observer.ts';
import type { Passwords } from '../../src/ports/secrets.ts';
import type { OutboundRequest, OutboundResult, Sender } from '../../src/ports/sender.ts';
import { OperatorTokens } from '../../src/service-desk/operator-tokens.ts';
import { createServiceDesk } from '../../src/service-desk/service-desk.ts';
import type { ServiceDesk } from '../../src/service-desk/services.ts';
import { AesSealer } from '../../src/system/aes-sealer.ts';
import { passwordHashes } from '../../src/system/password-hashes.ts';
import { type Rig, startRig } from '../messaging/rig.ts';

export const ACCOUNT = 'acc_1';

export interface DeskRig extends AsyncDisposable {
	readonly rig: Rig;
	readonly desk: ServiceDesk;
	/** What was asked of customers' APIs. */
	readonly requests: OutboundRequest[];
	/** What the next of them answers. */
	answer: OutboundResult;
}

export async function startDesk({ passwords = passwordHashes }: { readonly passwords?: Passwords } = {}): Promise<DeskRig> {
	const rig = await startRig({ queueMax: 10_000 });
	const { store, outbox, clock, ids, queues, sending, attending } = rig;
	const sealer = new AesSealer(Buffer.alloc(32));
	const requests: OutboundRequest[] = [];
	const sender: Sender = {
		send: async (request) => {
			requests.push(request);
			return deskRig.answer;
		},
		knock: async () => true,
		refuse: (url) => (url.startsWith('https:') ? undefined : { code: 'not_https', message: 'Only https is possible' }),
		[Symbol.asyncDispose]: async () => {},
	};
	const operatorTokens = await OperatorTokens.open({ secrets: store.sealedSecrets, sealer, ids, clock });
	const desk = createServiceDesk({
		...{ store, outbox, clock, ids, queues, attending, sender, operatorTokens },
		messaging: sending,
		passwords,
		observer: silentObserver,
		options: { transcriptMessagesMax: 100 },
	});
	const deskRig: DeskRig = {
		rig,
		desk,
		requests,
		answer: answered(200, 'null'),
		[Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
	};
	return deskRig;
}

export function answered(status: number, body: string): OutboundResult {
	return { kind: 'answered', status, headers: {}, body, timings: { totalMs: 1 } };
}
