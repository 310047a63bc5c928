/** A file that is about to be sent: how it looks, and how it is written in a request. */
import { ActionIcon, Group, Text } from '@mantine/core';
import { FileText, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { fileSize } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/words.ts';
import { CHAT_WORDS } from './chat-words.ts';

export interface AttachedProps {
	readonly file: File;
	readonly onRemove: () => void;
}

export function Attached({ file, onRemove }: AttachedProps) {
	const say = useWords(CHAT_WORDS);
	const picture = usePicture(file);
	const [unreadable, setUnreadable] = useState<string>();
	return (
		<Group gap="xs" wrap="nowrap">
			{picture === undefined || picture === unreadable ? (
				<FileText size={28} aria-hidden />
			) : (
				<img
					src={picture}
					alt=""
					width={40}
					height={40}
					style={{ objectFit: 'cover', borderRadius: 6 }}
					onError={() => setUnreadable(picture)}
				/>
			)}
			<Text size="sm" truncate flex={1} title={file.name}>
				{file.name} · {fileSize(file.size)}
			</Text>
			<ActionIcon variant="subtle" color="gray" aria-label={say.detach} onClick={onRemove}>
				<X size={16} aria-hidden />
			</ActionIcon>
		</Group>
	);
}

function usePicture(file: File): string | undefined {
	const [url, setUrl] = useState<string>();
	useEffect(() => {
		if (!file.type.startsWith('image/')) {
			setUrl(undefined);
			return;
		}
		const made = URL.createObjectURL(file);
		setUrl(made);
		return () => URL.revokeObjectURL(made);
	}, [file]);
	return url;
}

/** WhatsApp shows these as what they are; everything else is a document. */
const SHOWN = /^(?:(image)\/(?:jpeg|png|webp)|(video)\/(?:mp4|3gpp)|(audio)\/(?:ogg|mpeg|mp4|aac|amr))$/;

/** The content as the gateway takes it, with the bytes as a data URI. Rejects where the file cannot be read. */
export async function readAttached(file: File, caption: string): Promise<object> {
	const url = await dataUri(file);
	const [, image, video, audio] = SHOWN.exec(file.type) ?? [];
	const said = caption === '' ? {} : { caption };
	if (image !== undefined) return { image: { url, ...said } };
	if (video !== undefined) return { video: { url, ...said } };
	if (audio !== undefined) return { audio: { url } };
	return { document: { url, fileName: file.name, ...said } };
}

function dataUri(file: File): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result).replace(/^data:;/, 'data:application/octet-stream;'));
		reader.onerror = () => reject(reader.error ?? new Error(file.name));
		reader.readAsDataURL(file);
	});
}
