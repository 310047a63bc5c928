/** A photograph for scenes that are looked at: a flower, as a PNG that any browser shows. */
import { crc32, deflateSync } from 'node:zlib';

const [WIDTH, HEIGHT] = [320, 240];
/** PNG, section 11.2.2: eight bits a channel, red, green and blue. */
const HEADER = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
const PETALS = 8;

type Colour = readonly [red: number, green: number, blue: number];

export function flower(): string {
	const header = Buffer.from(HEADER);
	header.writeUInt32BE(WIDTH, 0);
	header.writeUInt32BE(HEIGHT, 4);
	// Each row begins with its filter: none.
	const rows = Array.from({ length: HEIGHT }, (_, y) => [0, ...Array.from({ length: WIDTH }, (_none, x) => colourAt(x, y)).flat()]);
	const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
	const bytes = [signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from(rows.flat()))), chunk('IEND', Buffer.alloc(0))];
	return `data:image/png;base64,${Buffer.concat(bytes).toString('base64')}`;
}

function colourAt(x: number, y: number): Colour {
	const [right, down] = [(x - WIDTH / 2) / HEIGHT, (y - HEIGHT / 2) / HEIGHT];
	const away = Math.hypot(right, down);
	const reach = 0.28 + 0.12 * Math.cos(PETALS * Math.atan2(down, right));
	if (away < 0.09) return [232, 180, 44];
	if (away < reach) return [214 - Math.round(120 * away), 46, 92];
	return [190 - Math.round(90 * (y / HEIGHT)), 214 - Math.round(70 * (y / HEIGHT)), 176 - Math.round(80 * (y / HEIGHT))];
}

function chunk(type: string, data: Buffer): Buffer {
	const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(typed));
	return Buffer.concat([length, typed, check]);
}
