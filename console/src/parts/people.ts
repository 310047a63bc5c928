/** Customers that nobody has met: a name and a number that look like those of Brazil. */

const FIRST = [
	'Ana',
	'Bruno',
	'Camila',
	'Diego',
	'Elaine',
	'Felipe',
	'Gabriela',
	'Heitor',
	'Isabela',
	'João',
	'Larissa',
	'Mateus',
	'Natália',
	'Otávio',
	'Paula',
	'Rafael',
];
const LAST = [
	'Almeida',
	'Barbosa',
	'Cardoso',
	'Dias',
	'Esteves',
	'Ferreira',
	'Gomes',
	'Lima',
	'Moreira',
	'Nogueira',
	'Oliveira',
	'Pereira',
	'Ramos',
	'Santos',
	'Teixeira',
	'Vieira',
];
const AREA_CODES = [11, 21, 31, 41, 44, 47, 48, 51, 61, 71, 81, 85];

export interface Person {
	readonly name: string;
	/** Digits, with country code. */
	readonly phone: string;
}

/** Whom an empty demo suggests. */
export const MARIA: Person = { name: 'Maria Souza', phone: '5544988887777' };

export function inventPerson(): Person {
	const local = String(Math.floor(Math.random() * 100_000_000)).padStart(8, '0');
	return { name: `${oneOf(FIRST)} ${oneOf(LAST)}`, phone: `55${oneOf(AREA_CODES)}9${local}` };
}

export function initialsOf(name: string): string {
	const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
	return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('');
}

function oneOf<T>(from: readonly [T, ...T[]] | readonly T[]): T {
	return from[Math.floor(Math.random() * from.length)] as T;
}
