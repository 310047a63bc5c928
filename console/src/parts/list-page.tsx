/** A page that is a list: where there is none yet, the button for a new one stands where the list will be, and then at the head. */
import { Stack } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { isEmpty, type Paged } from '../api/pages.ts';
import { CreateButton } from './create-button.tsx';
import { Empty } from './empty.tsx';
import { Listed } from './listed.tsx';
import { Page } from './page.tsx';

export interface ListPageProps<T> {
	readonly say: {
		readonly title: string;
		readonly about: string;
		readonly create: string;
		readonly none: string;
		/** What would fill it. */
		readonly noneAbout: string;
	};
	readonly icon: LucideIcon;
	readonly list: Paged<T>;
	/** An `li`. */
	readonly row: (item: T) => ReactNode;
	readonly onCreate: () => void;
	/** The dialogs of the page. */
	readonly children: ReactNode;
}

export function ListPage<T>({ say, icon, list, row, onCreate, children }: ListPageProps<T>) {
	const create = <CreateButton label={say.create} onClick={onCreate} />;
	return (
		<Page title={say.title} about={say.about} actions={isEmpty(list) ? undefined : create}>
			<Listed
				list={list}
				empty={
					<Empty icon={icon} title={say.none} action={create}>
						{say.noneAbout}
					</Empty>
				}
			>
				{(items) => (
					<Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
						{items.map(row)}
					</Stack>
				)}
			</Listed>
			{children}
		</Page>
	);
}
