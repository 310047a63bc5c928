import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operationIdOf } from './operation-id.ts';

test('method and path give the id of an operation', () => {
	const cases: readonly (readonly [string, string, string, string])[] = [
		['POST', '/instances/:instanceId/token/:token/send-text', '/instances/:instanceId/token/:token', 'postSendText'],
		['GET', '/instances', '/instances/:instanceId/token/:token', 'getInstances'],
		['GET', '/instances', '/instances', 'getInstances'],
		['GET', '/api/whatsapp/chats/:phone', '/api', 'getWhatsappChatsByPhone'],
		['GET', '/apiary', '/api', 'getApiary'],
		['PUT', '/v1/medias/uploads/:account/:id', '/v1', 'putMediasUploadsByAccountById'],
		['GET', '/v1/openapi.json', '/v1', 'getOpenapiJson'],
	];
	for (const [method, url, common, id] of cases) assert.equal(operationIdOf(method, url, common), id);
});
