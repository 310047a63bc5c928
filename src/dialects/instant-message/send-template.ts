/** `POST /v1/messages` with `type: "new"`: a template for one or more customers, each with values of their own; all are accepted, or none. */
import type { FastifyRequest } from 'fastify';
import type { Message } from '../../domain/message.ts';
import { parsePhone } from '../../domain/phone.ts';
import { fillTemplate, type Template, type TemplateContent, type TemplateFault } from '../../domain/template.ts';
import { RecadoError } from '../../errors.ts';
import type { Templates } from '../../messaging/directory-services.ts';
import type { Media, Messaging } from '../../messaging/services.ts';
import { type Caller, callerOf } from './authentication.ts';
import { badParameter } from './errors.ts';
import { type MessageRecord, writeRecord } from './record.ts';
import type { TemplateBody } from './send-body.ts';
import { readValues } from './template-values.ts';

export interface TemplateDeps {
	readonly messaging: Pick<Messaging, 'sendAll'>;
	readonly templates: Pick<Templates, 'find'>;
	readonly media: Pick<Media, 'get'>;
}

interface Letter {
	/** Digits. */
	readonly phone: string;
	readonly content: TemplateContent;
	readonly fieldAt: () => string;
}

export async function sendTemplate(
	deps: TemplateDeps,
	request: FastifyRequest,
	body: TemplateBody,
): Promise<{ readonly messages: readonly MessageRecord[] }> {
	const caller = callerOf(request);
	const { instance, application } = caller;
	const template = await findApproved(deps.templates, application.id, body.templateName);
	const letters = await readLetters(deps.media, caller, template, body.contacts);
	const answer = (messages: readonly Message[]): { readonly messages: readonly MessageRecord[] } => ({
		messages: messages.map((message, place) =>
			writeRecord(message, {
				appId: application.id,
				instancePhone: instance.phone,
				customerPhone: letters[place]?.phone ?? '',
				status: 'stored',
				form: 'template',
			}),
		),
	});
	const made = await deps.messaging.sendAll({
		instance,
		origin: 'api',
		letters,
		...(body.contextId === undefined ? {} : { contextId: body.contextId }),
		...(request.idempotent && {
			idempotency: { request: request.idempotent, answer: (messages: readonly Message[]) => ({ status: 200, body: answer(messages) }) },
		}),
	});
	return answer(made);
}

async function findApproved(templates: Pick<Templates, 'find'>, applicationId: string, name: string): Promise<Template> {
	const template = await templates.find(applicationId, name);
	if (!template) throw badParameter('templateName', 'is no template of the application', 'não é um template do aplicativo');
	if (template.status === 'APPROVED') return template;
	throw badParameter(
		'templateName',
		`is ${template.status}: only an approved template can be sent`,
		`está ${template.status}: só um template aprovado pode ser enviado`,
	);
}

/** Throws invalid_request with what is wrong in any of them. */
async function readLetters(
	media: Pick<Media, 'get'>,
	caller: Caller,
	template: Template,
	contacts: TemplateBody['contacts'],
): Promise<readonly Letter[]> {
	const letters: Letter[] = [];
	const faults: TemplateFault[] = [];
	for (const [place, contact] of contacts.entries()) {
		const phone = parsePhone(contact.phone);
		const read = await readValues(media, caller, contact);
		const filled = fillTemplate(template, read.values);
		const wrong = [
			...(phone === undefined ? [{ path: 'phone', en: 'must be an E.164 number', pt: 'deve ser um número E.164' }] : []),
			...read.faults,
			...(filled.kind === 'faulty' ? filled.faults.filter(({ path }) => !read.faults.some((one) => covers(one.path, path))) : []),
		];
		faults.push(...wrong.map((fault) => ({ ...fault, path: `contacts[${place}].${fault.path}` })));
		if (phone !== undefined && filled.kind === 'filled') {
			const field = `contacts[${place}].header.${contact.header?.link ? 'link' : 'id'}`;
			letters.push({ phone, content: filled.content, fieldAt: () => field });
		}
	}
	if (faults.length > 0) throw new RecadoError('invalid_request', { faults });
	return letters;
}

/** A variable of a wrong type is not missing as well; nor is the medium whose id is wrong. */
function covers(told: string, path: string): boolean {
	return told === path || told === `${path}.id`;
}
