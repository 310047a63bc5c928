/** Images, videos, sounds, documents and stickers. What the gateway keeps is shown; what is kept elsewhere is a link. */
import { Text } from '@mantine/core';
import { ExternalLink, FileText, FileWarning } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Content } from '../../api/views.ts';
import { useWords } from '../../i18n/words.ts';
import { FileCard } from './file-card.tsx';
import { ownMediaPath, webLink } from './media-link.ts';
import css from './message.module.css';
import { Picture } from './picture.tsx';
import { RichText } from './rich-text.tsx';
import { MESSAGE_WORDS } from './words.ts';

export function MediaContent({ content }: { readonly content: Content }) {
	const { caption } = content;
	return (
		<>
			<Medium content={content} />
			{caption !== undefined && caption !== '' && (
				<Text component="div" className={css['text']} mt={6}>
					<RichText text={caption} />
				</Text>
			)}
		</>
	);
}

function Medium({ content }: { readonly content: Content }): ReactNode {
	const say = useWords(MESSAGE_WORDS);
	const { kind, caption, fileName } = content;
	const path = ownMediaPath(content.url);
	const name = kind === 'audio' && content.voiceNote ? say.voiceNote : say[kind as 'image' | 'video' | 'audio' | 'document' | 'sticker'];
	if (content.downloadError !== undefined)
		return <FileCard icon={FileWarning} name={name} about={`${say.missing}: ${content.downloadError}`} />;
	if (kind === 'document') {
		const about = [content.mimeType, content.pageCount === undefined ? undefined : say.pages(content.pageCount)];
		return (
			<FileCard
				icon={FileText}
				name={content.title ?? fileName ?? name}
				about={about.filter((part) => part !== undefined).join(' · ')}
				href={path ?? webLink(content.url)}
			/>
		);
	}
	if (path === undefined) return <FileCard icon={ExternalLink} name={fileName ?? name} about={say.outside} href={webLink(content.url)} />;
	if (kind === 'sticker') return <Picture className={css['sticker']} path={path} alt={name} name={fileName ?? name} />;
	if (kind === 'image') return <Picture className={css['picture']} path={path} alt={caption ?? fileName ?? name} name={fileName ?? name} />;
	if (kind === 'audio') return <Sound path={path} name={name} />;
	return (
		<video
			className={`${css['picture']} ${content.look === 'ptv' ? css['round'] : ''}`}
			src={path}
			controls={content.look !== 'gif'}
			autoPlay={content.look === 'gif'}
			loop={content.look === 'gif'}
			muted={content.look === 'gif'}
			preload="metadata"
			aria-label={name}
		/>
	);
}

function Sound({ path, name }: { readonly path: string; readonly name: string }) {
	// biome-ignore lint/a11y/useMediaCaption: what a customer says has no captions
	return <audio className={css['audio']} src={path} controls preload="metadata" aria-label={name} />;
}
