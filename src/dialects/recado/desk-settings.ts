/** What answers before an operator does: business hours, the URA, the satisfaction survey; and what came back. */
import { type TSchema, Type } from 'typebox';
import { WEEKDAYS } from '../../domain/opening-hours.ts';
import type { UraSettings } from '../../service-desk/answering-services.ts';
import { Nothing, pageOf, ref, replies } from './answering.ts';
import type { RecadoDeps } from './deps.ts';
import { found, foundAccount } from './found.ts';
import { IdParams, notBlank, pageOfQuery, pageProperties, spanOfQuery, spanProperties, strict } from './inputs.ts';
import { ROOT, type Scope } from './scope.ts';
import { ratedAttendanceView } from './views/desk.ts';
import { named, oneOf } from './views/view.ts';

const ACCOUNT = `${ROOT}/accounts/:id`;
/** WhatsApp cuts a text after 4096 characters. */
const TEXT_LENGTH_MAX = 4_096;
const LABEL_LENGTH_MAX = 200;
const SPANS_MAX = 24;
const HOLIDAYS_MAX = 1_000;
const OPTIONS_MAX = 50;
const RATING_MAX = 10;
const WINDOW_MS_MAX = 30 * 24 * 60 * 60_000;

const Said = Type.String({ minLength: 1, maxLength: TEXT_LENGTH_MAX });
const MaybeSaid = Type.Optional(Said);
const Spans = Type.Array(
	Type.Object({ from: Type.String({ description: '`HH:MM`' }), to: Type.String({ description: '`HH:MM`, up to `24:00`' }) }),
	{
		maxItems: SPANS_MAX,
	},
);

const HoursBody = Type.Object({
	active: Type.Boolean(),
	timeZone: Type.String({ description: 'IANA name: `America/Sao_Paulo`' }),
	week: Type.Partial(
		Type.Object(Object.fromEntries(WEEKDAYS.map((day) => [day, Spans])) as Record<(typeof WEEKDAYS)[number], typeof Spans>),
	),
	holidays: Type.Array(
		Type.Object({
			date: Type.String({ description: '`YYYY-MM-DD`' }),
			name: Type.Optional(Type.String({ maxLength: LABEL_LENGTH_MAX })),
			spans: Spans,
		}),
		{ maxItems: HOLIDAYS_MAX },
	),
	awayMessage: Said,
});

export const HoursSchema: TSchema = named(
	'OpeningHours',
	Type.Object(HoursBody.properties, { description: 'A day without spans is closed' }),
);

const Option = {
	label: Type.String({ ...notBlank, maxLength: LABEL_LENGTH_MAX, description: 'As the customer reads it; also an answer' }),
};
/** Menus in menus are checked by the service: a schema that refers to itself is more than the types can follow. */
const Options = Type.Array(
	Type.Object({
		...Option,
		to: Type.Object({
			kind: oneOf(['department', 'operator', 'menu'], 'Where it leads'),
			departmentId: Type.Optional(Type.String()),
			operatorId: Type.Optional(Type.String()),
			message: Type.Optional(Type.String({ maxLength: TEXT_LENGTH_MAX })),
			options: Type.Optional(
				Type.Array(Type.Unknown(), { minItems: 1, maxItems: OPTIONS_MAX, description: 'Of a menu: options like this one' }),
			),
		}),
	}),
	{ minItems: 1, maxItems: OPTIONS_MAX },
);

const UraBody = Type.Object({
	active: Type.Boolean(),
	ignoreDefault: Type.Boolean({ description: 'The default department is not offered' }),
	ignoreGroups: Type.Boolean(),
	welcomeMessage: Type.String({ maxLength: TEXT_LENGTH_MAX, description: '`{senderName}` is filled in' }),
	departmentMessage: Type.String({ maxLength: TEXT_LENGTH_MAX, description: 'Above the options' }),
	options: Type.Optional(Options),
	wrongAnswerMessage: MaybeSaid,
	wrongAnswersMax: Type.Optional(
		Type.Integer({ minimum: 1, maximum: 20, description: 'So many lead to the default department; 3 if missing' }),
	),
	routedMessage: MaybeSaid,
});

export const UraSchema: TSchema = named(
	'Ura',
	Type.Object(UraBody.properties, { description: 'Without options the active departments are offered' }),
);

const SurveyBody = Type.Object({
	active: Type.Boolean(),
	question: Said,
	ratingMax: Type.Integer({ minimum: 1, maximum: RATING_MAX, description: 'Ratings go from 1 to this' }),
	observationQuestion: MaybeSaid,
	thanks: MaybeSaid,
	windowMs: Type.Integer({ minimum: 1_000, maximum: WINDOW_MS_MAX, description: 'How long an answer is waited for' }),
});

