/** One turn of the menu with a chat: what is asked, and where an answer leads. */
import type { Department } from '../domain/account.ts';
import type { ContentBody } from '../domain/content.ts';
import type { UraSettings, UraTarget } from './answering-services.ts';
import type { UraDialogue } from './chat-dialogue.ts';
import { asked, chosen, filledIn, optionsOf } from './ura-menu.ts';

const WRONG_ANSWER = 'Opção inválida.';
const WRONG_ANSWERS_MAX = 3;

export interface UraTurnOf {
	readonly settings: UraSettings;
	readonly dialogue: UraDialogue | undefined;
	readonly departments: readonly Department[];
	readonly content: ContentBody;
	readonly senderName: string;
}

export interface UraTurn {
	readonly texts: readonly string[];
	readonly dialogue: UraDialogue;
	/** Where the chat goes. */
	readonly to?: Exclude<UraTarget, { kind: 'menu' }>;
}

/** Undefined where it has nothing to ask: the chat is where it belongs. */
export function goOn(turn: UraTurnOf): UraTurn | undefined {
	switch (turn.dialogue?.state) {
		case undefined:
			return begin(turn);
		case 'asking':
			return answer(turn, turn.dialogue);
		case 'routed':
			return undefined;
	}
}

function begin({ settings, departments, senderName }: UraTurnOf): UraTurn {
	const options = optionsOf(settings, departments);
	const welcome = filledIn(settings.welcomeMessage, { senderName });
	const greeting = welcome === '' ? [] : [welcome];
	// There is nowhere to route to: the chat waits where it is.
	if (options.length === 0) return { texts: greeting, dialogue: { state: 'routed' } };
	const message = settings.departmentMessage;
	return { texts: [...greeting, asked(message, options)], dialogue: { state: 'asking', message, options, wrongAnswers: 0 } };
}

function answer({ settings, departments, content }: UraTurnOf, asking: Extract<UraDialogue, { state: 'asking' }>): UraTurn {
	const { message, options, wrongAnswers } = asking;
	const option = chosen(content, options);
	if (!option) {
		const dialogue = { ...asking, wrongAnswers: wrongAnswers + 1 };
		const isEnough = dialogue.wrongAnswers >= (settings.wrongAnswersMax ?? WRONG_ANSWERS_MAX);
		if (!isEnough) return { texts: [settings.wrongAnswerMessage ?? WRONG_ANSWER, asked(message, options)], dialogue };
		return { texts: [], dialogue: { state: 'routed' }, ...toDefault(departments) };
	}
	const { to, label } = option;
	if (to.kind === 'menu') {
		const menu = { message: to.message, options: to.options };
		return { texts: [asked(to.message, to.options)], dialogue: { state: 'asking', ...menu, wrongAnswers: 0 } };
	}
	const texts = settings.routedMessage === undefined ? [] : [filledIn(settings.routedMessage, { option: label })];
	// What was deleted since it was offered is the default department's.
	const isGone = to.kind === 'department' && !departments.some((one) => one.id === to.departmentId);
	return { texts, dialogue: { state: 'routed' }, ...(isGone ? toDefault(departments) : { to }) };
}

function toDefault(departments: readonly Department[]): Pick<UraTurn, 'to'> {
	const fallback = departments.find((one) => one.isDefault);
	return fallback ? { to: { kind: 'department', departmentId: fallback.id } } : {};
}
