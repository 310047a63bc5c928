/** Quick replies: texts that operators send by a shortcut. */
import { Code, Group, MultiSelect, Text, Textarea, TextInput } from '@mantine/core';
import { Zap } from 'lucide-react';
import { useState } from 'react';
import { useDepartments, useQuickReplies } from '../../api/staff.ts';
import type { QuickReply } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { ListedRow, Listing } from './listing.tsx';
import { useSettingsForm, useSettingsList } from './settings-list.ts';
import { WORDS as COMMON } from './settings-words.ts';

const WORDS = words({
	en: {
		about: 'An operator types / and the shortcut, and has the text.',
		add: 'New quick reply',
		empty: 'No quick replies yet',
		emptyText: 'Keep here what is written again and again: greetings, addresses, prices.',
		deleted: 'Operators find it no more.',
		create: 'New quick reply',
		change: 'Change the quick reply',
		shortcut: 'Shortcut',
		shortcutHint: 'One short word: hello, address, pix',
		text: 'Text',
		departments: 'Departments',
		departmentsHint: 'Offered in these alone; empty: in all',
	},
	pt: {
		about: 'O operador digita / e o atalho, e o texto aparece.',
		add: 'Nova resposta rápida',
		empty: 'Nenhuma resposta rápida ainda',
		emptyText: 'Guarde aqui o que se escreve toda hora: saudações, endereço, preços.',
		deleted: 'Os operadores não a encontram mais.',
		create: 'Nova resposta rápida',
		change: 'Alterar resposta rápida',
		shortcut: 'Atalho',
		shortcutHint: 'Uma palavra curta: oi, endereco, pix',
		text: 'Texto',
		departments: 'Departamentos',
		departmentsHint: 'Oferecida só nestes; em branco: em todos',
	},
});

export function QuickReplies({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const list = useQuickReplies(accountId);
	const { data: departments = [] } = useDepartments(accountId);
	const settings = useSettingsList<QuickReply>('quick-replies', accountId, say.deleted);
	const nameOf = (id: string): string => departments.find((one) => one.id === id)?.name ?? id;
	return (
		<>
			<Listing
				about={say.about}
				list={list}
				add={{ label: say.add, open: () => settings.edit('new') }}
				empty={{ icon: Zap, title: say.empty, text: say.emptyText }}
				row={(reply) => (
					<ListedRow
						key={reply.id}
						name={`/${reply.shortcut}`}
						onEdit={() => settings.edit(reply)}
						onDelete={() => settings.askDelete(reply, `/${reply.shortcut}`)}
					>
						<Group gap="xs">
							<Code fw={600}>/{reply.shortcut}</Code>
							{reply.departmentIds && reply.departmentIds.length > 0 && (
								<Text size="xs" c="dimmed">
									{reply.departmentIds.map(nameOf).join(', ')}
								</Text>
							)}
						</Group>
						<Text size="sm" lineClamp={2} mt={4}>
							{reply.text}
						</Text>
					</ListedRow>
				)}
			/>
			{settings.edited && <ReplyForm accountId={accountId} item={settings.edited} onClose={settings.close} />}
			{settings.dialog}
		</>
	);
}

interface FormProps {
	readonly accountId: string;
	readonly item: QuickReply | 'new';
	readonly onClose: () => void;
}

function ReplyForm({ accountId, item, onClose }: FormProps) {
	const say = useWords(WORDS);
	const common = useWords(COMMON);
	const { sending, save } = useSettingsForm('quick-replies', accountId, item, onClose);
	const { data: departments = [] } = useDepartments(accountId);
	const before = item === 'new' ? undefined : item;
	const [shortcut, setShortcut] = useState(before?.shortcut ?? '');
	const [text, setText] = useState(before?.text ?? '');
	const [departmentIds, setDepartments] = useState<string[]>([...(before?.departmentIds ?? [])]);
	const body = {
		shortcut: shortcut.trim().replace(/^\//, ''),
		text,
		...(departmentIds.length > 0 ? { departmentIds } : before ? { departmentIds: null } : {}),
	};
	return (
		<FormDialog
			title={before ? say.change : say.create}
			verb={before ? common.save : common.create}
			sending={sending}
			canSend={shortcut.trim() !== '' && text.trim() !== ''}
			onSend={() => save(body)}
			onClose={onClose}
		>
			<TextInput
				label={say.shortcut}
				description={say.shortcutHint}
				required
				leftSection="/"
				value={shortcut}
				onChange={(event) => setShortcut(event.currentTarget.value)}
				error={sending.faultOf('shortcut')}
				data-autofocus
			/>
			<Textarea
				label={say.text}
				required
				autosize
				minRows={3}
				maxRows={12}
				value={text}
				onChange={(event) => setText(event.currentTarget.value)}
				error={sending.faultOf('text')}
			/>
			<MultiSelect
				label={say.departments}
				description={say.departmentsHint}
				data={departments.map(({ id, name }) => ({ value: id, label: name }))}
				value={departmentIds}
				onChange={setDepartments}
				error={sending.faultOf('departmentIds')}
				clearable
			/>
		</FormDialog>
	);
}
