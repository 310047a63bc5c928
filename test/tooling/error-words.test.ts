/** Whatever words the code fills errors with are told in Portuguese: they are found where they are written. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { MEDIA_FAULTS, THINGS } from '../../src/error-words.ts';
import { type ErrorCode, type ErrorDetails, RecadoError } from '../../src/errors.ts';

const SOURCE_DIRECTORY = join(import.meta.dirname, '../../src');
const SOURCES = (
	await Promise.all(
		(
			await readdir(SOURCE_DIRECTORY, { recursive: true })
		)
			.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
			.map((name) => readFile(join(SOURCE_DIRECTORY, name), 'utf8')),
	)
).join('\n');

/** What the pattern's only group finds in the sources, each once, numbers in the place of what is computed. */
function written(pattern: RegExp): readonly string[] {
	const found = [...SOURCES.matchAll(pattern)].map(([, ...groups]) => groups.find((group) => group !== undefined) ?? '');
	return [...new Set(found.map((text) => text.replace(/\$\{DURATIONS[^}]*\}/, '1, 2, 3').replace(/\$\{[^}]*\}/g, '7')))];
}

function told(code: ErrorCode, details: ErrorDetails): string {
	return new RecadoError(code, { details }).tell('pt');
}

/** Words that are the same in both languages. */
const SAME: ReadonlySet<string> = new Set(['chat', 'template', 'token', 'webhook', 'URA']);

test('what is not there, in Portuguese', () => {
	const things = [
		...written(/'not_there', \{ details: \{ what: '([^']+)'/g),
		...written(/\b(?:found|notThere)\((?:[^'();]*, )?'([a-zA-Z ]+)'[,)]/g),
		...written(/\bfound\([^;]*, id, '([a-z ]+)'\)/g),
	];
	assert.ok(things.length > 25, things.join());
	for (const what of new Set([...things, ...Object.keys(THINGS)])) {
		const sentence = told('not_there', { what });
		if (!SAME.has(what)) assert.doesNotMatch(sentence, new RegExp(` ${what} `), what);
	}
	assert.equal(told('not_there', { what: 'account' }), 'Não existe conta com este id');
	assert.equal(new RecadoError('not_there', { details: { what: 'account' } }).tell('en'), 'There is no account with this id');
});

test('why a person cannot be erased, and what a message is not for', () => {
	for (const what of written(/^\t(?:attendance|message|delivery): '(an? [^']+)',$/gm)) {
		assert.doesNotMatch(told('personal_data_in_use', { what }), new RegExp(what), what);
	}
	const acts = [
		...written(/\bunfit\([a-z]+(?:\.[a-z]+)?, '([^']+)'\)/g),
		...written(/details: \{ id: \w+, kind: [\w.]+, act: '([^']+)'/g),
		...['reaction', 'pin', 'edit', 'deletion', 'poll-vote', 'event-reply'],
	];
	assert.ok(acts.includes('forward') && acts.includes('order-update'));
	for (const act of acts) assert.doesNotMatch(told('message_unfit', { id: 'x', kind: 'text', act }), new RegExp(`\\b${act}\\b`), act);
});

test('what is wrong with a medium', () => {
	for (const [fault, inPortuguese] of Object.entries(MEDIA_FAULTS)) {
		assert.equal(told('invalid_media', { field: 'image', fault }), `image não é uma mídia que se possa enviar: ${inPortuguese}`);
	}
});

test('why the simulated WhatsApp refuses', () => {
	const reasons = [
		...written(/\brefused\((?:'([^']+)'|`([^`]+)`|"([^"]+)")\)/g),
		...written(/\breturn '((?:whoever|only) [^']+)';/g),
		...written(/\bcheckedText\('([^']+)', [^)]*min: 1/g).map((what) => `${what} is empty`),
		...written(/\bcheckedText\('([^']+)'/g).map((what) => `${what} is longer than 7 characters`),
	].filter((reason) => !/^7 is (empty|longer)/.test(reason));
	assert.ok(reasons.length > 35, reasons.join('\n'));
	for (const reason of reasons) assert.ok(!told('whatsapp_refused', { reason }).includes(reason), reason);
	assert.equal(
		told('whatsapp_refused', { reason: 'messages disappear after one of: 86400, 604800, 7776000 seconds' }),
		'O WhatsApp recusou: as mensagens somem depois de um destes tempos: 86400, 604800, 7776000 segundos',
	);
	assert.equal(told('whatsapp_refused', { reason: 'what a provider says: 131026' }), 'O WhatsApp recusou: what a provider says: 131026');
});
