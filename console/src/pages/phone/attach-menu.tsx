/** What can be sent besides text: files, a place, a person, a poll. */
import { ActionIcon, FileButton, Menu } from '@mantine/core';
import { BarChart3, ContactRound, FileText, Image, type LucideIcon, MapPin, Mic, Mountain, Paperclip, Sticker } from 'lucide-react';
import { useRef } from 'react';
import { useWords, words } from '../../i18n/words.ts';
import type { Wish } from './acts.ts';
import { type FileUse, samplePhoto } from './files.ts';

const WORDS = words({
	en: {
		attach: 'Attach',
		sample: 'Sample photo',
		media: 'Photo, video or audio',
		voice: 'Voice note (audio file)',
		document: 'Document',
		sticker: 'Sticker (WebP)',
		location: 'Location',
		contact: 'Contact',
		poll: 'Poll',
	},
	pt: {
		attach: 'Anexar',
		sample: 'Foto de exemplo',
		media: 'Foto, vídeo ou áudio',
		voice: 'Mensagem de voz (arquivo de áudio)',
		document: 'Documento',
		sticker: 'Figurinha (WebP)',
		location: 'Localização',
		contact: 'Contato',
		poll: 'Enquete',
	},
});

export type FormKind = 'location' | 'contact' | 'poll';

const FILES: readonly (readonly [FileUse, LucideIcon, string])[] = [
	['media', Image, 'image/*,video/*,audio/*'],
	['voice', Mic, 'audio/*'],
	['document', FileText, ''],
	['sticker', Sticker, 'image/webp'],
];

const FORMS: readonly (readonly [FormKind, LucideIcon])[] = [
	['location', MapPin],
	['contact', ContactRound],
	['poll', BarChart3],
];

export interface AttachMenuProps {
	readonly isDisabled: boolean;
	readonly onWish: (wish: Wish) => void;
	readonly onFile: (file: File, use: FileUse) => void;
	readonly onForm: (kind: FormKind) => void;
}

export function AttachMenu({ isDisabled, onWish, onFile, onForm }: AttachMenuProps) {
	const say = useWords(WORDS);
	return (
		<Menu position="top-start" withinPortal shadow="md" keepMounted>
			<Menu.Target>
				<ActionIcon variant="subtle" color="gray" size="lg" radius="xl" aria-label={say.attach} disabled={isDisabled}>
					<Paperclip size={20} aria-hidden />
				</ActionIcon>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Item leftSection={<Mountain size={16} aria-hidden />} onClick={() => onWish({ image: { url: samplePhoto() } })}>
					{say.sample}
				</Menu.Item>
				{FILES.map(([use, Icon, accept]) => (
					<FileItem key={use} label={say[use]} icon={Icon} accept={accept} onFile={(file) => file && onFile(file, use)} />
				))}
				<Menu.Divider />
				{FORMS.map(([kind, Icon]) => (
					<Menu.Item key={kind} leftSection={<Icon size={16} aria-hidden />} onClick={() => onForm(kind)}>
						{say[kind]}
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}

interface FileItemProps {
	readonly label: string;
	readonly icon: LucideIcon;
	readonly accept: string;
	readonly onFile: (file: File | null) => void;
}

function FileItem({ label, icon: Icon, accept, onFile }: FileItemProps) {
	const reset = useRef<() => void>(null);
	return (
		<FileButton
			resetRef={reset}
			onChange={(file) => {
				onFile(file);
				// The same file may be sent twice.
				reset.current?.();
			}}
			{...(accept === '' ? {} : { accept })}
			inputProps={{ 'aria-label': label }}
		>
			{({ onClick }) => (
				<Menu.Item leftSection={<Icon size={16} aria-hidden />} onClick={onClick}>
					{label}
				</Menu.Item>
			)}
		</FileButton>
	);
}
