/** `recado doctor`: looks at everything that `serve` will need and says what to do about what is wrong. Starts and changes nothing. */
import type { Arguments } from './arguments.ts';
import type { Command, Terminal } from './command.ts';
import { checkCertificates, checkConfiguration } from './doctor-checks-configuration.ts';
import { checkDatabase } from './doctor-checks-database.ts';
import { checkClock, checkFileLimit, checkNode, checkPort } from './doctor-checks-machine.ts';
import { checkDirectory, checkDisk, checkStorage } from './doctor-checks-storage.ts';
import type { Check, CheckState, Finding } from './doctor-finding.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Colour } from './paint.ts';
import { environmentFor } from './serve.ts';

const CHECKS: readonly Check[] = [
	checkNode,
	checkConfiguration,
	checkDirectory,
	checkDisk,
	checkStorage,
	checkDatabase,
	checkClock,
	checkCertificates,
	checkPort,
	checkFileLimit,
];

const COLOURS: Readonly<Record<CheckState, Colour>> = { ok: 'green', warn: 'yellow', fail: 'red' };

export const doctor: Command = {
	name: 'doctor',
	summary: 'checks configuration, storage, clock and TLS, and says what to do',
	description: [
		'Checks what "recado serve" needs, with the same environment: Node.js, configuration, data directory, disk, storage, database, clock, certificates, port and limits. Each finding is ok, warn or fail, with what to do. It asks no other machine than the database, where one is set, and changes nothing.',
		'Exits with 1 where anything fails.',
	],
	options: {
		environment: { value: 'FILE', meaning: 'variables from a file, as in: recado serve --environment FILE' },
		json: { meaning: 'one JSON object with all findings' },
	},
	examples: ['recado doctor', 'recado doctor --environment .env --json'],
	run,
};

async function run(args: Arguments, terminal: Terminal): Promise<ExitCode> {
	const environment = environmentFor(args, terminal);
	const findings: Finding[] = [];
	for (const check of CHECKS) findings.push(...(await check(environment)));
	const failures = findings.filter((finding) => finding.state === 'fail').length;
	if (args.isSet('json')) terminal.print(JSON.stringify({ isHealthy: failures === 0, findings }, undefined, 2));
	else showFindings(findings, terminal);
	return failures === 0 ? EXIT.ok : EXIT.failed;
}

function showFindings(findings: readonly Finding[], terminal: Terminal): void {
	const width = Math.max(...findings.map((finding) => finding.about.length));
	for (const { state, about, detail, advice } of findings) {
		terminal.print(`${terminal.paint(COLOURS[state], state.padEnd(4))}  ${about.padEnd(width)}  ${detail}`);
		if (advice !== undefined) terminal.print(`${' '.repeat(width + 8)}${terminal.paint('dim', `→ ${advice}`)}`);
	}
	const count = (state: CheckState): number => findings.filter((finding) => finding.state === state).length;
	terminal.print('');
	terminal.print(`${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} failed`);
}
