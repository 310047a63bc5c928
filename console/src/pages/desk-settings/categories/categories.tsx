/** Categories: what attendances were about. */
import { ColorSwatch, Group, Text } from '@mantine/core';
import { Tags } from 'lucide-react';
import { useCategories } from '../../../api/staff.ts';
import type { Category } from '../../../api/views.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { StateBadge } from '../../../parts/state-badge.tsx';
import { Listing } from '../listing.tsx';
import { useSettingsList } from '../settings-list.ts';
import { WORDS as COMMON } from '../settings-words.ts';
import { CategoryForm } from './category-form.tsx';

const WORDS = words({
	en: {
		single: 'An attendance is finished with one category. As soon as one of them has items, it is finished with a list of items instead.',
		lists:
			'An attendance is finished with a list of items, since categories have items. Without any items it is finished with one category.',
		add: 'New category',
		empty: 'No categories yet',
		emptyText: 'With categories you see later what attendances were about.',
		noItems: 'No items: cannot be chosen',
		deleted: 'Attendances that were finished with it keep it.',
	},
	pt: {
		single:
			'Um atendimento é finalizado com uma categoria. Assim que uma delas tiver itens, ele passa a ser finalizado com uma lista de itens.',
		lists:
			'Um atendimento é finalizado com uma lista de itens, pois há categorias com itens. Sem nenhum item, é finalizado com uma categoria.',
		add: 'Nova categoria',
		empty: 'Nenhuma categoria ainda',
		emptyText: 'Com categorias você vê depois sobre o que foram os atendimentos.',
		noItems: 'Sem itens: não pode ser escolhida',
		deleted: 'Os atendimentos finalizados com ela a mantêm.',
	},
});

export function Categories({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const common = useWords(COMMON);
	const list = useCategories(accountId);
	const settings = useSettingsList<Category>('categories', accountId, say.deleted);
	const isLists = list.data?.some(({ items }) => items.length > 0) ?? false;
	return (
		<Listing
			about={isLists ? say.lists : say.single}
			say={say}
			icon={Tags}
			list={list}
			settings={settings}
			nameOf={({ name }) => name}
			row={(category) => (
				<>
					<Group gap="xs">
						<ColorSwatch color={category.color} size={14} aria-hidden />
						<Text fw={600}>{category.name}</Text>
						{category.isDefault && <StateBadge tone="good">{common.default}</StateBadge>}
					</Group>
					{isLists && (
						<Text size="sm" c="dimmed">
							{category.items.length === 0 ? say.noItems : category.items.map(({ name }) => name).join(' · ')}
						</Text>
					)}
				</>
			)}
			form={CategoryForm}
		/>
	);
}
