/**
 * Every operation of the contract files on one running gateway: answered as documented, read back where it can be, wrong in each thing that the
 * documents name. One test an operation: `--test-name-pattern "z-api group\."` runs a group.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { NOT_THERE } from '../../src/dialects/z-api/not-there.ts';
import { ARRANGEMENTS } from './arrangements/all.ts';
import { operationsSection } from './coverage.ts';
import { answersNotThere, examine } from './examine.ts';
import { nameOf, OPERATIONS, OPERATIONS_NOT_THERE, type Operation, SYSTEMS } from './operations.ts';
import { startWorld, type World } from './world.ts';

const DOCUMENT = join(import.meta.dirname, '../../docs/contract-coverage.md');

describe('the operations of the contracts', () => {
	let world: World;
	const tried = new Map<Operation, Promise<readonly string[]>>();

	/** Once each: the document is held against what the tests saw. */
	function faultsOf(operation: Operation): Promise<readonly string[]> {
		const faults = tried.get(operation) ?? examine(world, operation);
		tried.set(operation, faults);
		return faults;
	}

	before(async () => {
		world = await startWorld();
	});
	after(async () => {
		await world[Symbol.asyncDispose]();
	});

	for (const operation of OPERATIONS) {
		test(`${nameOf(operation)} ${operation.method} ${operation.path}`, async () => {
			assert.deepEqual(await faultsOf(operation), []);
		});
	}

	for (const operation of OPERATIONS_NOT_THERE) {
		test(`${nameOf(operation)} is answered 501`, async () => {
			assert.deepEqual(await answersNotThere(world, operation), []);
		});
	}

	test('docs/contract-coverage.md tells of the operations what was seen (npm run coverage:contracts -- --write)', async () => {
		const verdicts = [];
		for (const operation of OPERATIONS) verdicts.push({ operation, faults: await faultsOf(operation) });
		const document = await readFile(DOCUMENT, 'utf8');
		const section = operationsSection(verdicts);
		assert.ok(document.startsWith(`${section}\n`), section);
	});
});

test('what is not there is what the dialect lists', () => {
	const parts = (one: { readonly id: string; readonly method: string; readonly path: string }) => `${one.id} ${one.method} ${one.path}`;
	const listed = NOT_THERE.map(({ id, method, path }) => ({ id, method, path: path.replace(/:(\w+)/g, '{$1}') })).map(parts);
	const documented = OPERATIONS_NOT_THERE.map((one) => ({
		...one,
		path: one.path.replace('/instances/{instanceId}/token/{token}', ''),
	})).map(parts);
	assert.deepEqual([...listed].sort(), [...documented].sort());
});

test('all 256 operations are tried, and every arrangement is of one of them', () => {
	assert.equal(OPERATIONS.length, 256);
	const ids = (system: string) => new Set(OPERATIONS.filter((operation) => operation.system === system).map(({ id }) => id));
	for (const system of SYSTEMS) {
		assert.deepEqual(
			Object.keys(ARRANGEMENTS[system]).filter((id) => !ids(system).has(id)),
			[],
			system,
		);
	}
});
