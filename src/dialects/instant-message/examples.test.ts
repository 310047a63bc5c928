import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpContract } from '../../../test/support/contract.ts';
import * as examples from './examples.ts';

test('the examples are those of the contract', () => {
	const answer = (id: string): unknown => httpContract('instant-message', id).responses['200']?.body;
	assert.deepEqual(examples.SENT_EXAMPLES, ['messages.interaction.text', 'messages.template'].map(answer));
	assert.deepEqual(examples.LIST_EXAMPLE, answer('messages.list'));
	assert.deepEqual(examples.INTERACTIONS_EXAMPLE, answer('messages.interactions'));
	assert.deepEqual(examples.UPLOADED_EXAMPLE, answer('medias.upload'));
	assert.deepEqual(examples.RESERVED_EXAMPLE, answer('medias.async'));
	assert.deepEqual(examples.VALID_EXAMPLE, answer('whatsapp.contacts'));
	assert.deepEqual(examples.WINDOWS_EXAMPLE, answer('whatsapp.chatwindow.list'));
	assert.deepEqual(examples.WINDOW_EXAMPLE, answer('whatsapp.chatwindow.get'));
	assert.deepEqual(examples.TEMPLATES_EXAMPLE, answer('whatsapp.templates'));
	const bodies = ['messages.interaction.text', 'messages.interaction.media', 'messages.interaction.location', 'messages.template'].flatMap(
		(id) => {
			const { example, moreExamples = [] } = Object(httpContract('instant-message', id).body);
			return [example, ...moreExamples];
		},
	);
	assert.deepEqual(examples.SEND_EXAMPLES, bodies);
});
