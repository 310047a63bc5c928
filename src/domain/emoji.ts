/** What people react with: one emoji, as one sees it, whatever it is made of (a skin tone, a flag, a family). */

const CHARACTERS: Intl.Segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Pictures, flags and keycaps. `Emoji` alone has the digits, too. */
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u;

export function isOneEmoji(text: string): boolean {
	const [first, second] = CHARACTERS.segment(text);
	return first !== undefined && second === undefined && EMOJI.test(text);
}