export const SurveySchema: TSchema = named('Survey', Type.Object(SurveyBody.properties));

export function deskSettingRoutes(scope: Scope, deps: RecadoDeps): void {
	hoursRoutes(scope, deps);
	uraRoutes(scope, deps);
	surveyRoutes(scope, deps);
	answerRoutes(scope, deps);
}

function hoursRoutes(scope: Scope, { serviceDesk: { hours }, store }: RecadoDeps): void {
	const tags = ['Business hours'];
	scope.get(
		`${ACCOUNT}/hours`,
		{ schema: { tags, summary: 'Show the business hours', params: IdParams, response: replies({ 200: ref('OpeningHours') }) } },
		async ({ params }) => found('business hours', await hours.get((await foundAccount(store, params.id)).id)),
	);
	scope.put(
		`${ACCOUNT}/hours`,
		{
			schema: {
				tags,
				summary: 'Set the business hours',
				description: 'Who writes while it is closed gets `awayMessage`, once a chat and closed time.',
				params: IdParams,
				body: HoursBody,
				response: replies({ 200: ref('OpeningHours') }),
			},
		},
		async ({ params, body }) => {
			await hours.set(params.id, body);
			return body;
		},
	);
	scope.delete(
		`${ACCOUNT}/hours`,
		{ schema: { tags, summary: 'Take the business hours away: always open', params: IdParams, response: replies({ 204: Nothing }) } },
		async ({ params }, reply) => {
			await hours.set(params.id, undefined);
			return reply.code(204).send();
		},
	);
}

function uraRoutes(scope: Scope, { serviceDesk: { ura }, store }: RecadoDeps): void {
	const tags = ['URA'];
	scope.get(
		`${ACCOUNT}/ura`,
		{ schema: { tags, summary: 'Show the menu that asks and routes', params: IdParams, response: replies({ 200: ref('Ura') }) } },
		async ({ params }) => found('URA', await ura.get((await foundAccount(store, params.id)).id)),
	);
	scope.put(
		`${ACCOUNT}/ura`,
		{
			schema: {
				tags,
				summary: 'Set the menu that asks and routes',
				params: IdParams,
				body: UraBody,
				response: replies({ 200: ref('Ura') }),
			},
		},
		async ({ params, body }) => {
			// What the schema cannot say the service checks.
			await ura.set(params.id, body as UraSettings);
			return body;
		},
	);
}

function surveyRoutes(scope: Scope, { serviceDesk: { surveys }, store }: RecadoDeps): void {
	const tags = ['Surveys'];
	scope.get(
		`${ACCOUNT}/survey`,
		{ schema: { tags, summary: 'Show the satisfaction survey', params: IdParams, response: replies({ 200: ref('Survey') }) } },
		async ({ params }) => found('survey', await surveys.settings((await foundAccount(store, params.id)).id)),
	);
	scope.put(
		`${ACCOUNT}/survey`,
		{
			schema: {
				tags,
				summary: 'Set the satisfaction survey',
				description: 'It is asked when an attendance is finished.',
				params: IdParams,
				body: SurveyBody,
				response: replies({ 200: ref('Survey') }),
			},
		},
		async ({ params, body }) => {
			await surveys.configure(params.id, body);
			return body;
		},
	);
}

function answerRoutes(scope: Scope, { serviceDesk: { surveys }, store }: RecadoDeps): void {
	const tags = ['Surveys'];
	scope.get(
		`${ACCOUNT}/survey/answers`,
		{
			schema: {
				tags,
				summary: 'List what customers answered, newest first',
				params: IdParams,
				querystring: Type.Object(
					{
						operatorId: Type.Optional(Type.String({ description: 'Of attendances that this operator was in at their end' })),
						...spanProperties,
						...pageProperties,
					},
					strict,
				),
				response: replies({ 200: pageOf('RatedAttendance') }),
			},
		},
		async ({ params, query }) => {
			const { id } = await foundAccount(store, params.id);
			const { since, until } = spanOfQuery(query);
			const span = { ...(since === undefined ? {} : { from: since }), ...(until === undefined ? {} : { to: until - 1 }) };
			const page =
				query.operatorId === undefined
					? await surveys.byDate(id, span, pageOfQuery(query))
					: await surveys.byOperator(id, query.operatorId, span, pageOfQuery(query));
			return { items: page.items.map(ratedAttendanceView), next: page.next };
		},
	);
}
