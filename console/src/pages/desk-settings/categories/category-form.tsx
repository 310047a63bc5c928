/** A category, new or changed, with its items. */
import { ActionIcon, Button, ColorInput, Fieldset, Group, Stack, Switch, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Category } from '../../../api/views.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { NameField } from '../../../parts/name-field.tsx';
import { SettingsDialog } from '../settings-dialog.tsx';
import { type SettingsFormProps, useSettingsForm } from '../settings-list.ts';
import { WORDS as COMMON } from '../settings-words.ts';

const WORDS = words({
	en: {
		create: 'New category',
		change: 'Change the category',
		nameHint: 'As operators read it',
		color: 'Colour',
		colorFault: 'Write it as #0b6b52',
		items: 'Items',
		item: (number: number) => `Item ${number}`,
		addItem: 'Add item',
		removeItem: (number: number) => `Remove item ${number}`,
		isDefault: 'Default: used where an attendance is finished without one',
	},
	pt: {
		create: 'Nova categoria',
		change: 'Alterar categoria',
		nameHint: 'Como os operadores leem',
		color: 'Cor',
		colorFault: 'Escreva como #0b6b52',
		items: 'Itens',
		item: (number: number) => `Item ${number}`,
		addItem: 'Adicionar item',
		removeItem: (number: number) => `Remover item ${number}`,
		isDefault: 'Padrão: usada quando se finaliza sem categoria',
	},
});

const SWATCHES = ['#0b6b52', '#1971c2', '#6741d9', '#c2255c', '#e8590c', '#f08c00', '#2f9e44', '#495057'];
const ITEMS_MAX = 200;

/** `key` tells new items apart. */
interface ItemWish {
	readonly key: string;
	readonly id?: string;
	readonly name: string;
}

export function CategoryForm(props: SettingsFormProps<Category>) {
	const say = useWords(WORDS);
	const common = useWords(COMMON);
	const form = useSettingsForm('categories', props);
	const { before, sending } = form;
	const [name, setName] = useState(before?.name ?? '');
	const [color, setColor] = useState(before?.color ?? SWATCHES[0] ?? '');
	const [isDefault, setDefault] = useState(before?.isDefault ?? false);
	const [items, setItems] = useState<readonly ItemWish[]>(() => before?.items.map((one) => ({ ...one, key: one.id })) ?? []);
	const body = {
		name: name.trim(),
		color,
		items: items
			.filter((one) => one.name.trim() !== '')
			.map(({ id, name: called }) => ({ ...(id === undefined ? {} : { id }), name: called.trim() })),
		...(isDefault ? { isDefault } : {}),
	};
	return (
		<SettingsDialog form={form} say={say} canSend={name.trim() !== ''} body={body} toldAtFields={['name', 'color', 'items[].name']}>
			<NameField label={common.name} description={say.nameHint} maxLength={200} value={name} onChange={setName} sending={sending} />
			<ColorInput
				label={say.color}
				format="hex"
				swatches={SWATCHES}
				swatchesPerRow={SWATCHES.length}
				withEyeDropper={false}
				value={color}
				onChange={setColor}
				error={sending.faultOf('color') && say.colorFault}
			/>
			<Items items={items} onChange={setItems} faultOf={sending.faultOf} />
			<Switch
				label={say.isDefault}
				checked={isDefault}
				disabled={before?.isDefault === true}
				onChange={(event) => setDefault(event.currentTarget.checked)}
			/>
		</SettingsDialog>
	);
}

interface ItemsProps {
	readonly items: readonly ItemWish[];
	readonly onChange: (items: readonly ItemWish[]) => void;
	readonly faultOf: (path: string) => string | undefined;
}

function Items({ items, onChange, faultOf }: ItemsProps) {
	const say = useWords(WORDS);
	const [made, setMade] = useState(0);
	const add = (): void => {
		setMade(made + 1);
		onChange([...items, { key: `new ${made}`, name: '' }]);
	};
	return (
		<Fieldset legend={say.items}>
			<Stack gap="xs">
				{items.map(({ key, name }, index) => (
					<Group key={key} gap="xs" wrap="nowrap" align="flex-start">
						<TextInput
							flex={1}
							aria-label={say.item(index + 1)}
							maxLength={200}
							value={name}
							onChange={(event) => {
								const { value } = event.currentTarget;
								onChange(items.map((one) => (one.key === key ? { ...one, name: value } : one)));
							}}
							error={faultOf(`items[${index}].name`)}
						/>
						<ActionIcon
							variant="subtle"
							color="gray"
							size={36}
							aria-label={say.removeItem(index + 1)}
							onClick={() => onChange(items.filter((one) => one.key !== key))}
						>
							<X size={16} aria-hidden />
						</ActionIcon>
					</Group>
				))}
				<Button
					variant="default"
					size="xs"
					leftSection={<Plus size={14} aria-hidden />}
					disabled={items.length >= ITEMS_MAX}
					onClick={add}
					style={{ alignSelf: 'flex-start' }}
				>
					{say.addItem}
				</Button>
			</Stack>
		</Fieldset>
	);
}
