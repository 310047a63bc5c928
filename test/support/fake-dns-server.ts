/** A DNS server on a free UDP port of 127.0.0.1 that answers as it is told (RFC 1035, as much of it as A and AAAA questions need). */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import ipaddr from 'ipaddr.js';

/** The addresses of a name, by family; a response code (2 SERVFAIL, 3 NXDOMAIN); or no answer at all. */
export type DnsRecord =
	| {
			readonly a?: readonly string[];
			readonly aaaa?: readonly string[];
			/** Default: a minute each. */
			readonly ttlSeconds?: { readonly a?: number; readonly aaaa?: number };
	  }
	| number
	| 'silent';

const TYPE_A = 1;
const TYPE_AAAA = 28;

export interface FakeDnsServer extends AsyncDisposable {
	/** As `dns.Resolver.setServers` wants it. */
	readonly address: string;
	readonly questions: string[];
}

/** Names that are not among the records do not exist. */
export async function startDnsServer(records: Readonly<Record<string, DnsRecord>>): Promise<FakeDnsServer> {
	const socket = createSocket('udp4');
	const questions: string[] = [];
	socket.on('message', (query, from) => {
		const { name, type, end } = readQuestion(query);
		questions.push(`${type === TYPE_AAAA ? 'AAAA' : 'A'} ${name}`);
		const record = records[name] ?? 3;
		if (record !== 'silent') socket.send(answer(query.subarray(0, end), type, record), from.port, from.address);
	});
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	return {
		address: `127.0.0.1:${socket.address().port}`,
		questions,
		async [Symbol.asyncDispose](): Promise<void> {
			socket.close();
			await once(socket, 'close');
		},
	};
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
	const labels: string[] = [];
	let at = 12;
	for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
		labels.push(query.toString('latin1', at + 1, at + 1 + length));
		at += 1 + length;
	}
	return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** `question`: the query up to the end of its question. */
function answer(question: Buffer, type: number, record: Exclude<DnsRecord, 'silent'>): Buffer {
	const addresses = typeof record === 'number' ? [] : ((type === TYPE_A ? record.a : type === TYPE_AAAA ? record.aaaa : undefined) ?? []);
	const ttls = typeof record === 'number' ? {} : (record.ttlSeconds ?? {});
	const ttl = Buffer.alloc(4);
	ttl.writeUInt32BE((type === TYPE_A ? ttls.a : ttls.aaaa) ?? 60);
	const message = Buffer.from(question);
	message.writeUInt16BE(0x8180 | (typeof record === 'number' ? record : 0), 2);
	message.writeUInt16BE(addresses.length, 6);
	message.writeUInt16BE(0, 8);
	message.writeUInt16BE(0, 10);
	const resources = addresses.map((text) => {
		const bytes = Buffer.from(ipaddr.parse(text).toByteArray());
		// A pointer to the name in the question, the type, class IN, the time to live, the length.
		return Buffer.concat([Buffer.from([0xc0, 0x0c, 0, type, 0, 1]), ttl, Buffer.from([0, bytes.length]), bytes]);
	});
	return Buffer.concat([message, ...resources]);
}
