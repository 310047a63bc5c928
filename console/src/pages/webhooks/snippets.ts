/**
 * Programs that check the signature of a delivery (Standard Webhooks 1.0), to be copied as they are. Each is complete and needs nothing but what is named in its
 * first line; a test runs them against deliveries of the gateway.
 */

export type Scheme = 'v1' | 'v1a';

export interface Snippet {
	readonly language: 'typescript' | 'python' | 'php' | 'curl';
	readonly code: string;
}

export interface SnippetParts {
	readonly scheme: Scheme;
	/** `whsec_…` of `v1`, `whpk_…` of `v1a`; in the program as it is given here. */
	readonly key: string;
	/** Of the gateway: `https://gateway.example`. */
	readonly origin: string;
}

export function snippets({ scheme, key, origin }: SnippetParts): readonly Snippet[] {
	const of = scheme === 'v1' ? V1 : V1A;
	return [
		{ language: 'typescript', code: of.typescript(key) },
		{ language: 'python', code: of.python(key) },
		{ language: 'php', code: of.php(key) },
		{ language: 'curl', code: of.curl(key, origin) },
	];
}

const V1 = {
	typescript: (key: string): string => `// Node.js, no package. body: the bytes of the request as they came, before any JSON.parse.
import { createHmac, timingSafeEqual } from 'node:crypto';

const key = Buffer.from('${key}'.slice('whsec_'.length), 'base64');

export function isGenuine(headers: Record<string, string>, body: Buffer): boolean {
	const id = headers['webhook-id'] ?? '';
	const timestamp = headers['webhook-timestamp'] ?? '';
	if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) return false;
	const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\`).update(body).digest();
	return (headers['webhook-signature'] ?? '').split(' ').some((one) => {
		if (!one.startsWith('v1,')) return false;
		const given = Buffer.from(one.slice('v1,'.length), 'base64');
		return given.length === expected.length && timingSafeEqual(given, expected);
	});
}
`,
	python: (key: string): string => `# Python 3, no package. body: the bytes of the request as they came, before any json.loads.
import base64, hashlib, hmac, time

KEY = base64.b64decode("${key}".removeprefix("whsec_"))

def is_genuine(headers: dict[str, str], body: bytes) -> bool:
    id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{id}.{timestamp}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(one, expected) for one in headers["webhook-signature"].split(" "))
`,
	php: (key: string): string => `<?php
// PHP 7.4 or later, no extension. $body: file_get_contents('php://input'), before any json_decode.
function is_genuine(array $headers, string $body): bool
{
    $key = base64_decode(substr('${key}', strlen('whsec_')));
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if (abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $one) {
        if (hash_equals($expected, $one)) {
            return true;
        }
    }
    return false;
}
`,
	curl: (
		key: string,
		origin: string,
	): string => `# bash, curl, jq and OpenSSL. Fetches a delivery and checks the signature of its latest attempt.
delivery=\${1:?id of a delivery, dlv_…}
secret='${key}'
curl -sS --fail -H "authorization: Bearer $RECADO_TOKEN" "${origin}/recado/v1/deliveries/$delivery" > delivery.json

key=$(printf %s "\${secret#whsec_}" | base64 -d | od -An -vtx1 | tr -d ' \\n')
expected=v1,$(jq -j '.attempts[-1].signature.prefix + .body' delivery.json |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
if jq -r '.attempts[-1].signature.values[]' delivery.json | grep -qxF -- "$expected"
then echo genuine; else echo forged; exit 1; fi
`,
};

const V1A = {
	typescript: (key: string): string => `// Node.js, no package. body: the bytes of the request as they came, before any JSON.parse.
import { createPublicKey, verify } from 'node:crypto';

const x = Buffer.from('${key}'.slice('whpk_'.length), 'base64').toString('base64url');
const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

export function isGenuine(headers: Record<string, string>, body: Buffer): boolean {
	const id = headers['webhook-id'] ?? '';
	const timestamp = headers['webhook-timestamp'] ?? '';
	if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) return false;
	const signed = Buffer.concat([Buffer.from(\`\${id}.\${timestamp}.\`), body]);
	return (headers['webhook-signature'] ?? '')
		.split(' ')
		.some((one) => one.startsWith('v1a,') && verify(null, signed, key, Buffer.from(one.slice('v1a,'.length), 'base64')));
}
`,
	python: (
		key: string,
	): string => `# Python 3 with the package cryptography. body: the bytes of the request as they came, before any json.loads.
import base64, time
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY = Ed25519PublicKey.from_public_bytes(base64.b64decode("${key}".removeprefix("whpk_")))

def is_genuine(headers: dict[str, str], body: bytes) -> bool:
    id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{id}.{timestamp}.".encode() + body
    for one in headers["webhook-signature"].split(" "):
        if one.startswith("v1a,"):
            try:
                KEY.verify(base64.b64decode(one.removeprefix("v1a,")), signed)
                return True
            except InvalidSignature:
                pass
    return False
`,
	php: (key: string): string => `<?php
// PHP 7.4 or later with sodium. $body: file_get_contents('php://input'), before any json_decode.
function is_genuine(array $headers, string $body): bool
{
    $key = base64_decode(substr('${key}', strlen('whpk_')));
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if (abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $one) {
        if (strncmp($one, 'v1a,', 4) !== 0) {
            continue;
        }
        $signature = base64_decode(substr($one, 4));
        if (strlen($signature) === 64 && sodium_crypto_sign_verify_detached($signature, "$id.$timestamp.$body", $key)) {
            return true;
        }
    }
    return false;
}
`,
	curl: (
		key: string,
		origin: string,
	): string => `# bash, curl, jq and OpenSSL 3. Fetches a delivery and checks the signature of its latest attempt.
delivery=\${1:?id of a delivery, dlv_…}
public='${key}'
curl -sS --fail -H "authorization: Bearer $RECADO_TOKEN" "${origin}/recado/v1/deliveries/$delivery" > delivery.json

jq -j '.attempts[-1].signature.prefix + .body' delivery.json > signed.bin
# What an ed25519 key begins with as DER (RFC 8410), then its 32 bytes.
{ printf '\\x30\\x2a\\x30\\x05\\x06\\x03\\x2b\\x65\\x70\\x03\\x21\\x00'; printf %s "\${public#whpk_}" | base64 -d; } > key.der
for one in $(jq -r '.attempts[-1].signature.values[] | select(startswith("v1a,"))' delivery.json)
do
  printf %s "\${one#v1a,}" | base64 -d > signature.bin
  if openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key.der -in signed.bin -sigfile signature.bin > openssl.log
  then echo genuine; exit; fi
done
echo forged; exit 1
`,
};
