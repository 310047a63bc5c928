/** A QR code, drawn as an image of squares: black on white in every colour scheme, as cameras want it. */
import { create } from 'qrcode';
import { useWords, words } from '../../i18n/words.ts';

const WORDS = words({ en: { code: 'QR code for pairing a phone' }, pt: { code: 'QR code para parear um telefone' } });

const SIZE_PX = 240;
/** Of white around it, in squares (ISO/IEC 18004). */
const QUIET = 4;

export function QrCode({ value }: { readonly value: string }) {
	const say = useWords(WORDS);
	const { modules } = create(value, { errorCorrectionLevel: 'M' });
	const side = modules.size + 2 * QUIET;
	const squares = [...modules.data].flatMap((isDark, index) =>
		isDark ? [`M${(index % modules.size) + QUIET} ${Math.floor(index / modules.size) + QUIET}h1v1h-1z`] : [],
	);
	return (
		<svg width={SIZE_PX} height={SIZE_PX} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={say.code} shapeRendering="crispEdges">
			<rect width={side} height={side} fill="#fff" />
			<path d={squares.join('')} fill="#000" />
		</svg>
	);
}
