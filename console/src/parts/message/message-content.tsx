/** What a message says, as a chat shows it. Whoever may tap, vote or answer hands in what that does; without it, it is only looked at. */
import { Group, Text } from '@mantine/core';
import { Ban, Clock, MapPin, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Content, PhoneMessage } from '../../api/views.ts';
import { locale } from '../../i18n/language.ts';
import { useWords } from '../../i18n/words.ts';
import { ChoiceContent, type OnTap } from './choice-content.tsx';
import { MediaContent } from './media-content.tsx';
import { webLink } from './media-link.ts';
import css from './message.module.css';
import { EventContent, type EventReply, PollContent } from './poll-content.tsx';
import { RichText } from './rich-text.tsx';
import { MESSAGE_WORDS } from './words.ts';

export interface MessageActs {
	readonly onTap: OnTap;
	readonly onVote: (options: readonly string[]) => void;
	readonly onReply: (reply: EventReply) => void;
}

export interface MessageContentProps {
	readonly content: Content;
	readonly votes?: PhoneMessage['votes'];
	/** What the reader voted for. */
	readonly chosen?: readonly string[];
	/** What the reader answered to an event. */
	readonly answered?: string | undefined;
	readonly acts?: MessageActs | undefined;
}

export function MessageContent({ content, votes = [], chosen = [], answered, acts }: MessageContentProps): ReactNode {
	switch (content.kind) {
		case 'text':
		case 'button-reply':
			return <Words text={content.text ?? ''} />;
		case 'list-reply':
			return <Words text={[content.title, content.text].filter((part, index, all) => part && all.indexOf(part) === index).join('\n')} />;
		case 'image':
		case 'video':
		case 'audio':
		case 'document':
		case 'sticker':
			return <MediaContent content={content} />;
		case 'location':
			return <Place content={content} />;
		case 'contact':
			return <Person name={content.name ?? ''} phones={content.phones ?? []} />;
		case 'contacts':
			return (content.contacts ?? []).map(({ name, phones }) => <Person key={`${name} ${phones.join()}`} name={name} phones={phones} />);
		case 'buttons':
		case 'list':
		case 'template':
		case 'carousel':
			return <ChoiceContent content={content} onTap={acts?.onTap} />;
		case 'poll':
			return <PollContent content={content} votes={votes} chosen={chosen} onVote={acts?.onVote} />;
		case 'event':
			return <EventContent content={content} chosen={answered} onReply={acts?.onReply} />;
		default:
			return <InShort content={content} />;
	}
}

function Words({ text }: { readonly text: string }) {
	return (
		<div className={css['text']}>
			<RichText text={text} />
		</div>
	);
}

function Place({ content }: { readonly content: Content }) {
	const say = useWords(MESSAGE_WORDS);
	const { latitude = 0, longitude = 0, name, address } = content;
	const href = webLink(content.url) ?? `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
	return (
		<a href={href} target="_blank" rel="noopener noreferrer" style={{ color: 'inherit', textDecoration: 'none' }}>
			<div className={css['map']}>
				<MapPin size={32} aria-hidden />
			</div>
			<div className={css['name']}>{name ?? say.location}</div>
			<div className={css['soft']}>{address ?? `${latitude}, ${longitude}`}</div>
		</a>
	);
}

function Person({ name, phones }: { readonly name: string; readonly phones: readonly string[] }) {
	const say = useWords(MESSAGE_WORDS);
	return (
		<div className={css['file']}>
			<UserRound size={24} aria-label={say.contact} />
			<div className={css['fileText']}>
				<div className={css['name']}>{name}</div>
				<div className={css['soft']}>{phones.join(', ')}</div>
			</div>
		</div>
	);
}

/** One line or two for kinds that a chat shows in few words. */
function InShort({ content }: { readonly content: Content }): ReactNode {
	const say = useWords(MESSAGE_WORDS);
	const { kind, name, title, text, total, value, currency = 'BRL', items = [] } = content;
	const money = (amount: number | undefined): string =>
		amount === undefined ? '' : new Intl.NumberFormat(locale(), { style: 'currency', currency }).format(amount);
	switch (kind) {
		case 'deleted':
			return <Faint icon={<Ban size={15} aria-hidden />}>{say.deleted}</Faint>;
		case 'waiting':
			return <Faint icon={<Clock size={15} aria-hidden />}>{say.waiting}</Faint>;
		case 'product':
			return <Headed head={title ?? name ?? say.product} text={[money(content.price), content.description].filter(Boolean).join('\n')} />;
		case 'catalog':
			return <Headed head={title ?? say.catalog} text={text ?? content.description ?? ''} />;
		case 'order':
		case 'checkout':
			return (
				<Headed
					head={kind === 'order' ? say.order : say.checkout}
					text={`${say.items(items.length)} · ${money(total)}\n${text ?? ''}`.trim()}
				/>
			);
		case 'payment':
			return <Headed head={say.payment} text={money(value)} />;
		case 'pix-key':
			return <Headed head={`${say.pix} · ${content.merchantName ?? ''}`} text={content.key ?? ''} />;
		case 'newsletter-invite':
			return <Headed head={`${say.invite} ${content.newsletterName ?? ''}`} text={text ?? ''} />;
		case 'notice':
			return <Faint>{`${say.notice}: ${name ?? ''}`}</Faint>;
		case 'reaction':
			return <Faint>{`${say.reaction} ${content.emoji ?? ''}`}</Faint>;
		case 'edit':
			return <Headed head={say.edit} text={content.content?.text ?? content.content?.caption ?? ''} />;
		case 'deletion':
			return <Faint>{say.deletion}</Faint>;
		case 'pin':
			return <Faint>{content.isPinned === false ? say.unpin : say.pin}</Faint>;
		case 'poll-vote':
			return <Headed head={say.vote} text={(content.options ?? []).join(', ')} />;
		case 'event-reply':
			return <Headed head={say.reply} text={say[content.reply as EventReply] ?? ''} />;
		default:
			return <Faint>{say.unknown}</Faint>;
	}
}

function Headed({ head, text }: { readonly head: string; readonly text: string }) {
	return (
		<>
			<Text fw={600} size="sm">
				{head}
			</Text>
			{text !== '' && <Words text={text} />}
		</>
	);
}

function Faint({ icon, children }: { readonly icon?: ReactNode; readonly children: string }) {
	return (
		<Group gap={5} wrap="nowrap" className={css['soft']}>
			{icon}
			<em>{children}</em>
		</Group>
	);
}
