/** What a customer reads when the menu asks them. */
import { Stack, Text } from '@mantine/core';
import { useDepartments } from '../../../api/staff.ts';
import type { Ura } from '../../../api/views.ts';
import { useWords } from '../../../i18n/words.ts';
import { Card } from '../../../parts/page.tsx';
import classes from './ura.module.css';
import type { UraOption } from './ura-option.ts';
import { URA_WORDS } from './ura-words.ts';

export function UraPreview({ accountId, draft }: { readonly accountId: string; readonly draft: Ura }) {
	const say = useWords(URA_WORDS);
	const { data: departments = [] } = useDepartments(accountId);
	const own = (draft.options ?? []) as readonly UraOption[];
	const offered = departments.filter(({ active, isDefault }) => active && !(draft.ignoreDefault && isDefault)).map(({ name }) => name);
	const labels = own.length > 0 ? own.map(({ label }) => label) : offered;
	const welcome = draft.welcomeMessage.replaceAll('{senderName}', say.customer);
	const menu = [
		...(draft.departmentMessage === '' ? [] : [draft.departmentMessage, '']),
		...labels.map((label, index) => `${index + 1} - ${label}`),
	];
	return (
		<Card title={say.preview} className={classes['preview'] ?? ''}>
			<Stack gap={6} align="flex-start">
				{welcome !== '' && <div className={classes['bubble']}>{welcome}</div>}
				{labels.length > 0 ? (
					<div className={classes['bubble']}>{menu.join('\n')}</div>
				) : (
					<Text size="sm" c="dimmed">
						{say.noDepartments}
					</Text>
				)}
			</Stack>
		</Card>
	);
}
