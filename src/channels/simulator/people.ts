/** The people behind simulated phones: a name and a LID for each number, always the same ones. */
import { hash } from 'node:crypto';
import { chance } from './chance.ts';

const FIRST_NAMES: readonly string[] = (
	'Ana Beatriz Bruno Caio Camila Carla Daniel Débora Diego Eduarda Elisa Fábio Fernanda Gabriel Helena Heitor Isabela ' +
	'João Joana Juliana Larissa Leandro Lívia Lucas Luiza Marcelo Mariana Mateus Natália Otávio Paula Pedro Rafael Renata ' +
	'Rodrigo Sofia Tatiane Thiago Vanessa Vinícius'
).split(' ');

const SURNAMES: readonly string[] = (
	'Almeida Alves Andrade Araújo Barbosa Barros Batista Campos Cardoso Carvalho Castro Correia Costa Dias Duarte Farias ' +
	'Fernandes Ferreira Freitas Gomes Gonçalves Lima Lopes Machado Martins Melo Mendes Monteiro Moraes Moreira Nascimento ' +
	'Nogueira Oliveira Pereira Pinto Ramos Ribeiro Rocha Silva Teixeira'
).split(' ');

/** `Helena Carvalho`; two numbers may share one, as people do. */
export function inventedName(phone: string): string {
	return `${pick(FIRST_NAMES, chance('first name', phone))} ${pick(SURNAMES, chance('surname', phone))}`;
}

/** 14 digits and `@lid`, as WhatsApp's own look. */
export function lidOf(phone: string): string {
	const drawn = BigInt(`0x${hash('sha256', `lid ${phone}`).slice(0, 16)}`);
	return `${10n ** 13n + (drawn % (9n * 10n ** 13n))}@lid`;
}

function pick(names: readonly string[], drawn: number): string {
	return names[Math.floor(drawn * names.length)] ?? '';
}
