/** A file that is about to be sent: how it looks, and how it is written in a request. */
import { ActionIcon, Group, Text } from '@mantine/core';
import { FileText, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { fileSize } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/words.ts';
import type { FileKind } from '../../../parts/send-file.ts';
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

export function kindOf({ type }: File): FileKind {
	const [, image, video] = SHOWN.exec(type) ?? [];
	if (image !== undefined) return 'image';
	if (video !== undefined) return 'video';
	return SHOWN.test(type) ? 'audio' : 'document';
}

/**
 * The content as the gateway takes it.
 * @param url the file as a data URI
 */
export function contentOf(file: File, url: string, caption: string): object {
	const kind = kindOf(file);
	return {
		[kind]: {
			url,
			...(kind === 'document' ? { fileName: file.name } : {}),
			...(caption === '' || kind === 'audio' ? {} : { caption }),
		},
	};
}
