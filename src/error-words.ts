/**
 * The words that errors are filled with, in Portuguese, by the English that the code says: what is not there, what keeps something from being done, why
 * WhatsApp refuses. `#` stands for a number, the same in both.
 */

/** `not_there` */
export const THINGS = {
	account: 'conta',
	application: 'aplicativo',
	attendance: 'atendimento',
	'business hours': 'horário de atendimento',
	button: 'botão',
	category: 'categoria',
	chat: 'chat',
	community: 'comunidade',
	contact: 'contato',
	delivery: 'entrega',
	department: 'departamento',
	error: 'erro',
	event: 'evento',
	field: 'campo',
	group: 'grupo',
	instance: 'instância',
	job: 'trabalho',
	medium: 'mídia',
	message: 'mensagem',
	newsletter: 'canal',
	note: 'nota',
	'open attendance': 'atendimento aberto',
	operator: 'operador',
	partner: 'parceiro',
	product: 'produto',
	'rated attendance': 'atendimento avaliado',
	reply: 'resposta rápida',
	survey: 'pesquisa de satisfação',
	template: 'template',
	ticket: 'chamado',
	token: 'token',
	URA: 'URA',
	webhook: 'webhook',
} as const;

export type Thing = keyof typeof THINGS;

/** `personal_data_in_use` */
const USES = {
	'an open attendance': 'um atendimento aberto',
	'a message in the queue': 'uma mensagem na fila',
	'a delivery on its way': 'uma entrega em andamento',
} as const;

/** `invalid_media` */
export const MEDIA_FAULTS = {
	'must be an URL or a Base64 data URI': 'deve ser uma URL ou um data URI em Base64',
	'is empty': 'está vazio',
	'has not the content of its kind': 'não tem o conteúdo do seu tipo',
} as const;

export type MediaFault = keyof typeof MEDIA_FAULTS;

/** `message_unfit` */
const ACTS = {
	reaction: 'reagir',
	pin: 'fixar',
	edit: 'editar',
	deletion: 'apagar',
	'poll-vote': 'votar',
	'event-reply': 'responder ao evento',
	read: 'marcar como lida',
	forward: 'encaminhar',
	'order-update': 'atualizar o pedido',
	privateAnswer: 'responder em particular',
} as const;

/** `whatsapp_refused`, as the simulator says it. */
const REASONS = {
	'# is not on WhatsApp': '# não está no WhatsApp',
	'# is blocked by this number': '# está bloqueado por este número',
	'# chats are pinned, as many as there can be': 'há # chats fixados, o máximo possível',
	'a community has # groups at most': 'uma comunidade tem no máximo # grupos',
	'a group has at least one admin': 'um grupo tem pelo menos um admin',
	'a message is changed by who wrote it': 'uma mensagem é alterada por quem a escreveu',
	'a photo must be an http or https URL': 'uma foto deve ser uma URL http ou https',
	'a price is not below zero': 'um preço não pode ser menor que zero',
	'a video call is told of only when it was missed': 'uma chamada de vídeo só é informada quando foi perdida',
	'messages disappear after one of: #, #, # seconds': 'as mensagens somem depois de um destes tempos: #, #, # segundos',
	'no label is given': 'nenhuma etiqueta foi informada',
	'only admins of the group may do this': 'só os admins do grupo podem fazer isto',
	'only admins write into this group': 'só os admins escrevem neste grupo',
	'only participants of the group may do this': 'só os participantes do grupo podem fazer isto',
	"only the instance's own phone writes to its broadcast lists": 'só o telefone da instância escreve nas suas listas de transmissão',
	'only who made the community may deactivate it': 'só quem criou a comunidade pode desativá-la',
	'somebody must be able to add this number to groups': 'alguém precisa poder adicionar este número a grupos',
	'the address book has # people, as many as there can be': 'a agenda tem # pessoas, o máximo possível',
	'the cursor leads nowhere': 'o cursor não leva a lugar nenhum',
	'the description is longer than # characters': 'a descrição passa de # caracteres',
	'the first name is empty': 'o primeiro nome está vazio',
	'the first name is longer than # characters': 'o primeiro nome passa de # caracteres',
	'the group belongs to another community': 'o grupo pertence a outra comunidade',
	'the group is full': 'o grupo está cheio',
	'the group is not in this community': 'o grupo não está nesta comunidade',
	'the group that announces belongs to its community': 'o grupo de avisos pertence à sua comunidade',
	'the invitation link leads nowhere: it was replaced, or never was one':
		'o link de convite não leva a lugar nenhum: foi substituído, ou nunca existiu',
	'the name is empty': 'o nome está vazio',
	'the name is longer than # characters': 'o nome passa de # caracteres',
	'the phone did not ask to be let in': 'o telefone não pediu para entrar',
	'the shop has # products, as many as there can be': 'a loja tem # produtos, o máximo possível',
	'the subject is empty': 'o assunto está vazio',
	'the subject is longer than # characters': 'o assunto passa de # caracteres',
	'there are # groups, as many as there can be': 'há # grupos, o máximo possível',
	'there are # newsletters, as many as there can be': 'há # canais, o máximo possível',
	'too many chats have settings of their own': 'chats demais têm configurações próprias',
	'whoever is not in the group cannot write into it': 'quem não está no grupo não pode escrever nele',
} as const;

/** By the name of the detail. */
const WORDS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
	['what', new Map<string, string>(Object.entries({ ...THINGS, ...USES }))],
	['fault', new Map<string, string>(Object.entries(MEDIA_FAULTS))],
	['act', new Map<string, string>(Object.entries(ACTS))],
	['reason', new Map<string, string>(Object.entries(REASONS))],
]);

/** A detail as it is told in Portuguese; what is no word of ours (an id, what a server answered) stays as it is. */
export function inPortuguese(name: string, told: string): string {
	const words = WORDS.get(name);
	const plain = words?.get(told);
	if (plain !== undefined) return plain;
	const numbers = told.match(/\d+/g) ?? [];
	const pattern = words?.get(told.replace(/\d+/g, '#'));
	return pattern === undefined ? told : pattern.replace(/#/g, () => numbers.shift() ?? '');
}
