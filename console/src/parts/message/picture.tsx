/** A picture. One that is gone, or that no browser can read, is shown as the file that it is. */
import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../../i18n/words.ts';
import { FileCard } from './file-card.tsx';
import { MESSAGE_WORDS } from './words.ts';

export interface PictureProps {
	readonly path: string;
	readonly alt: string;
	/** Of the file. */
	readonly name: string;
	readonly className: string | undefined;
}

export function Picture({ path, alt, name, className }: PictureProps) {
	const say = useWords(MESSAGE_WORDS);
	const [unreadable, setUnreadable] = useState<string>();
	if (unreadable === path) return <FileCard icon={ImageOff} name={name} about={say.unreadable} href={path} />;
	return <img className={className} src={path} alt={alt} onError={() => setUnreadable(path)} />;
}
