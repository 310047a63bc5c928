/** Files that a person chose, as the simulated phone sends them. */
import type { FileKind } from '../../parts/send-file.ts';
import type { Wish } from './acts.ts';

export type FileUse = 'media' | 'voice' | 'document' | 'sticker';

/** As what a file is sent. */
export function kindOf({ type }: File, use: FileUse): FileKind {
	if (use === 'sticker' || use === 'document') return use;
	if (use === 'voice' || type.startsWith('audio/')) return 'audio';
	return type.startsWith('video/') ? 'video' : 'image';
}

/** @param url the file as a data URI */
export function wishOf(url: string, file: File, use: FileUse): Wish {
	const kind = kindOf(file, use);
	return { [kind]: { url, ...(use === 'voice' ? { voiceNote: true } : {}), ...(use === 'document' ? { fileName: file.name } : {}) } };
}

const SAMPLE = { width: 640, height: 420 };

/** A picture for whoever has no file at hand: a landscape, drawn here. */
export function samplePhoto(): string {
	const { width, height } = SAMPLE;
	const canvas = Object.assign(document.createElement('canvas'), SAMPLE);
	const paint = canvas.getContext('2d');
	if (!paint) return '';
	const hour = Math.random();
	const sky = paint.createLinearGradient(0, 0, 0, height);
	sky.addColorStop(0, `hsl(${200 + 50 * hour} 70% ${70 - 20 * hour}%)`);
	sky.addColorStop(1, `hsl(${30 + 20 * hour} 90% 80%)`);
	paint.fillStyle = sky;
	paint.fillRect(0, 0, width, height);
	paint.fillStyle = '#fff3c4';
	paint.beginPath();
	paint.arc(width * (0.2 + 0.6 * hour), height * 0.38, 46, 0, 2 * Math.PI);
	paint.fill();
	for (const [level, colour] of [
		[0.5, '#5d8a7d'],
		[0.64, '#35695c'],
		[0.8, '#164a3d'],
	] as const) {
		paint.fillStyle = colour;
		paint.beginPath();
		paint.moveTo(0, height);
		for (let x = 0; x <= width; x += 8) paint.lineTo(x, height * level + 34 * Math.sin(x / (60 + 50 * level) + 7 * hour + 9 * level));
		paint.lineTo(width, height);
		paint.fill();
	}
	return canvas.toDataURL('image/jpeg', 0.86);
}
