/** Documents: put with the version that was expected, found by id, listed in order by collection, account, parent and time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change } from '../../src/ports/changes.ts';
import type { DocumentFilter, StoredDocument } from '../../src/ports/documents.ts';
import type { Store } from '../../src/ports/store.ts';
import { commit, document, type OpenStore, refused, unit } from './store-fixtures.ts';

function put(name: string, given: Parameters<typeof document>[1] = {}, expected?: number): Change {
	return { kind: 'document.put', document: document(name, given), ...(expected === undefined ? {} : { expected }) };
}

/** Asked for alone, they are the same. */
async function idsOf(store: Store, filter: Partial<DocumentFilter>): Promise<readonly string[]> {
	const asked: DocumentFilter = { collection: 'notes', order: 'oldest', limit: 50, ...filter };
	const ids = (await store.documents.documents(asked)).map(({ id }) => id);
	assert.deepEqual(await store.documents.documentIds(asked), ids);
	return ids.map((id) => id.replace('doc_', ''));
}

/** All pages, one after the other, each with one more than the page before it had. */
async function walked(store: Store, filter: Partial<DocumentFilter>): Promise<readonly string[]> {
	const ids: string[] = [];
	let last: StoredDocument | undefined;
	for (let limit = 1; ; limit += 1) {
		const after = last && { after: { at: last.at, id: last.id } };
		const page = await store.documents.documents({ collection: 'notes', order: 'oldest', ...filter, ...after, limit });
		ids.push(...page.map(({ id }) => id.replace('doc_', '')));
		last = page.at(-1);
		if (last === undefined) return ids;
	}
}

/** Two at the same time, another account, another collection with an id that is there, children of two parents. */
const LISTED: readonly Change[] = [
	put('c', { at: 1_000, parentId: 'cht_a' }),
	put('b', { at: 3_000, parentId: 'cht_a' }),
	put('é', { at: 2_000, parentId: 'cht_b' }),
	put('a', { at: 2_000 }),
	put('Z', { at: 2_000, parentId: 'cht_a' }),
	put('o', { at: 2_500, accountId: 'acc_b', parentId: 'cht_o' }),
	put('a', { at: 1_500, collection: 'menus' }),
];

export function documentCases(open: OpenStore): void {
	versionCases(open);
	listCases(open);
}

