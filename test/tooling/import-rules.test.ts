/**
 * A check that cannot fail is no check: dependency-cruiser under an unsupported TypeScript reads no module and exits 0. So violations are planted
 * in a copy of the project, one per rule, and each must be reported.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../..');

interface Planted {
	readonly rule: string;
	readonly file: string;
	readonly text: string;
}

const PLANTED: readonly Planted[] = [
	plant('room-domain', 'src/domain', "import type { Clock } from '../ports/clock.ts';"),
	plant('domain-is-pure', 'src/domain', "import { readFileSync } from 'node:fs';"),
	plant('room-ports', 'src/ports', "import type { Messaging } from '../messaging/services.ts';"),
	plant('ports-are-shapes', 'src/ports', "import { fastify } from 'fastify';"),
	plant('room-messaging', 'src/messaging', "import type { Webhooks } from '../delivery/services.ts';"),
	plant('room-delivery', 'src/delivery', "import type { Messaging } from '../messaging/services.ts';"),
	plant('room-store', 'src/store/sqlite', "import type { Messaging } from '../../messaging/services.ts';"),
	plant('siblings-store', 'src/store/postgres', "import type { planted } from '../sqlite/planted-room-store.ts';"),
	plant('room-channels', 'src/channels/simulator', "import type { Messaging } from '../../messaging/services.ts';"),
	plant('room-net', 'src/net', "import type { Webhooks } from '../delivery/services.ts';"),
	plant('room-dialects', 'src/dialects/recado', "import type { planted } from '../../store/sqlite/planted-room-store.ts';"),
	plant('siblings-dialects', 'src/dialects/recado', "import { e164 } from '../instant-message/record.ts';"),
	plant('callbacks-are-of-two', 'src/dialects/instant-message', "import type { planted } from '../callbacks/planted.ts';"),
	plant('room-http', 'src/http', "import type { Message } from '../domain/message.ts';"),
	plant('room-transfer', 'src/transfer', "import type { Webhooks } from '../delivery/services.ts';"),
	plant('room-composition', 'src/composition', "import type { planted } from '../store/sqlite/planted-room-store.ts';"),
	plant('app-is-the-root', 'src/http', "import type { App } from '../app.ts';"),
	plant('composition-is-the-roots', 'src/cli', "import type { World } from '../composition/world.ts';"),
	plant('room-cli', 'src/cli', "import type { Clock } from '../ports/clock.ts';"),
	plant('room-unknown', 'src/utils', "import type { Clock } from '../ports/clock.ts';"),
	plant('src-without-tests', 'src/net', "import type { planted } from '../../test/planted.ts';"),
	plant('src-without-dev-packages', 'src/net', "import fc from 'fast-check';"),
	plant('examples-from-outside', 'examples/a-day', "import type { Clock } from '../../src/ports/clock.ts';"),
	plant('no-cycles', 'src/domain', "import type { planted } from './planted-no-cycles-back.ts';"),
	{ rule: '', file: 'src/domain/planted-no-cycles-back.ts', text: "import type { planted } from './planted-no-cycles.ts';" },
	{ rule: '', file: 'src/dialects/callbacks/planted.ts', text: '' },
	{ rule: '', file: 'test/planted.ts', text: '' },
];

function plant(rule: string, folder: string, text: string): Planted {
	return { rule, file: `${folder}/planted-${rule}.ts`, text };
}

interface Cruise {
	readonly summary: {
		readonly totalCruised: number;
		readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string; readonly severity: string } }[];
	};
}

async function cruise(folder: string): Promise<Cruise> {
	const command = join(ROOT, 'node_modules/.bin/depcruise');
	const run = promisify(execFile);
	// --output-type json exits 0 whatever it finds: the report is what is looked at.
	const { stdout } = await run(
		process.execPath,
		[command, 'src', 'test', 'examples', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
		{
			cwd: folder,
			maxBuffer: 64 * 1024 * 1024,
		},
	);
	return JSON.parse(stdout) as Cruise;
}

describe('import rules', () => {
	let folder = '';
	let found: Cruise;

	before(async () => {
		folder = await mkdtemp(join(tmpdir(), 'recado-imports-'));
		await cp(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
		for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) await cp(join(ROOT, file), join(folder, file));
		await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
		for (const { file, text } of PLANTED) {
			await mkdir(dirname(join(folder, file)), { recursive: true });
			await writeFile(join(folder, file), `${text}\nexport const planted = 1;\n`);
		}
		found = await cruise(folder);
	});
	after(() => rm(folder, { recursive: true, force: true }));

	it('reads the whole tree', () => {
		assert.ok(found.summary.totalCruised > 50, `${found.summary.totalCruised} modules`);
	});

	for (const { rule, file } of PLANTED.filter((planted) => planted.rule !== '')) {
		it(`${rule} fails on a planted violation`, () => {
			// A cycle is reported once, from any of its modules: hence the beginning of the name.
			const from = file.replace('.ts', '');
			const hit = found.summary.violations.find((violation) => violation.from.startsWith(from) && violation.rule.name === rule);
			assert.equal(hit?.rule.severity, 'error', `nothing reported for ${file}`);
		});
	}
});
