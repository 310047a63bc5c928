/** A list of settings: what they are for, a button for a new one, a line each with what can be done to it, and the form of the one that is made or changed. */
import { ActionIcon, Group, Stack, Text, Tooltip } from '@mantine/core';
import { type LucideIcon, Pencil, Trash2 } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import { whole } from '../../api/pages.ts';
import type { AllOf } from '../../api/staff.ts';
import { useWords } from '../../i18n/words.ts';
import { CreateButton } from '../../parts/create-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Listed } from '../../parts/listed.tsx';
import { Card } from '../../parts/page.tsx';
import classes from './listing.module.css';
import type { Item, SettingsFormProps, SettingsList } from './settings-list.ts';
import { WORDS } from './settings-words.ts';

export interface ListingProps<T extends Item> {
	readonly about: ReactNode;
	readonly say: {
		/** On the button for a new one. */
		readonly add: string;
		readonly empty: string;
		/** What they would be good for. */
		readonly emptyText: string;
	};
	readonly icon: LucideIcon;
	readonly list: AllOf<T>;
	readonly settings: SettingsList<T>;
	/** Names the buttons. */
	readonly nameOf: (item: T) => string;
	/** What a line says. */
	readonly row: (item: T) => ReactNode;
	/** What can be done to one, besides. */
	readonly actions?: (item: T) => ReactNode;
	readonly form: ComponentType<SettingsFormProps<T>>;
}

export function Listing<T extends Item>({ about, say, icon, list, settings, nameOf, row, actions, form: Form }: ListingProps<T>) {
	const { accountId, edited, edit, close, askDelete, dialog } = settings;
	const button = <CreateButton label={say.add} onClick={() => edit('new')} />;
	return (
		<>
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
							<Empty icon={icon} title={say.empty} action={button}>
								{say.emptyText}
							</Empty>
						</Card>
					}
				>
					{(items) => (
						<Card p={0}>
							<ul className={classes['rows']}>
								{items.map((item) => (
									<Row
										key={item.id}
										name={nameOf(item)}
										onEdit={() => edit(item)}
										onDelete={() => askDelete(item, nameOf(item))}
										actions={actions?.(item)}
									>
										{row(item)}
									</Row>
								))}
							</ul>
						</Card>
					)}
				</Listed>
			</Stack>
			{edited && <Form accountId={accountId} item={edited} onClose={close} />}
			{dialog}
		</>
	);
}

interface RowProps {
	readonly name: string;
	readonly onEdit: () => void;
	readonly onDelete: () => void;
	readonly actions: ReactNode;
	readonly children: ReactNode;
}

function Row({ name, onEdit, onDelete, actions, children }: RowProps) {
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
