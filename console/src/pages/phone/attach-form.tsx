/** A place, a person or a poll, filled in and sent. */
import { Group, NumberInput, Switch, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { inventPerson } from '../../parts/people.ts';
import { useSending } from '../../parts/sending.ts';
import type { Wish } from './acts.ts';
import type { FormKind } from './attach-menu.tsx';
import { linesOf } from './lines-of.ts';

const WORDS = words({
	en: {
		titles: { location: 'Send a location', contact: 'Send a contact', poll: 'Send a poll' },
		name: 'Name',
		address: 'Address',
		latitude: 'Latitude',
		longitude: 'Longitude',
		phone: 'Phone',
		question: 'Question',
		options: 'Options, one per line',
		many: 'More than one may be chosen',
		send: 'Send',
		samples: { question: 'When shall we deliver?', options: 'In the morning\nIn the afternoon\nTomorrow' },
	},
	pt: {
		titles: { location: 'Enviar localização', contact: 'Enviar contato', poll: 'Enviar enquete' },
		name: 'Nome',
		address: 'Endereço',
		latitude: 'Latitude',
		longitude: 'Longitude',
		phone: 'Telefone',
		question: 'Pergunta',
		options: 'Opções, uma por linha',
		many: 'Pode escolher mais de uma',
		send: 'Enviar',
		samples: { question: 'Quando podemos entregar?', options: 'De manhã\nÀ tarde\nAmanhã' },
	},
});

export interface AttachFormProps {
	readonly kind: FormKind;
	/** Rejects where it is refused: the form stays, with what was filled in. */
	readonly onSend: (wish: Wish) => Promise<void>;
	readonly onClose: () => void;
}

export function AttachForm({ kind, onSend, onClose }: AttachFormProps) {
	const Form = FORMS[kind];
	return <Form onSend={onSend} onClose={onClose} />;
}

type FormProps = Omit<AttachFormProps, 'kind'>;

const FORMS: Readonly<Record<FormKind, (props: FormProps) => ReactNode>> = { location: LocationForm, contact: ContactForm, poll: PollForm };

/** São Paulo's cathedral: something to send at once. */
const PLACE = { name: 'Catedral da Sé', address: 'Praça da Sé, São Paulo', latitude: -23.5505, longitude: -46.6339 };

function LocationForm(props: FormProps) {
	const say = useWords(WORDS);
	const [place, setPlace] = useState(PLACE);
	const change = (part: Partial<typeof PLACE>): void => setPlace({ ...place, ...part });
	return (
		<Framed {...props} kind="location" wish={() => ({ location: place })}>
			<TextInput label={say.name} value={place.name} onChange={({ currentTarget: { value } }) => change({ name: value })} data-autofocus />
			<TextInput label={say.address} value={place.address} onChange={({ currentTarget: { value } }) => change({ address: value })} />
			<Group grow>
				<Degrees label={say.latitude} value={place.latitude} max={90} onChange={(latitude) => change({ latitude })} />
				<Degrees label={say.longitude} value={place.longitude} max={180} onChange={(longitude) => change({ longitude })} />
			</Group>
		</Framed>
	);
}

interface DegreesProps {
	readonly label: string;
	readonly value: number;
	readonly max: number;
	readonly onChange: (value: number) => void;
}

function Degrees({ label, value, max, onChange }: DegreesProps) {
	return (
		<NumberInput label={label} value={value} min={-max} max={max} hideControls required onChange={(given) => onChange(Number(given))} />
	);
}

function ContactForm(props: FormProps) {
	const say = useWords(WORDS);
	const [person, setPerson] = useState(inventPerson);
	return (
		<Framed {...props} kind="contact" wish={() => ({ contact: person })}>
			<TextInput
				label={say.name}
				value={person.name}
				required
				onChange={({ currentTarget: { value } }) => setPerson({ ...person, name: value })}
				data-autofocus
			/>
			<TextInput
				label={say.phone}
				value={person.phone}
				required
				inputMode="tel"
				onChange={({ currentTarget: { value } }) => setPerson({ ...person, phone: value })}
			/>
		</Framed>
	);
}

function PollForm(props: FormProps) {
	const say = useWords(WORDS);
	const [question, setQuestion] = useState(say.samples.question);
	const [options, setOptions] = useState(say.samples.options);
	const [isMany, setMany] = useState(false);
	return (
		<Framed {...props} kind="poll" wish={() => ({ poll: { question, options: linesOf(options), maxOptions: isMany ? 0 : 1 } })}>
			<TextInput
				label={say.question}
				value={question}
				required
				onChange={({ currentTarget: { value } }) => setQuestion(value)}
				data-autofocus
			/>
			<Textarea
				label={say.options}
				value={options}
				required
				autosize
				minRows={3}
				onChange={({ currentTarget: { value } }) => setOptions(value)}
			/>
			<Switch label={say.many} checked={isMany} onChange={({ currentTarget: { checked } }) => setMany(checked)} />
		</Framed>
	);
}

interface FramedProps extends AttachFormProps {
	readonly wish: () => Wish;
	readonly children: ReactNode;
}

function Framed({ kind, onSend, onClose, wish, children }: FramedProps) {
	const say = useWords(WORDS);
	const sending = useSending();
	return (
		<FormDialog
			title={say.titles[kind]}
			verb={say.send}
			sending={sending}
			onSend={() => sending.send(() => onSend(wish()), onClose)}
			onClose={onClose}
		>
			{children}
		</FormDialog>
	);
}
