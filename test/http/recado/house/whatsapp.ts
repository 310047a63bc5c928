/** WhatsApp as the phone of an instance would use it. */
import type { ChannelFacts, WhatsApp } from '../../../../src/messaging/services.ts';
import type {
	AddressBookEntry,
	Answered,
	ChatFlags,
	Group,
	Asked as WhatsAppAsked,
	WhatsAppCallName,
} from '../../../../src/ports/whatsapp.ts';
import type { Note } from './asked.ts';
import { AT } from './records.ts';

const GROUP: Group = {
	id: '120363019502650977-group',
	subject: 'Turma',
	subjectAt: AT,
	subjectBy: '5544999990000',
	description: '',
	owner: '5544999990000',
	createdAt: AT,
	participants: [{ phone: '5544999990000', isAdmin: true, isSuperAdmin: true }],
	requests: [],
	isAnnouncement: false,
	settings: { adminOnlyMessage: false, adminOnlySettings: false, requireAdminApproval: false, adminOnlyAddMember: false },
	isMember: true,
};

const ANA: AddressBookEntry = { phone: '554488887777', name: '', firstName: '', notify: 'Ana', about: '', isBlocked: false };

/** What WhatsApp answers; a contact that is not `ANA` is not there. */
const ANSWERS: Partial<{ [N in WhatsAppCallName]: (asked: WhatsAppAsked<N>) => Answered<N> }> = {
	'profile.get': () => ({ phone: '5544999990000', name: 'Padaria', about: 'Pão quente', isBusiness: true }),
	'contacts.list': () => [ANA],
	'contacts.get': ({ phone }) => (phone === ANA.phone ? ANA : null),
	'contacts.add': () => ({ errors: [] }),
	'contacts.remove': () => ({ errors: [] }),
	'contacts.exist': ({ phones }) => phones.map((asked) => ({ asked, exists: true, phone: asked })),
	'chats.flags': ({ phones }) => phones.map(flagsOf),
	'groups.create': () => GROUP,
	'groups.list': () => [GROUP],
	'groups.get': () => GROUP,
	'groups.participants': () => ({ errors: [] }),
	'groups.newInvitation': () => ({ url: 'https://chat.whatsapp.com/abc' }),
	'groups.invitation': () => GROUP,
};

function flagsOf(phone: string): ChatFlags {
	return {
		phone,
		isArchived: false,
		isPinned: true,
		mutedUntil: 0,
		isMarkedUnread: false,
		isSpam: false,
		unread: 2,
		expiresInSeconds: 0,
		clearedAt: AT,
		isDeleted: false,
	};
}

export function fakeWhatsApp(note: Note): WhatsApp & ChannelFacts {
	return {
		capabilities: () => ({
			kinds: new Set(['text', 'image'] as const),
			calls: new Set(['chats.read'] as const),
			keepsOurId: true,
			hasQrCode: false,
			defaultPacing: { minMs: 0, maxMs: 0 },
		}),
		ask: async (of, name, asked) => {
			note(name, of.id, asked);
			return ANSWERS[name]?.(asked) as Answered<typeof name>;
		},
	};
}
