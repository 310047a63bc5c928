import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAddressPolicy } from './address-policy.ts';
import { readTarget } from './url-rules.ts';

const strict = createAddressPolicy([]);

test('a public https URL becomes a target', () => {
	assert.deepEqual(readTarget('https://Hook.Example.com/a/b?c=d#e', strict), {
		origin: 'https://hook.example.com',
		hostname: 'hook.example.com',
		port: 443,
		path: '/a/b?c=d',
	});
	assert.deepEqual(readTarget('https://[2606:4700::1111]:8443', strict), {
		origin: 'https://[2606:4700::1111]:8443',
		hostname: '2606:4700::1111',
		port: 8443,
		path: '/',
	});
	const rooted = readTarget('https://hook.example.com./', strict);
	assert.ok('hostname' in rooted && rooted.hostname === 'hook.example.com');
	const international = readTarget('https://ação.example/olá', strict);
	assert.ok('hostname' in international && international.hostname === 'xn--ao-siap.example' && international.path === '/ol%C3%A1');
});

test('what may not become a webhook says why', () => {
	const refused: Readonly<Record<string, string>> = {
		'': 'not_a_url',
		'hook.example.com': 'not_a_url',
		'https://': 'not_a_url',
		'https://256.256.256.256/': 'not_a_url',
		'http://hook.example.com/': 'not_https',
		'HTTP://hook.example.com/': 'not_https',
		'ftp://hook.example.com/': 'not_https',
		'file:///etc/passwd': 'not_https',
		'javascript:alert(1)': 'not_https',
		'https://user@hook.example.com/': 'has_credentials',
		'https://:secret@hook.example.com/': 'has_credentials',
		'https://hook.example.com@127.0.0.1/': 'has_credentials',
		'https://localhost/': 'address_refused',
		'https://LOCALHOST./': 'address_refused',
		'https://api.localhost/': 'address_refused',
		'https://127.0.0.1/': 'address_refused',
		'https://127.1/': 'address_refused',
		'https://127.0.0.1./': 'address_refused',
		'https://0x7f.1/': 'address_refused',
		'https://0177.0.0.1/': 'address_refused',
		'https://2130706433/': 'address_refused',
		'https://0/': 'address_refused',
		'https://①②⑦.0.0.1/': 'address_refused',
		'https://10.0.0.1/': 'address_refused',
		'https://169.254.169.254/latest/meta-data/': 'address_refused',
		'https://[::1]/': 'address_refused',
		'https://[::]/': 'address_refused',
		'https://[::ffff:127.0.0.1]/': 'address_refused',
		'https://[::ffff:a9fe:a9fe]/': 'address_refused',
		'https://[64:ff9b::7f00:1]/': 'address_refused',
		'https://[2002:7f00:1::]/': 'address_refused',
		'https://[fe80::1]/': 'address_refused',
	};
	for (const [url, code] of Object.entries(refused)) {
		const target = readTarget(url, strict);
		assert.equal('code' in target ? target.code : 'accepted', code, url);
	}
});

test('a refusal never repeats a secret of the URL', () => {
	const target = readTarget('https://user:hunter2@hook.example.com/', strict);
	assert.ok('message' in target && !target.message.includes('hunter2'));
});

test('localhost is open where one of its addresses is', () => {
	for (const allow of [['127.0.0.1'], ['127.0.0.0/8'], ['::1'], ['::1/128']]) {
		assert.ok('origin' in readTarget('https://localhost:8443/', createAddressPolicy(allow)), allow.join());
	}
	assert.ok('code' in readTarget('https://localhost/', createAddressPolicy(['127.0.0.2', '10.0.0.0/8'])));
	assert.ok('origin' in readTarget('https://notlocalhost/', strict));
});
