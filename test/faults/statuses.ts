/**
 * Each status from 200 to 599 as the first answer to a delivery: a webhook for each ten of them, and in it a chat for each one. 2xx is
 * success and nothing else is; a second message in each chat shows that its lane goes on. 410 disables a webhook and is tried elsewhere.
 */
import { Rig, type Treat } from './rig.ts';
import type { Context, Line, Scenario } from './scenario.ts';

const TENS: readonly number[] = Array.from({ length: 40 }, (_, n) => 20 + n);
const DIGITS = 10;
const GONE = 410;

export const STATUSES: Scenario = {
	name: 'statuses',
	promise: 'Only 2xx is success; every other status is tried again, and the lane goes on in order.',
	run: answerEach,
};

async function answerEach(_context: Context): Promise<readonly Line[]> {
	const seen = new Set<unknown>();
	const treat: Treat = (request) => {
		const id = request.headers['webhook-id'];
		const isFirst = !seen.has(id);
		seen.add(id);
		const [, digit = '0', number = '0'] = /ledger:\d+(\d)\/(\d+)/.exec(request.text) ?? [];
		const status = Number(request.path.slice(1)) * DIGITS + Number(digit);
		return { as: isFirst && number === '0' && status !== GONE ? status : 200 };
	};
	await using rig = await Rig.open({ chats: DIGITS, treat });
	for (const ten of TENS) await rig.ownWebhook(`/${ten}`);
	await rig.customers.write({ each: 2 });
	const faults = [...(await rig.close())];
	const { duplicates } = rig.ledger.figures();
	// Nothing was killed here: whoever was told 2xx must not come again.
	if (duplicates > 0) faults.push(`${duplicates} deliveries came again after a 2xx`);
	return [rig.line('each status from 200 to 599', TENS.length * DIGITS - 1, faults)];
}
