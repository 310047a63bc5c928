/** Files that a person chose, as the API takes them: data URIs. */
import type { Wish } from './acts.ts';

export type FileUse = 'media' | 'voice' | 'document' | 'sticker';

/** Throws where the browser cannot read it. */
export async function wishOf(file: File, use: FileUse): Promise<Wish> {
	const url = await dataUriOf(file);
	const { name: fileName, type } = file;
	if (use === 'sticker') return { sticker: { url } };
	if (use === 'voice') return { audio: { url, voiceNote: true } };
	if (use === 'document') return { document: { url, fileName } };
	if (type.startsWith('video/')) return { video: { url } };
	if (type.startsWith('audio/')) return { audio: { url } };
	return { image: { url } };
}

export async function dataUriOf(file: Blob): Promise<string> {
	const { promise, resolve, reject } = Promise.withResolvers<string>();
	const reader = new FileReader();
	reader.onload = () => resolve(String(reader.result));
	reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read'));
	reader.readAsDataURL(file);
	return await promise;
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
