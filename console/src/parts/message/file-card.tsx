/** A file by its name, with what else is to be said of it; it leads to the file where that can be had. */
import type { LucideIcon } from 'lucide-react';
import css from './message.module.css';

export interface FileCardProps {
	readonly icon: LucideIcon;
	readonly name: string;
	readonly about?: string;
	readonly href?: string | undefined;
}

export function FileCard({ icon: Icon, name, about, href }: FileCardProps) {
	const inner = (
		<>
			<Icon size={24} aria-hidden />
			<span className={css['fileText']}>
				<span className={css['name']}>{name}</span>
				{about !== undefined && about !== '' && <div className={css['soft']}>{about}</div>}
			</span>
		</>
	);
	if (href === undefined) return <div className={css['file']}>{inner}</div>;
	return (
		<a className={css['file']} href={href} target="_blank" rel="noopener noreferrer">
			{inner}
		</a>
	);
}
