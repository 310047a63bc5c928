/** What an attendance was about: one category, or a list of items where the account's categories have items. */
import { MultiSelect, Select } from '@mantine/core';
import { useCategories } from '../../../api/staff.ts';
import { useWords } from '../../../i18n/words.ts';
import { useAsker } from '../asker.ts';
import { ACT_WORDS } from './act-words.ts';

/** As the body of the request has it; empty: the default category, where there is one. */
export interface CategoryWish {
	readonly categoryId?: string;
	readonly items?: readonly { readonly categoryId: string; readonly itemId: string }[];
}

export interface CategoryChoiceProps {
	readonly value: CategoryWish;
	readonly onChange: (wish: CategoryWish) => void;
	readonly faultOf: (path: string) => string | undefined;
}

export function CategoryChoice({ value, onChange, faultOf }: CategoryChoiceProps) {
	const say = useWords(ACT_WORDS);
	const { accountId } = useAsker();
	const { data: categories = [] } = useCategories(accountId);
	if (categories.length === 0) return null;
	if (!categories.some(({ items }) => items.length > 0)) {
		return (
			<Select
				label={say.category}
				placeholder={categories.find(({ isDefault }) => isDefault)?.name ?? ''}
				data={categories.map(({ id, name }) => ({ value: id, label: name }))}
				value={value.categoryId ?? null}
				onChange={(categoryId) => onChange(categoryId === null ? {} : { categoryId })}
				error={faultOf('categoryId')}
				searchable
				clearable
				data-autofocus
			/>
		);
	}
	const groups = categories.flatMap(({ id, name, items }) =>
		items.length === 0 ? [] : [{ group: name, items: items.map((item) => ({ value: `${id} ${item.id}`, label: item.name })) }],
	);
	return (
		<MultiSelect
			label={say.categories}
			data={groups}
			value={(value.items ?? []).map(({ categoryId, itemId }) => `${categoryId} ${itemId}`)}
			onChange={(chosen) => onChange(chosen.length === 0 ? {} : { items: chosen.map(itemOf) })}
			error={faultOf('items')}
			searchable
			clearable
			data-autofocus
		/>
	);
}

function itemOf(value: string): { readonly categoryId: string; readonly itemId: string } {
	const [categoryId = '', itemId = ''] = value.split(' ');
	return { categoryId, itemId };
}
