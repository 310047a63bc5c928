/** How the form of a webhook is sent: what is mistyped is refused here as the gateway would refuse it, each fault at its field. */
import { Refused } from '../../api/http.ts';
import { count } from '../../i18n/format.ts';
import { useWords, words } from '../../i18n/words.ts';
import type { WebhookDraft } from './webhook-draft.ts';
import { type MistakeKind, mistakesOf, nameAt, RATE_BOUNDS } from './webhook-mistakes.ts';

const WORDS = words({
	en: {
		nameless: 'Say which header this is the value of.',
		misnamed: 'Letters, digits and hyphens, no spaces.',
		valueless: 'Write its value, or remove it.',
		unfit: 'Plain characters only (ASCII), on one line.',
		twice: 'There is one of that name above.',
		schedule: 'Write pauses like 0s, 5s, 5m, 2h, with commas between them.',
		patience: 'Write a length of time like 76h or 3d.',
		rate: (least: string, most: string) => `From ${least} to ${most}; 0.5 is one every two seconds.`,
	},
	pt: {
		nameless: 'Diga de qual header é este valor.',
		misnamed: 'Letras, dígitos e hifens, sem espaços.',
		valueless: 'Escreva o valor, ou remova o header.',
		unfit: 'Só caracteres simples (ASCII), em uma linha.',
		twice: 'Já existe um com esse nome acima.',
		schedule: 'Escreva pausas como 0s, 5s, 5m, 2h, separadas por vírgulas.',
		patience: 'Escreva um tempo como 76h ou 3d.',
		rate: (least: string, most: string) => `De ${least} a ${most}; 0,5 é uma a cada dois segundos.`,
	},
});

/** What is said of each. */
export function useMistakeWords(): Readonly<Record<MistakeKind, string>> {
	const say = useWords(WORDS);
	return { ...say, rate: say.rate(count(RATE_BOUNDS.min), count(RATE_BOUNDS.max)) };
}

/** Sends what was made of the draft, unless something is mistyped. Throws `Refused`, with what is wrong with a header at its row. */
export function useSendDraft(): <T>(draft: WebhookDraft, request: () => Promise<T>) => Promise<T> {
	const told = useMistakeWords();
	return async (draft, request) => {
		const faults = mistakesOf(draft).map(({ path, kind }) => ({ path, message: told[kind] }));
		if (faults.length > 0) throw new Refused(400, { code: 'invalid_request', faults });
		try {
			return await request();
		} catch (error) {
			throw error instanceof Refused ? atRows(error, draft) : error;
		}
	};
}

/** The gateway names a header, which may be called otherwise before it is sent again. */
function atRows(refused: Refused, { headers }: WebhookDraft): Refused {
	const { status, message, code, requestId, retryAfterSeconds } = refused;
	const faults = refused.faults.map((fault) => {
		const row = headers.find(({ name }) => fault.path === `headers.${name.trim()}`);
		return row ? { ...fault, path: nameAt(row.key) } : fault;
	});
	return new Refused(status, { detail: message, code, faults, ...(requestId && { instance: requestId }) }, retryAfterSeconds);
}

/** The paths of the faults that the fields of the form tell. */
export const TOLD_AT_FIELDS: readonly string[] = [
	...['url', 'instanceId', 'dialect', 'form', 'signatures', 'authentication'],
	...['authentication.username', 'authentication.password', 'authentication.token'],
	...['concurrency', 'ratePerSecond', 'scheduleMs', 'scheduleMs.length', 'scheduleMs[]', 'patienceMs'],
	...['headers[].name', 'headers[].value'],
];

const RECEIVER = ['headers', 'authentication', 'signatures'];
const LIMITS = ['concurrency', 'ratePerSecond', 'scheduleMs', 'patienceMs'];

type Section = 'receiver' | 'limits';

/** In which sections of the form something was refused. */
export function sectionsOf(error: unknown): readonly Section[] {
	const paths = error instanceof Refused ? error.faults.map(({ path }) => path) : [];
	const isIn = (members: readonly string[]): boolean => paths.some((path) => members.includes(path.split(/[.[]/, 1)[0] ?? ''));
	return [...(isIn(RECEIVER) ? (['receiver'] as const) : []), ...(isIn(LIMITS) ? (['limits'] as const) : [])];
}
