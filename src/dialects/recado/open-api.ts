/** The OpenAPI document of our dialect and its page. */
import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { describeApi } from '../open-api/describe-api.ts';
import { HoursSchema, SurveySchema, UraSchema } from './desk-settings.ts';
import { InstanceChannelSchema, InstanceQueueSchema } from './instance-queue.ts';
import { QuickReplySchema } from './quick-replies.ts';
import { ROOT } from './scope.ts';
import { ApiTokenCreatedSchema, ApiTokenSchema, AuditEntrySchema, AuditRouteSchema, ContactSchema } from './views/access.ts';
import {
	AccountCreatedSchema,
	AccountSchema,
	ApplicationCreatedSchema,
	ApplicationSchema,
	CategorySchema,
	DepartmentSchema,
	InstanceCreatedSchema,
	InstanceSchema,
	InstanceSettingsSchema,
	OperatorSchema,
	QrCodeSchema,
} from './views/account.ts';
import { AttendanceSchema, SurveyAnswerSchema, TransferSchema } from './views/attendance.ts';
import { ChatSchema, DeskCountSchema } from './views/chat.ts';
import { ContentSchema } from './views/content.ts';
import { DeliveryCountSchema, DeliveryDetailSchema, DeliveryPageSchema, DeliverySchema } from './views/delivery.ts';
import {
	ButtonOutcomeSchema,
	ContactCardSchema,
	CustomButtonSchema,
	NoteSchema,
	RatedAttendanceSchema,
	SignedInSchema,
	StaffMemberSchema,
	TicketSchema,
} from './views/desk.ts';
import { EventSchema } from './views/event.ts';
import {
	AttentionItemSchema,
	FigurePointSchema,
	FiguresSchema,
	LiveChangedSchema,
	LiveDeliveriesSchema,
	LiveEventSchema,
	LiveEventsSchema,
	LiveFiguresSchema,
} from './views/insight.ts';
import { JobSchema } from './views/job.ts';
import { CorrespondentSchema, MessagePageSchema, MessageSchema } from './views/message.ts';
import { ErrorKindSchema, ProblemSchema } from './views/problem.ts';
import { SessionLinkSchema, SessionSchema } from './views/session.ts';
import { SettingsSchema } from './views/settings.ts';
import {
	AcceptedSchema,
	ActedSchema,
	PhoneBehaviourSchema,
	PhoneChatSchema,
	PhoneMessageSchema,
	WrittenSchema,
} from './views/simulated.ts';
import { TemplateSchema } from './views/template.ts';
import { WebhookPastSchema, WebhookSchema, WebhookWithSecretSchema } from './views/webhook.ts';
import { AddressBookEntrySchema, ChatFlagsSchema, GroupSchema, OnWhatsAppSchema, ProfileSchema } from './views/whatsapp.ts';

/** Of this API, not of the gateway. */
const API_VERSION = '1.0.0';

const SCHEMAS: readonly TSchema[] = [
	ApiTokenCreatedSchema,
	ApiTokenSchema,
	AuditEntrySchema,
	AuditRouteSchema,
	ContactSchema,
	AcceptedSchema,
	AccountCreatedSchema,
	AccountSchema,
	ActedSchema,
	AddressBookEntrySchema,
	ApplicationCreatedSchema,
	ApplicationSchema,
	AttendanceSchema,
	AttentionItemSchema,
	CategorySchema,
	ChatFlagsSchema,
	ChatSchema,
	ContentSchema,
	CorrespondentSchema,
	DeliveryCountSchema,
	DeliveryDetailSchema,
	DeliveryPageSchema,
	DeliverySchema,
	DepartmentSchema,
	DeskCountSchema,
	ErrorKindSchema,
	EventSchema,
	FigurePointSchema,
	FiguresSchema,
	GroupSchema,
	InstanceChannelSchema,
	InstanceCreatedSchema,
	InstanceQueueSchema,
	InstanceSchema,
	InstanceSettingsSchema,
	QuickReplySchema,
	JobSchema,
	LiveChangedSchema,
	LiveDeliveriesSchema,
	LiveEventSchema,
	LiveEventsSchema,
	LiveFiguresSchema,
	MessagePageSchema,
	MessageSchema,
	OnWhatsAppSchema,
	OperatorSchema,
	PhoneBehaviourSchema,
	PhoneChatSchema,
	PhoneMessageSchema,
	ProblemSchema,
	ProfileSchema,
	SettingsSchema,
	QrCodeSchema,
	SurveyAnswerSchema,
	TransferSchema,
	ButtonOutcomeSchema,
	ContactCardSchema,
	CustomButtonSchema,
	HoursSchema,
	NoteSchema,
	RatedAttendanceSchema,
	SessionLinkSchema,
	SessionSchema,
	SignedInSchema,
	StaffMemberSchema,
	SurveySchema,
	TicketSchema,
	UraSchema,
	TemplateSchema,
	WebhookPastSchema,
	WebhookSchema,
	WebhookWithSecretSchema,
	WrittenSchema,
];

const DESCRIPTION = `The management API of Recado: accounts and their phone numbers, webhooks and what became of their deliveries, and the simulated world.

Everything that creates takes an \`Idempotency-Key\`. Times are ISO 8601, errors \`application/problem+json\`. Unknown keys in bodies are ignored.`;

/** Call before the routes are added. */
export async function describeRecado(scope: FastifyInstance): Promise<void> {
	await describeApi(scope, {
		title: 'Recado',
		version: API_VERSION,
		description: DESCRIPTION,
		license: { name: 'MIT', identifier: 'MIT' },
		root: ROOT,
		securitySchemes: {
			admin: {
				type: 'http',
				scheme: 'bearer',
				description: "The administrator's token, `RECADO_ADMIN_TOKEN`, an API token, or an operator's",
			},
			session: {
				type: 'apiKey',
				in: 'cookie',
				name: 'recado_session',
				description: 'Who signed in: `POST /recado/v1/session`. Over https its name is `__Host-recado_session`',
			},
		},
		security: [{ admin: [] }, { session: [] }],
		schemas: SCHEMAS,
	});
}
