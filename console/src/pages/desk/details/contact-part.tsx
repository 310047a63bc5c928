/** The card of a chat's contact: what is kept of them besides what WhatsApp tells. */
import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { change } from '../../../api/http.ts';
import { keepAnswer } from '../../../api/query-client.ts';
import type { Chat, ContactCard } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { Loading } from '../../../parts/loading.tsx';
import { shownPhone } from '../../../parts/phone-text.ts';
import { Problem } from '../../../parts/problem.tsx';
import { useSending } from '../../../parts/sending.ts';
import { tellDone, tellFailed } from '../../../parts/told.ts';
import { useAsker } from '../asker.ts';
import { chatPath, useCard } from '../desk-data.ts';
import { DETAIL_WORDS } from './detail-words.ts';
import { Facts } from './facts.tsx';

export function ContactPart({ chat }: { readonly chat: Chat }) {
	const say = useWords(DETAIL_WORDS);
	const { data: card, error, isLoading, refetch } = useCard(chat.id);
	const [isChanging, setChanging] = useState(false);
	if (isLoading) return <Loading />;
	if (!card) return <Problem error={error} onRetry={() => void refetch()} />;
	const { email, city, observation } = card;
	const known = (value: string): string | undefined => (value === '' ? undefined : value);
	return (
		<Stack gap="sm">
			{isChanging ? (
				<CardForm chatId={chat.id} card={card} onClose={() => setChanging(false)} />
			) : (
				<>
					<Facts
						facts={[
							[say.phone, shownPhone(chat.phone)],
							[say.email, known(email)],
							[say.city, known(city)],
							[say.observation, known(observation)],
						]}
					/>
					<Button
						size="compact-xs"
						variant="default"
						leftSection={<Pencil size={12} aria-hidden />}
						onClick={() => setChanging(true)}
						style={{ alignSelf: 'flex-start' }}
					>
						{say.changeContact}
					</Button>
				</>
			)}
			<Fields chatId={chat.id} card={card} />
		</Stack>
	);
}

interface CardProps {
	readonly chatId: string;
	readonly card: ContactCard;
}