function versionCases(open: OpenStore): void {
	test('put: the whole document, and its version grows by one each time', async () => {
		await using rig = await open();
		const { store } = rig;
		const value = { deep: [1, null, 'é\0\ud83d', { no: false }], empty: '' };
		await commit(store, put('a', { value, parentId: 'cht_a' }));
		assert.deepEqual(await store.documents.document('notes', 'doc_a'), { ...document('a', { value, parentId: 'cht_a' }), version: 1 });
		await commit(store, put('a', { value: null, accountId: 'acc_b', at: 2_000 }), put('a', { value: 'last', at: 3_000 }));
		const reopened = await rig.reopen();
		assert.deepEqual(await reopened.documents.document('notes', 'doc_a'), { ...document('a', { value: 'last', at: 3_000 }), version: 3 });
		assert.equal(await reopened.documents.document('menus', 'doc_a'), undefined);
		assert.equal(await reopened.documents.document('notes', 'doc_b'), undefined);
	});

	test('settings: read as they are after each change, and after each that is refused', async () => {
		await using rig = await open();
		const { store } = rig;
		const settings = { collection: 'instance-settings' };
		const value = async (collection = 'instance-settings'): Promise<unknown> =>
			(await store.documents.document(collection, 'doc_a'))?.value;
		assert.equal(await value(), undefined);
		await commit(store, put('a', { ...settings, value: 'first' }, 0));
		assert.equal(await value(), 'first');
		assert.equal(await value('desk-settings'), undefined);
		await commit(store, put('a', { ...settings, value: 'second' }, 1));
		assert.equal(await value(), 'second');
		await refused(store, 'document', put('a', { ...settings, value: 'never' }, 1));
		assert.equal(await value(), 'second');
		await commit(store, { kind: 'document.delete', collection: 'instance-settings', id: 'doc_a' });
		assert.equal(await value(), undefined);
		assert.equal(await value(), undefined);
	});

	test('put with the version that is expected: refused where it is another', async () => {
		await using rig = await open();
		const { store } = rig;
		await refused(store, 'document', put('a', {}, 1));
		await commit(store, put('a', {}, 0));
		await refused(store, 'document', put('b'), put('a', { value: 'lost' }, 0));
		assert.equal(await store.documents.document('notes', 'doc_b'), undefined, 'nothing of the unit is written');
		await commit(store, put('a', { value: 'second' }, 1));
		await refused(store, 'document', put('a', { value: 'lost' }, 1));
		await refused(store, 'document', put('a', { value: 'lost' }, 3));
		assert.deepEqual(await store.documents.document('notes', 'doc_a'), { ...document('a', { value: 'second' }), version: 2 });
	});

	test('delete: what is not there is no conflict, and what comes after it is new', async () => {
		await using rig = await open();
		const { store } = rig;
		const gone = { kind: 'document.delete', collection: 'notes', id: 'doc_a' } as const;
		await commit(store, gone, put('a'), put('a', { collection: 'menus' }));
		await commit(store, gone);
		assert.equal(await store.documents.document('notes', 'doc_a'), undefined);
		assert.equal((await store.documents.document('menus', 'doc_a'))?.version, 1, 'another collection has its own');
		await refused(store, 'document', put('a', {}, 1));
		await commit(store, put('a', {}, 0), gone, put('a', { value: 'new' }, 0), put('a', { value: 'newer' }, 1));
		assert.deepEqual(await store.documents.document('notes', 'doc_a'), { ...document('a', { value: 'newer' }), version: 2 });
	});

	test('of concurrent puts that expect the same version one is made, with all of its unit', async () => {
		await using rig = await open();
		const { store } = rig;
		const rivals = Array.from({ length: 20 }, (_, n) => String(n));
		for (const expected of [0, 1, 2]) {
			const results = await Promise.all(
				rivals.map((name) => store.commit(unit({ changes: [put(`${expected}-${name}`), put('a', { value: name }, expected)] }))),
			);
			const made = rivals.filter((_, n) => results[n]?.kind === 'committed');
			assert.equal(made.length, 1);
			assert.deepEqual(await store.documents.document('notes', 'doc_a'), { ...document('a', { value: made[0] }), version: expected + 1 });
			assert.equal((await idsOf(store, {})).filter((id) => id.startsWith(`${expected}-`)).join(), `${expected}-${made[0]}`);
		}
	});

	test('concurrent puts that expect nothing are all made, one after the other', async () => {
		await using rig = await open();
		const { store } = rig;
		await Promise.all(Array.from({ length: 30 }, (_, n) => commit(store, put('a', { value: n }), put(`own-${n}`))));
		assert.equal((await store.documents.document('notes', 'doc_a'))?.version, 30);
		assert.equal((await idsOf(store, {})).length, 31);
	});
}

function listCases(open: OpenStore): void {
	test('lists: by time, then by id, each of its own', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...LISTED);
		assert.deepEqual(await idsOf(store, {}), ['c', 'Z', 'a', 'é', 'o', 'b']);
		assert.deepEqual(await idsOf(store, { order: 'newest' }), ['b', 'o', 'é', 'a', 'Z', 'c']);
		assert.deepEqual(await idsOf(store, { accountId: 'acc_a' }), ['c', 'Z', 'a', 'é', 'b']);
		assert.deepEqual(await idsOf(store, { parentId: 'cht_a', order: 'newest' }), ['b', 'Z', 'c']);
		assert.deepEqual(await idsOf(store, { parentId: 'cht_a', accountId: 'acc_b' }), []);
		assert.deepEqual(await idsOf(store, { parentId: 'cht_o', accountId: 'acc_b' }), ['o']);
		assert.deepEqual(await idsOf(store, { collection: 'menus' }), ['a']);
		assert.deepEqual(await idsOf(store, { collection: 'none' }), []);
		assert.deepEqual(await idsOf(store, { parentId: 'cht_a', order: 'newest', limit: 2 }), ['b', 'Z']);
	});

	test('lists: the times are both included', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...LISTED);
		assert.deepEqual(await idsOf(store, { from: 2_000, to: 2_500 }), ['Z', 'a', 'é', 'o']);
		assert.deepEqual(await idsOf(store, { from: 2_001 }), ['o', 'b']);
		assert.deepEqual(await idsOf(store, { to: 1_999, accountId: 'acc_a' }), ['c']);
		assert.deepEqual(await idsOf(store, { to: 2_000, parentId: 'cht_a', order: 'newest' }), ['Z', 'c']);
	});

	test('lists: page after page, each document once', async () => {
		await using rig = await open();
		const { store } = rig;
		await commit(store, ...LISTED);
		for (const order of ['oldest', 'newest'] as const) {
			for (const filter of [{}, { accountId: 'acc_a' }, { parentId: 'cht_a' }, { from: 1_500, to: 2_500 }]) {
				assert.deepEqual(await walked(store, { ...filter, order }), await idsOf(store, { ...filter, order }));
			}
		}
	});
}
