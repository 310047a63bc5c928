/** The documented examples, shown in the OpenAPI document. A test holds them against the contract. */

const RECORD = {
	messageId: '5e178088a88ad9001b6e1914',
	contextId: '5e1789d9e73be8001ba18830',
	interactionsId: '0398634d-5a10-4118-b44f-02d26f3a773a',
	mediaType: 'text',
	message: 'Mensagem de teste',
};
const RECORD_END = {
	to: '+5544999027914',
	from: '+554188956674',
	appId: '5e138ee5d53f5b001b96fa54',
	status: 'stored',
	createdAt: '2020-01-09T19:35:36.639Z',
	updatedAt: '2020-01-09T20:19:44.942Z',
};
const LOCATION = { address: '1 Hacker Way, Menlo Park, CA 94025', latitude: -122.425332, longitude: -37.758056, name: 'Facebook HQ' };
const CONTACT = { phone: '+5544999999999' };
const VARIABLES = { '1': '123456789', '2': '22/03/2020' };
const INTERACTION = { provider: 'whatsapp', type: 'interaction' };
const TEMPLATE = { provider: 'whatsapp', type: 'new', templateName: 'nome_template' };
const MEDIUM = { link: 'https://site.com/media.png', id: 'd9a63dffc1e0fd7e4e507de78bb0db5c' };

/** By the id of the operation in the contract, or of the first that has it. */
export const SEND_EXAMPLES: readonly object[] = [
	{ ...INTERACTION, contact: CONTACT, message: 'Olá João, ótimo saber que gostou do produto', contextId: 'wdad-123123' },
	{
		...INTERACTION,
		mediaType: 'audio',
		mediaData: { ...MEDIUM, caption: 'Perfume Malbec', filename: 'relatorio_mensal.pdf' },
		contact: CONTACT,
		contextId: 'wdad-123123',
	},
	{ ...INTERACTION, mediaType: 'location', location: LOCATION, contact: CONTACT, contextId: 'wdad-123123' },
	{ ...TEMPLATE, contacts: [CONTACT] },
	{ ...TEMPLATE, contacts: [{ '1': 'João', '2': '123456789', ...CONTACT }] },
	{ ...TEMPLATE, contacts: [{ ...VARIABLES, header: { '1': 'João' }, ...CONTACT }] },
	{ ...TEMPLATE, contacts: [{ ...VARIABLES, header: MEDIUM, ...CONTACT }] },
	{ ...TEMPLATE, contacts: [{ ...VARIABLES, buttons: { index: 0, type: 'url', content: 'hash' }, ...CONTACT }] },
];

/** Of an interaction, and of a template. */
export const SENT_EXAMPLES: readonly object[] = [
	{
		messages: [
			{ ...RECORD, mediaData: { link: 'null', id: 'null', caption: 'null', filename: 'null' }, location: LOCATION, ...RECORD_END },
		],
	},
	{ messages: [{ ...RECORD, ...RECORD_END }] },
];

const PAGINATION = { totalPages: 1, currentPage: 1, itensPage: 2, totalItens: 2 };
const DOCUMENT = { ...MEDIUM, caption: 'Descrição arquivo', filename: 'Nome do documento' };

export const LIST_EXAMPLE: object = {
	isMinorThan24Hours: true,
	messagesList: [
		{
			messageId: 'i3i4321d',
			to: '+554499999999',
			from: '+554499999998',
			appId: '5dfd7753d663b30027d21747',
			interactionsId: '8436fda0-b55f-4743-a4ac-211526bf53a6',
			contextId: '5e176cbea12be50027aa0ce2',
			message: 'Bom dia',
			mediaType: 'text',
			mediaData: DOCUMENT,
			status: 'read',
			createdAt: '2019-10-14T20:21:12.648Z',
			updatedAt: '2019-10-14T20:21:12.648Z',
		},
	],
	pagination: PAGINATION,
};

export const INTERACTIONS_EXAMPLE: object = {
	interactionList: [
		{
			interactionId: '5e80e5fe487dbb9f8d035456',
			interactionsId: '123456-1231456-21456-213456',
			clientData: { name: 'User teste', timeLastMessage: '2020-06-09T19:44:03.508Z' },
			lastMessage: {
				messageId: '123456789123456',
				mediaData: DOCUMENT,
				mediaType: 'text',
				message: 'Mensagem de teste',
				failCode: 420,
				failMessage: 'Mensagem de falha',
				contextId: '123456789123456',
				interactionsId: '123456-1231456-21456-213456',
				status: 'read',
				to: '+5544999999999',
				from: '+555544999999999',
				appId: '123456789123456',
				createdAt: '2020-01-09T20:15:21.419Z',
				updatedAt: '2020-01-09T20:15:21.419Z',
			},
			to: '+5544999027914',
			from: '+554188956674',
			contextId: '5e1789d9e73be8001ba18830',
			appId: '5e138ee5d53f5b001b96fa54',
			createdAt: '2020-01-09T19:35:36.639Z',
			updatedAt: '2020-01-09T20:19:44.942Z',
		},
	],
	pagination: PAGINATION,
};

export const UPLOADED_EXAMPLE: object = { id: MEDIUM.id };
export const RESERVED_EXAMPLE: object = { id: MEDIUM.id, url: '<upload url>' };
export const VALID_EXAMPLE: object = { valid: true };
export const WINDOW_EXAMPLE: object = { open: true, closesIn: '2020-09-03T12:49:59.496Z' };
export const WINDOWS_EXAMPLE: object = {
	contacts: [{ phone: '+5500999911111', name: 'João Silva', closesIn: '2020-09-03T12:49:59.496Z' }],
};
export const TEMPLATES_EXAMPLE: object = {
	data: [
		{
			facebookId: '708927800029953',
			category: 'ACCOUNT_UPDATE',
			components: [
				{ type: 'HEADER', format: 'TEXT', text: 'Hi {{1}}' },
				{ type: 'BODY', text: 'Template text {{1}}' },
				{ type: 'FOOTER', text: 'Footer text' },
				{
					type: 'BUTTONS',
					buttons: [
						{ type: 'PHONE_NUMBER', text: 'Make a call', phone_number: '+5511976333566' },
						{ type: 'QUICK_REPLY', text: 'I agree' },
						{ type: 'URL', text: 'Visit our website', url: 'http://website.com/{{1}}' },
					],
				},
			],
			language: 'pt_BR',
			name: 'template_name',
			status: 'APPROVED',
		},
	],
	next: 'NWZiZDllOGVjZDhmYjA3ODQyNDg3NjNm',
	previous: 'NWZiZDllOGVjZDhmYjA3ODQyNDg3NjNm',
};