function CardForm({ chatId, card, onClose }: CardProps & { readonly onClose: () => void }) {
	const say = useWords(DETAIL_WORDS);
	const asker = useAsker();
	const keep = useKept(chatId);
	const sending = useSending();
	const [before] = useState({ email: card.email, city: card.city, observation: card.observation });
	const [wish, setWish] = useState(before);
	const send = (event: FormEvent): void => {
		event.preventDefault();
		sending.send(
			() => change<ContactCard>('PATCH', `${chatPath(asker, chatId)}/card`, changedIn(wish, before)),
			(kept) => {
				keep(kept);
				tellDone(say.saved);
				onClose();
			},
		);
	};
	return (
		<form onSubmit={send}>
			<Stack gap="xs">
				<TextInput
					size="xs"
					label={say.email}
					type="email"
					value={wish.email}
					onChange={(event) => setWish({ ...wish, email: event.currentTarget.value })}
					error={sending.faultOf('email')}
				/>
				<TextInput
					size="xs"
					label={say.city}
					value={wish.city}
					onChange={(event) => setWish({ ...wish, city: event.currentTarget.value })}
					error={sending.faultOf('city')}
				/>
				<Textarea
					size="xs"
					label={say.observation}
					autosize
					minRows={2}
					maxRows={8}
					value={wish.observation}
					onChange={(event) => setWish({ ...wish, observation: event.currentTarget.value })}
					error={sending.faultOf('observation')}
				/>
				{sending.error !== undefined && <Problem error={sending.error} />}
				<Group gap="xs">
					<Button size="xs" type="submit" loading={sending.isSending}>
						{say.save}
					</Button>
					<Button size="xs" variant="default" onClick={onClose}>
						{say.cancel}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}

function Fields({ chatId, card }: CardProps) {
	const say = useWords(DETAIL_WORDS);
	const asker = useAsker();
	const keep = useKept(chatId);
	const [changing, setChanging] = useState<{ readonly name: string; readonly value: string }>();
	const remove = (name: string): void => {
		change<ContactCard>('DELETE', `${chatPath(asker, chatId)}/card/fields/${encodeURIComponent(name)}`).then(keep, (error: unknown) =>
			tellFailed(say.fieldFailed, error),
		);
	};
	return (
		<Stack gap={6}>
			{card.genericFields.map(({ name, value }) => (
				<Group key={name} gap={4} wrap="nowrap" align="flex-start" justify="space-between">
					<Facts facts={[[name, value]]} />
					<Group gap={0} wrap="nowrap">
						<ActionIcon
							variant="subtle"
							color="gray"
							size="sm"
							aria-label={say.changeField(name)}
							onClick={() => setChanging({ name, value })}
						>
							<Pencil size={14} aria-hidden />
						</ActionIcon>
						<ActionIcon variant="subtle" color="gray" size="sm" aria-label={say.deleteField(name)} onClick={() => remove(name)}>
							<Trash2 size={14} aria-hidden />
						</ActionIcon>
					</Group>
				</Group>
			))}
			{changing ? (
				<FieldForm key={changing.name} chatId={chatId} field={changing} onClose={() => setChanging(undefined)} />
			) : (
				<Button
					size="compact-xs"
					variant="default"
					leftSection={<Plus size={12} aria-hidden />}
					onClick={() => setChanging({ name: '', value: '' })}
					style={{ alignSelf: 'flex-start' }}
				>
					{say.addField}
				</Button>
			)}
		</Stack>
	);
}

interface FieldFormProps {
	readonly chatId: string;
	/** Without a name it is a new one. */
	readonly field: { readonly name: string; readonly value: string };
	readonly onClose: () => void;
}

function FieldForm({ chatId, field, onClose }: FieldFormProps) {
	const say = useWords(DETAIL_WORDS);
	const asker = useAsker();
	const keep = useKept(chatId);
	const sending = useSending();
	const [name, setName] = useState(field.name);
	const [value, setValue] = useState(field.value);
	const send = (event: FormEvent): void => {
		event.preventDefault();
		sending.send(
			() => change<ContactCard>('PUT', `${chatPath(asker, chatId)}/card/fields/${encodeURIComponent(name.trim())}`, { value }),
			(kept) => {
				keep(kept);
				onClose();
			},
		);
	};
	return (
		<form onSubmit={send}>
			<Stack gap="xs">
				{field.name === '' ? (
					<TextInput
						size="xs"
						label={say.fieldName}
						required
						maxLength={200}
						value={name}
						onChange={(event) => setName(event.currentTarget.value)}
					/>
				) : (
					<Text size="sm" fw={600}>
						{name}
					</Text>
				)}
				<TextInput
					size="xs"
					label={say.fieldValue}
					value={value}
					onChange={(event) => setValue(event.currentTarget.value)}
					error={sending.faultOf('value')}
				/>
				{sending.error !== undefined && <Problem error={sending.error} />}
				<Group gap="xs">
					<Button size="xs" type="submit" loading={sending.isSending} disabled={name.trim() === ''}>
						{say.save}
					</Button>
					<Button size="xs" variant="default" onClick={onClose}>
						{say.cancel}
					</Button>
				</Group>
			</Stack>
		</form>
	);
}

function useKept(chatId: string): (card: ContactCard) => void {
	const { accountId } = useAsker();
	return (card) => void keepAnswer(['desk', accountId, 'card', chatId], card);
}

/** Somebody else may have written the rest meanwhile. */
function changedIn<T extends object>(wish: T, before: T): Partial<T> {
	return Object.fromEntries(Object.entries(wish).filter(([name, value]) => value !== before[name as keyof T])) as Partial<T>;
}
