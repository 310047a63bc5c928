/** Quick replies: texts that operators send by a shortcut. */
import { Code, Group, MultiSelect, Text, Textarea, TextInput } from '@mantine/core';
import { Zap } from 'lucide-react';
import { useState } from 'react';
import { useDepartments, useQuickReplies } from '../../api/staff.ts';
import type { QuickReply } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Listing } from './listing.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { type SettingsFormProps, useSettingsForm, useSettingsList } from './settings-list.ts';

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
		shortcutFault: 'One word, without spaces',
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
		shortcutFault: 'Uma só palavra, sem espaços',
		text: 'Texto',
		departments: 'Departamentos',
		departmentsHint: 'Oferecida só nestes; em branco: em todos',
	},
});

const SHORTCUT_LENGTH_MAX = 50;
const TEXT_LENGTH_MAX = 4_096;

export function QuickReplies({ accountId }: { readonly accountId: string }) {
	const say = useWords(WORDS);
	const list = useQuickReplies(accountId);
	const { data: departments = [] } = useDepartments(accountId);
	const settings = useSettingsList<QuickReply>('quick-replies', accountId, say.deleted);
	const nameOf = (id: string): string => departments.find((one) => one.id === id)?.name ?? id;
	return (
		<Listing
			about={say.about}
			say={say}
			icon={Zap}
			list={list}
			settings={settings}
			nameOf={({ shortcut }) => `/${shortcut}`}
			row={(reply) => (
				<>
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
				</>
			)}
			form={ReplyForm}
		/>
	);
}

function ReplyForm(props: SettingsFormProps<QuickReply>) {
	const say = useWords(WORDS);
	const form = useSettingsForm('quick-replies', props);
	const { before, sending } = form;
	const { data: departments = [] } = useDepartments(props.accountId);
	const [shortcut, setShortcut] = useState(before?.shortcut ?? '');
	const [text, setText] = useState(before?.text ?? '');
	const [departmentIds, setDepartments] = useState<string[]>([...(before?.departmentIds ?? [])]);
	const body = {
		shortcut: shortcut.trim().replace(/^\//, ''),
		text,
		...(departmentIds.length > 0 ? { departmentIds } : before ? { departmentIds: null } : {}),
	};
	return (
		<SettingsDialog
			form={form}
			say={say}
			canSend={shortcut.trim() !== '' && text.trim() !== ''}
			body={body}
			toldAtFields={['shortcut', 'text', 'departmentIds']}
		>
			<TextInput
				label={say.shortcut}
				description={say.shortcutHint}
				required
				leftSection="/"
				value={shortcut}
				onChange={(event) => setShortcut(event.currentTarget.value)}
				maxLength={SHORTCUT_LENGTH_MAX}
				error={sending.faultOf('shortcut') && (/\s/.test(body.shortcut) ? say.shortcutFault : sending.faultOf('shortcut'))}
				data-autofocus
			/>
			<Textarea
				label={say.text}
				required
				autosize
				minRows={3}
				maxRows={12}
				maxLength={TEXT_LENGTH_MAX}
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
		</SettingsDialog>
	);
}
