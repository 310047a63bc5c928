/**
 * Programs that check the signature of a delivery (Standard Webhooks 1.0), to be copied as they are. Each is complete, needs nothing but what is named in its
 * first lines, and finds whatever is not signed forged, however it is written: a test runs them against deliveries of the gateway.
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

/** The same for both schemes. */
const READ_IN_TYPESCRIPT = `/** Of Node's \`http\` (Express, Fastify, …), or of Fetch (Next.js, Hono, …). */
type GivenHeaders = Headers | Record<string, string | string[] | undefined>;

function read(headers: GivenHeaders, name: string): string {
	if (headers instanceof Headers) return headers.get(name) ?? '';
	const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
	return typeof found === 'string' ? found : '';
}
`;

const CALL_IN_PHP = `// At the place where deliveries come in, before any json_decode:
//   if (!is_genuine(getallheaders(), file_get_contents('php://input'))) { http_response_code(401); exit; }`;

/** Names of headers come in any case: `getallheaders` gives `Webhook-Id`. */
const READ_IN_PHP = `    $headers = array_change_key_case($headers, CASE_LOWER);
    $read = fn (string $name): string => is_string($headers[$name] ?? null) ? $headers[$name] : '';
    $id = $read('webhook-id');
    $timestamp = $read('webhook-timestamp');
    if (!preg_match('/^[0-9]{1,12}$/D', $timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }`;

const V1 = {
	typescript: (key: string): string => `// Node.js, no package. body: the bytes of the request as they came, before any JSON.parse.
import { createHmac, timingSafeEqual } from 'node:crypto';

const key = Buffer.from('${key}'.slice('whsec_'.length), 'base64');
if (key.length < 24) throw new Error('Put the secret of the webhook here.');

export function isGenuine(headers: GivenHeaders, body: Uint8Array): boolean {
	const timestamp = read(headers, 'webhook-timestamp');
	if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) return false;
	const expected = createHmac('sha256', key).update(\`\${read(headers, 'webhook-id')}.\${timestamp}.\`).update(body).digest();
	return read(headers, 'webhook-signature')
		.split(' ')
		.some((one) => {
			if (!one.startsWith('v1,')) return false;
			const given = Buffer.from(one.slice('v1,'.length), 'base64');
			return given.length === expected.length && timingSafeEqual(given, expected);
		});
}

${READ_IN_TYPESCRIPT}`,
	python: (key: string): string => `# Python 3.9 or later, no package. headers: those of Django, Flask, FastAPI, or any dict of them.
# body: the bytes of the request as they came, before any json.loads.
import base64, hashlib, hmac, re, time
from collections.abc import Mapping

KEY = base64.b64decode("${key}".removeprefix("whsec_"))

def is_genuine(headers: Mapping[str, str], body: bytes) -> bool:
    given = {name.lower(): value for name, value in headers.items()}
    id, timestamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", timestamp) or abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{id}.{timestamp}.".encode(errors="replace") + body
    expected = b"v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    signatures = given.get("webhook-signature", "").encode(errors="replace").split(b" ")
    return any(hmac.compare_digest(one, expected) for one in signatures)
`,
	php: (key: string): string => `<?php
// PHP 7.4 or later, no extension.
${CALL_IN_PHP}
function is_genuine(array $headers, string $body): bool
{
    $key = base64_decode(substr('${key}', strlen('whsec_')), true);
    if ($key === false || strlen($key) < 24) {
        throw new RuntimeException('Put the secret of the webhook here.');
    }
${READ_IN_PHP}
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $read('webhook-signature')) as $one) {
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

export function isGenuine(headers: GivenHeaders, body: Uint8Array): boolean {
	const timestamp = read(headers, 'webhook-timestamp');
	if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) return false;
	const signed = Buffer.concat([Buffer.from(\`\${read(headers, 'webhook-id')}.\${timestamp}.\`), body]);
	return read(headers, 'webhook-signature')
		.split(' ')
		.some((one) => one.startsWith('v1a,') && verify(null, signed, key, Buffer.from(one.slice('v1a,'.length), 'base64')));
}

${READ_IN_TYPESCRIPT}`,
	python: (
		key: string,
	): string => `# Python 3.9 or later with the package cryptography. headers: those of Django, Flask, FastAPI, or any dict of them.
# body: the bytes of the request as they came, before any json.loads.
import base64, re, time
from collections.abc import Mapping
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY = Ed25519PublicKey.from_public_bytes(base64.b64decode("${key}".removeprefix("whpk_")))

def is_genuine(headers: Mapping[str, str], body: bytes) -> bool:
    given = {name.lower(): value for name, value in headers.items()}
    id, timestamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{1,12}", timestamp) or abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{id}.{timestamp}.".encode(errors="replace") + body
    for one in given.get("webhook-signature", "").split(" "):
        if one.startswith("v1a,"):
            try:
                KEY.verify(base64.b64decode(one.removeprefix("v1a,")), signed)
                return True
            except (InvalidSignature, ValueError):  # forged, or no Base64
                pass
    return False
`,
	php: (key: string): string => `<?php
// PHP 7.4 or later with sodium.
${CALL_IN_PHP}
function is_genuine(array $headers, string $body): bool
{
    $key = base64_decode(substr('${key}', strlen('whpk_')), true);
${READ_IN_PHP}
    foreach (explode(' ', $read('webhook-signature')) as $one) {
        if (strncmp($one, 'v1a,', 4) !== 0) {
            continue;
        }
        $signature = base64_decode(substr($one, 4), true);
        if ($signature === false || strlen($signature) !== SODIUM_CRYPTO_SIGN_BYTES) {
            continue;
        }
        if (sodium_crypto_sign_verify_detached($signature, "$id.$timestamp.$body", $key)) {
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
