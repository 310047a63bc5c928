/** A list of settings: what they are for, a button for a new one, and a line each with what can be done to it. */
import { ActionIcon, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { type LucideIcon, Pencil, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { whole } from '../../api/pages.ts';
import type { AllOf } from '../../api/staff.ts';
import { useWords } from '../../i18n/words.ts';
import { Empty } from '../../parts/empty.tsx';
import { Listed } from '../../parts/listed.tsx';
import { Card } from '../../parts/page.tsx';
import classes from './listing.module.css';
import { WORDS } from './settings-words.ts';

export interface ListingProps<T> {
	readonly about: ReactNode;
	readonly list: AllOf<T>;
	readonly add: { readonly label: string; readonly open: () => void };
	readonly empty: { readonly icon: LucideIcon; readonly title: string; readonly text: string };
	readonly row: (item: T) => ReactNode;
}

export function Listing<T>({ about, list, add, empty, row }: ListingProps<T>) {
	const button = (
		<Button leftSection={<Plus size={16} aria-hidden />} onClick={add.open}>
			{add.label}
		</Button>
	);
	return (
		<Stack>
			<Group justify="space-between" align="flex-start" gap="sm">
				<Text c="dimmed" size="sm" maw={620} component="div">
					{about}
				</Text>
				{list.data !== undefined && list.data.length > 0 && button}
			</Group>
			<Listed
				list={whole(list)}
				empty={
					<Card>
						<Empty icon={empty.icon} title={empty.title} action={button}>
							{empty.text}
						</Empty>
					</Card>
				}
			>
				{(items) => (
					<Card p={0}>
						<ul className={classes['rows']}>{items.map(row)}</ul>
					</Card>
				)}
			</Listed>
		</Stack>
	);
}

export interface ListedRowProps {
	/** Names the buttons. */
	readonly name: string;
	readonly onEdit: () => void;
	readonly onDelete: () => void;
	readonly actions?: ReactNode;
	readonly children: ReactNode;
}

export function ListedRow({ name, onEdit, onDelete, actions, children }: ListedRowProps) {
	const say = useWords(WORDS);
	return (
		<li className={classes['row']}>
			<div className={classes['what']}>{children}</div>
			<Group gap={4} wrap="nowrap">
				{actions}
				<Tooltip label={say.edit(name)}>
					<ActionIcon variant="subtle" color="gray" size="lg" aria-label={say.edit(name)} onClick={onEdit}>
						<Pencil size={16} aria-hidden />
					</ActionIcon>
				</Tooltip>
				<Tooltip label={say.deleteOne(name)}>
					<ActionIcon variant="subtle" color="gray" size="lg" aria-label={say.deleteOne(name)} onClick={onDelete}>
						<Trash2 size={16} aria-hidden />
					</ActionIcon>
				</Tooltip>
			</Group>
		</li>
	);
}
