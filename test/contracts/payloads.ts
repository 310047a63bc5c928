/**
 * Every documented payload, brought about for real: a phone of the simulator does the thing, or a caller does, and the webhook that arrives at a receiver is
 * held against its file.
 */
import type { Act, Acts } from './payloads/act.ts';
import { contractFiles } from './payloads/contract-file.ts';
import { NOTICE_ACTS } from './payloads/notice-acts.ts';
import { OTHER_ACTS } from './payloads/other-acts.ts';
import { RECEIVED_ACTS } from './payloads/received-acts.ts';
import { Stage } from './payloads/stage.ts';

export interface ProducedPayload {
	/** `z-api/received-text.json` */
	readonly file: string;
	readonly produced: boolean;
	/** What is wrong; undefined where it was produced. */
	readonly miss?: string;
}

/** Acts at a time: they wait for webhooks most of it. */
const ACTS_AT_ONCE = 8;

export const ACTS: Acts = { ...RECEIVED_ACTS, ...NOTICE_ACTS, ...OTHER_ACTS };

/** One of each file, in their order. */
export async function producePayloads(): Promise<readonly ProducedPayload[]> {
	await using stage = await Stage.open();
	const files = contractFiles();
	const made = new Map<string, ProducedPayload>();
	const waiting = [...files];
	const work = async () => {
		for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) made.set(file, await produce(stage, file));
	};
	await Promise.all(Array.from({ length: ACTS_AT_ONCE }, work));
	return files.flatMap((file) => made.get(file) ?? []);
}

async function produce(stage: Stage, file: string): Promise<ProducedPayload> {
	const act: Act | undefined = ACTS[file];
	if (!act) return { file, produced: false, miss: 'no act brings it about' };
	try {
		await act(await stage.actor(file));
	} catch (error) {
		return { file, produced: false, miss: `its act failed: ${error instanceof Error ? error.message : String(error)}` };
	}
	const faults = await stage.faults(file);
	return faults.length === 0 ? { file, produced: true } : { file, produced: false, miss: faults.join('; ') };
}
