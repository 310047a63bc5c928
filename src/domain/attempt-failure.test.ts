import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure } from './attempt-failure.ts';

test('what the class of an error says', () => {
	assert.match(explainFailure('dns').en, /name of the receiver/);
	assert.match(explainFailure('timeout', 200).pt, /a tempo/, 'whatever had come by then');
	assert.match(explainFailure('status').en, /200 to 299/);
});

test('a cause is said before its class, and of a certificate it says all', () => {
	assert.match(
		explainFailure('connect', undefined, 'connection-refused').en,
		/^The connection was refused: .* The receiver accepted no connection/,
	);
	assert.match(explainFailure('tls', undefined, 'handshake-failed').pt, /^Os dois lados .* A conexão segura falhou/);
	assert.equal(explainFailure('tls', undefined, 'certificate-expired').en, 'The certificate of the receiver has expired. Renew it.');
});

test('what a status says, by itself or by its hundred', () => {
	const said = [401, 404, 429, 503, 500, 302, 418].map((status) => explainFailure('status', status).en);
	for (const [index, word] of ['credentials', 'path', 'slowed down', 'proxy', 'failed while', 'Redirects', '200 to 299'].entries()) {
		assert.match(said[index] ?? '', new RegExp(word));
	}
	assert.equal(explainFailure('status', 403), explainFailure('status', 401));
});
