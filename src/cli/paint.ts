/** Colours, for a terminal that wants them and for nothing else. */
import { styleText } from 'node:util';
import type { Environment } from '../config/environment.ts';

export type Colour = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan' | 'magenta' | 'blue';
export type Paint = (colour: Colour, text: string) => string;

export const plain: Paint = (_colour, text) => text;

/** NO_COLOR (no-color.org) and a dumb terminal are honoured. */
export function paintFor(stream: { readonly isTTY?: boolean }, environment: Environment): Paint {
	const isWanted = stream.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
	return isWanted ? (colour, text) => styleText(colour, text, { validateStream: false }) : plain;
}
