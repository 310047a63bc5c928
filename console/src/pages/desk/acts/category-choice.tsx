/** What an attendance was about: one category, or a list of items where the account's categories have items. */
import { MultiSelect, Select } from '@mantine/core';
import type { Category } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { ACT_WORDS } from './act-words.ts';

/** As the body of the request has it; empty: nothing was chosen. */
export interface CategoryWish {
	readonly categoryId?: string;
	readonly items?: readonly { readonly categoryId: string; readonly itemId: string }[];
}

/** What the gateway takes where nothing was chosen: what is told and what is kept are the same, whatever changes meanwhile. */
export function standInOf(categories: readonly Category[]): CategoryWish {
	const category = defaultOf(categories);
	const [item] = category?.items ?? [];
	if (!category) return {};
	return item && hasLists(categories) ? { items: [{ categoryId: category.id, itemId: item.id }] } : { categoryId: category.id };
}

export interface CategoryChoiceProps {
	readonly categories: readonly Category[];
	readonly value: CategoryWish;
	readonly onChange: (wish: CategoryWish) => void;
	readonly faultOf: (path: string) => string | undefined;
}

export function CategoryChoice({ categories, value, onChange, faultOf }: CategoryChoiceProps) {
	const say = useWords(ACT_WORDS);
	const fallback = defaultOf(categories);
	if (!fallback) return null;
	const isLists = hasLists(categories);
	const [first] = fallback.items;
	const unchosen = isLists && first ? `${fallback.name}: ${first.name}` : fallback.name;
	if (!isLists) {
		return (
			<Select
				label={say.category}
				description={say.unchosen(unchosen)}
				placeholder={unchosen}
				data={categories.map(({ id, name }) => ({ value: id, label: name }))}
				value={value.categoryId ?? null}
				onChange={(categoryId) => onChange(categoryId === null ? {} : { categoryId })}
				error={faultOf('categoryId')}
				searchable
				// Unasked, its list would be what the first Escape closes.
				openOnFocus={false}
				clearable
				data-autofocus
			/>
		);
	}
	const groups = categories.map(({ id, name, items }) => ({
		group: name,
		items:
			items.length === 0
				? [{ value: id, label: say.noItems, disabled: true }]
				: items.map((item) => ({ value: `${id} ${item.id}`, label: item.name })),
	}));
	return (
		<MultiSelect
			label={say.categories}
			description={say.unchosen(unchosen)}
			{...(value.items ? {} : { placeholder: unchosen })}
			data={groups}
			value={(value.items ?? []).map(({ categoryId, itemId }) => `${categoryId} ${itemId}`)}
			onChange={(chosen) => onChange(chosen.length === 0 ? {} : { items: chosen.map(itemOf) })}
			error={faultOf('items')}
			searchable
			openOnFocus={false}
			clearable
			data-autofocus
		/>
	);
}

/** As the gateway chooses it. */
function defaultOf(categories: readonly Category[]): Category | undefined {
	return categories.find(({ isDefault }) => isDefault) ?? categories[0];
}

function hasLists(categories: readonly Category[]): boolean {
	return categories.some(({ items }) => items.length > 0);
}

function itemOf(value: string): { readonly categoryId: string; readonly itemId: string } {
	const [categoryId = '', itemId = ''] = value.split(' ');
	return { categoryId, itemId };
}
