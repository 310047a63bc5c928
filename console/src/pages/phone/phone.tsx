/** The phone of one customer: what is on its screen, and what its owner does. */
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { fetched } from '../../api/code.ts';
import type { Chat, Instance, PhoneBehaviour, PhoneMessage } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import type { Person } from '../../parts/people.ts';
import { tellFailed } from '../../parts/told.ts';
import { call, showPresence, type Wish, write } from './acts.ts';
import type { Mode } from './behaviour.ts';
import type { BubbleActs } from './bubble.tsx';
import { ChatList } from './chat-list.tsx';
import { type About, Composer } from './composer.tsx';
import { useHistory, usePhoneChats, useScreen } from './data.ts';
import css from './phone.module.css';
import { PhoneHeader } from './phone-header.tsx';
import { Screen } from './screen.tsx';
import { FirstMessages, Welcome } from './welcome.tsx';

const WORDS = words({
	en: {
		phone: (name: string) => `Phone of ${name}`,
		failed: 'That did not work',
		off: 'The phone is off: what is sent to it waits.',
		none: 'This number is not on WhatsApp: what is sent to it fails.',
		disconnected: 'The instance is disconnected: what you write arrives once it is connected.',
	},
	pt: {
		phone: (name: string) => `Telefone de ${name}`,
		failed: 'Não funcionou',
		off: 'O telefone está desligado: o que for enviado espera.',
		none: 'Este número não está no WhatsApp: o que for enviado falha.',
		disconnected: 'A instância está desconectada: o que você escrever chega quando ela conectar.',
	},
});

/** Fetched when it is first needed. */
const AnswerForm = lazy(() => fetched(async () => ({ default: (await import('./answer-form.tsx')).AnswerForm })));

/** Whoever has written as often knows how it goes. */
const SUGGESTED_UNTIL = 2;

export interface PhoneProps {
	readonly instance: Instance;
	readonly person: Person;
	/** As the gateway knows it; undefined until somebody wrote. */
	readonly chat: Chat | undefined;
	readonly behaviour: PhoneBehaviour | undefined;
	readonly mode: Mode;
	/** The address of a group; missing: the chat with the instance. */
	readonly group: string | undefined;
	readonly onGroup: (address: string | undefined) => void;
	/** Of somebody who was only suggested: the gateway hears it with what they write. */
	readonly name: string | undefined;
	readonly onWritten: () => void;
}

export function Phone({ instance, person, chat, behaviour, mode, group, onGroup, name, onWritten }: PhoneProps) {
	const say = useWords(WORDS);
	const client = useQueryClient();
	const whose = { instanceId: instance.id, phone: person.phone };
	const screen = useScreen(whose, group ?? instance.phone);
	const chats = usePhoneChats(whose);
	const history = useHistory(chat);
	const [about, setAbout] = useState<About>();
	const [isListing, setListing] = useState(false);
	const [isAnswering, setAnswering] = useState(false);
	const field = useRef<HTMLTextAreaElement>(null);
	const [sentId, setSentId] = useState<string>();
	const place = `${instance.id} ${person.phone} ${group ?? ''}`;
	const told = (error: unknown): void => tellFailed(say.failed, error);
	const onWrite = async (wish: Wish, replyTo?: string): Promise<void> => {
		const { messageId } = await write(whose, wish, { name, group, replyTo });
		setSentId(messageId);
		onWritten();
		void client.invalidateQueries({ queryKey: ['phone', instance.id] });
	};
	const isAble = mode !== 'off' && mode !== 'none';
	const heard = new Set(history.data?.map(({ whatsappId }) => whatsappId));
	const oldest = history.data?.at(-1)?.createdAt;
	const isHeard = ({ whatsappId, at }: PhoneMessage): boolean =>
		history.data === undefined ? instance.state === 'connected' : heard.has(whatsappId) || (oldest !== undefined && at < oldest);
	const notice = mode === 'off' ? say.off : mode === 'none' ? say.none : instance.state === 'disconnected' ? say.disconnected : undefined;
	return (
		<section className={css['phone']} aria-label={say.phone(person.name)}>
			<div className={css['glass']}>
				<PhoneHeader
					instance={instance}
					owner={person.name}
					mode={mode}
					groupName={group === undefined ? undefined : (chats.data?.find((one) => one.chat === group)?.name ?? group)}
					onChats={(chats.data?.length ?? 0) > 1 ? () => setListing(!isListing) : undefined}
					onCall={(media) => void call(whose, media).catch(told)}
					onAnswer={() => setAnswering(true)}
				/>
				{notice !== undefined && (
					<div className={css['strip']} role="status">
						{notice}
					</div>
				)}
				{isListing ? (
					<ChatList
						chats={chats.data ?? []}
						instance={instance}
						onChat={(address) => {
							setListing(false);
							onGroup(address);
						}}
					/>
				) : (
					<Screen
						list={screen}
						sentId={sentId}
						phone={person.phone}
						isGroup={group !== undefined}
						otherName={instance.name}
						isHeard={isHeard}
						actsOn={(message) => (isAble ? actsOn({ message, onWrite, setAbout, told }) : undefined)}
						welcome={<Welcome person={person} instanceName={instance.name} />}
					/>
				)}
				{isAble && group === undefined && screen.data && screen.data.filter(({ fromMe }) => fromMe).length < SUGGESTED_UNTIL && (
					<FirstMessages onWrite={(text) => onWrite({ text }).catch(told)} />
				)}
				<Composer
					key={place}
					place={place}
					owner={person.name.split(' ')[0] ?? person.name}
					mode={mode}
					about={about}
					onAbout={setAbout}
					onWrite={onWrite}
					onPresence={(presence) => void showPresence(whose, presence).catch(ignored)}
					field={field}
				/>
			</div>
			{isAnswering && behaviour && (
				<Suspense fallback={null}>
					<AnswerForm whose={whose} behaviour={behaviour} onClose={() => setAnswering(false)} />
				</Suspense>
			)}
		</section>
	);
}

interface Acting {
	readonly message: PhoneMessage;
	readonly onWrite: (wish: Wish) => Promise<void>;
	readonly setAbout: (about: About) => void;
	readonly told: (error: unknown) => void;
}

function actsOn({ message, onWrite, setAbout, told }: Acting): BubbleActs {
	const { whatsappId: messageId } = message;
	const act = (wish: Wish): void => void onWrite(wish).catch(told);
	return {
		reply: () => setAbout({ kind: 'reply', message }),
		edit: () => setAbout({ kind: 'edit', message }),
		remove: () => act({ deletion: { messageId } }),
		react: (emoji) => act({ reaction: { emoji, messageId } }),
		onTap: (id) => act({ tap: { messageId, id } }),
		onVote: (options) => act({ pollVote: { messageId, options } }),
		onReply: (reply) => act({ eventReply: { messageId, reply } }),
	};
}

/** Nobody misses that somebody typed. */
function ignored(): void {}
