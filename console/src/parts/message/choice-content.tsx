/** What asks for a tap: buttons, lists, templates, carousels. Where nobody can tap (`onTap` is missing), the choices are shown as they are. */
import { Button, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Copy, ExternalLink, List, Phone } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Content } from '../../api/views.ts';
import { useWords } from '../../i18n/words.ts';
import { MediaContent } from './media-content.tsx';
import { webLink } from './media-link.ts';
import css from './message.module.css';
import { RichText } from './rich-text.tsx';
import { MESSAGE_WORDS } from './words.ts';

type Part = { readonly [name: string]: unknown };
export type OnTap = (id: string) => void;

export interface ChoiceContentProps {
	readonly content: Content;
	readonly onTap?: OnTap | undefined;
}

export function ChoiceContent({ content, onTap }: ChoiceContentProps) {
	const { title, text = '', footer, header, buttons = [], cards = [] } = content;
	return (
		<>
			{isMedium(header) && <MediaContent content={header} />}
			{title !== undefined && title !== '' && (
				<Text fw={600} size="sm">
					{title}
				</Text>
			)}
			<div className={css['text']}>
				<RichText text={text} />
			</div>
			{footer !== undefined && <div className={css['soft']}>{footer}</div>}
			{content.kind === 'list' ? <ListChoice content={content} onTap={onTap} /> : <Buttons buttons={buttons} onTap={onTap} />}
			{cards.length > 0 && <Cards cards={cards} onTap={onTap} />}
		</>
	);
}

function Buttons({ buttons, onTap }: { readonly buttons: readonly Part[]; readonly onTap: OnTap | undefined }): ReactNode {
	if (buttons.length === 0) return null;
	return (
		<div className={css['choices']}>
			{buttons.map((button) => (
				<ChoiceButton key={`${textOf(button, 'id')} ${textOf(button, 'label')}`} button={button} onTap={onTap} />
			))}
		</div>
	);
}

function ChoiceButton({ button, onTap }: { readonly button: Part; readonly onTap: OnTap | undefined }) {
	const [label, id, action] = [textOf(button, 'label'), textOf(button, 'id'), textOf(button, 'action')];
	const clipboard = useClipboard();
	const common = { size: 'compact-md', variant: 'default', fullWidth: true } as const;
	if (action === 'url') {
		return (
			<Button
				{...common}
				component="a"
				href={webLink(textOf(button, 'url'))}
				target="_blank"
				rel="noopener noreferrer"
				leftSection={<ExternalLink size={14} aria-hidden />}
			>
				{label}
			</Button>
		);
	}
	if (action === 'call' || action === 'copy') {
		const Icon = action === 'call' ? Phone : Copy;
		return (
			<Button
				{...common}
				leftSection={<Icon size={14} aria-hidden />}
				disabled={action === 'call'}
				onClick={() => clipboard.copy(textOf(button, 'code'))}
			>
				{label}
			</Button>
		);
	}
	return (
		<Button {...common} disabled={onTap === undefined} onClick={() => onTap?.(id)}>
			{label}
		</Button>
	);
}

/** Opens in place, as a phone opens it from below. */
function ListChoice({ content, onTap }: { readonly content: Content; readonly onTap: OnTap | undefined }) {
	const say = useWords(MESSAGE_WORDS);
	const [isOpen, setOpen] = useState(false);
	const options = (content.options ?? []) as readonly Part[];
	return (
		<div className={css['choices']}>
			<Button
				size="compact-md"
				variant="default"
				fullWidth
				leftSection={<List size={14} aria-hidden />}
				aria-expanded={isOpen}
				onClick={() => setOpen(!isOpen)}
			>
				{content.buttonLabel ?? say.choices}
			</Button>
			{isOpen &&
				options.map((option) => (
					<button
						key={textOf(option, 'id')}
						type="button"
						className={css['option']}
						disabled={onTap === undefined}
						onClick={() => {
							setOpen(false);
							onTap?.(textOf(option, 'id'));
						}}
					>
						{textOf(option, 'title')}
						{textOf(option, 'description') !== '' && <div className={css['soft']}>{textOf(option, 'description')}</div>}
					</button>
				))}
		</div>
	);
}

function Cards({ cards, onTap }: { readonly cards: readonly Part[]; readonly onTap: OnTap | undefined }) {
	return (
		<div className={css['cards']}>
			{cards.map((card) => (
				<div key={JSON.stringify(card)} className={css['card']}>
					<ChoiceContent content={{ ...card, kind: 'template' } as Content} onTap={onTap} />
				</div>
			))}
		</div>
	);
}

/** A place above a text says nothing that its title does not. */
function isMedium(header: Part | undefined): header is Content {
	return header !== undefined && header['kind'] !== 'location';
}

function textOf(part: Part, name: string): string {
	const value = part[name];
	return typeof value === 'string' ? value : '';
}
