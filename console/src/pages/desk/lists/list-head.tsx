/** Above the lists: in whose name one works and whether they are there, the next one, a new one, one by its number. */
import { ActionIcon, Button, Group, NumberInput, Select, Stack, Switch, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BellRing, MessageSquarePlus, Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { change } from '../../../api/http.ts';
import { useDepartments, useOperators } from '../../../api/staff.ts';
import type { Attendance, StaffMember } from '../../../api/views.ts';
import { useWords, words } from '../../../i18n/words.ts';
import { tellDone, tellFailed } from '../../../parts/told.ts';
import { StartDialog } from '../acts/start-dialog.tsx';
import { useAsker } from '../asker.ts';
import { useRefresh } from '../desk-data.ts';
import { useDeskPlace } from '../desk-place.ts';
import { WORDS as DESK_WORDS } from '../desk-words.ts';

const WORDS = words({
	en: {
		next: 'Take next',
		nothing: 'Nobody is waiting for you.',
		failed: 'The next one could not be taken',
		start: 'New attendance',
		ticket: 'Attendance number',
		ticketShort: 'No.',
		find: 'Look up',
		as: 'Work as',
		account: 'The account itself (sees everything)',
		department: 'Department',
		allDepartments: 'All departments',
		stateFailed: 'Your state could not be changed',
	},
	pt: {
		next: 'Puxar próximo',
		nothing: 'Ninguém aguardando você.',
		failed: 'Não foi possível puxar o próximo',
		start: 'Novo atendimento',
		ticket: 'Número do atendimento',
		ticketShort: 'Nº',
		find: 'Buscar',
		as: 'Atender como',
		account: 'A própria conta (vê tudo)',
		department: 'Departamento',
		allDepartments: 'Todos os departamentos',
		stateFailed: 'Não foi possível mudar seu estado',
	},
});

export function ListHead() {
	const { accountId, operatorId, mayChoose, isManager } = useAsker();
	const { data: operators = [] } = useOperators(accountId);
	const member = operators.find(({ id }) => id === operatorId);
	return (
		<Stack gap="xs" p="sm" pb="xs">
			{mayChoose && <ActAs operators={operators} />}
			{member && <Presence member={member} isNamed={!mayChoose} />}
			<Group gap="xs" wrap="nowrap">
				{operatorId !== undefined && <TakeNext operatorId={operatorId} />}
				{isManager && <Start isAlone={operatorId === undefined} />}
			</Group>
			<Group gap="xs" wrap="nowrap" align="stretch">
				<DepartmentChoice />
				<LookUp />
			</Group>
		</Stack>
	);
}

function ActAs({ operators }: { readonly operators: readonly StaffMember[] }) {
	const say = useWords(WORDS);
	const { search, go } = useDeskPlace();
	const active = operators.filter((one) => one.active);
	return (
		<Select
			size="xs"
			label={say.as}
			placeholder={say.account}
			clearable
			searchable
			value={search.as ?? null}
			data={active.map(({ id, name }) => ({ value: id, label: name }))}
			onChange={(id) => go(undefined, { as: id ?? undefined, list: id === null && search.list === 'mine' ? undefined : search.list })}
		/>
	);
}

function Presence({ member, isNamed }: { readonly member: StaffMember; readonly isNamed: boolean }) {
	const say = useWords(WORDS);
	const desk = useWords(DESK_WORDS);
	const queries = useQueryClient();
	const { accountId, id, name, state } = member;
	const switching = useMutation({
		mutationFn: (isOnline: boolean) =>
			change('PUT', `/accounts/${accountId}/operators/${id}/state`, { state: isOnline ? 'online' : 'offline' }),
		onSuccess: () => queries.invalidateQueries({ queryKey: ['operators', accountId] }),
		onError: (error) => tellFailed(say.stateFailed, error),
	});
	// Shown at once: who switches it is not to wonder.
	const isOnline = switching.isPending ? switching.variables : state === 'online';
	return (
		<Group justify="space-between" wrap="nowrap" gap="xs">
			<Text fw={600} size="sm" truncate title={name}>
				{isNamed ? name : ''}
			</Text>
			<Switch
				checked={isOnline}
				onChange={(event) => switching.mutate(event.currentTarget.checked)}
				label={isOnline ? desk.online : desk.offline}
				aria-label={`${name}: ${desk.online}`}
				labelPosition="left"
				styles={{ body: { alignItems: 'center' } }}
			/>
		</Group>
	);
}

function TakeNext({ operatorId }: { readonly operatorId: string }) {
	const say = useWords(WORDS);
	const { accountId } = useAsker();
	const { search, go } = useDeskPlace();
	const refresh = useRefresh();
	const [isTaking, setTaking] = useState(false);
	const take = async (): Promise<void> => {
		setTaking(true);
		try {
			const body = { operatorId, ...(search.department === undefined ? {} : { departmentId: search.department }) };
			const taken = await change<Attendance | undefined>('POST', `/accounts/${accountId}/desk/next`, body);
			refresh();
			if (taken) go(taken.chatId, { list: 'mine', attendance: undefined });
			else tellDone(say.nothing);
		} catch (error) {
			tellFailed(say.failed, error);
		} finally {
			setTaking(false);
		}
	};
	return (
		<Button size="xs" flex={1} loading={isTaking} leftSection={<BellRing size={16} aria-hidden />} onClick={() => void take()}>
			{say.next}
		</Button>
	);
}

function Start({ isAlone }: { readonly isAlone: boolean }) {
	const say = useWords(WORDS);
	const [isOpen, { open, close }] = useDisclosure();
	return (
		<>
			{isAlone ? (
				<Button size="xs" flex={1} variant="default" leftSection={<MessageSquarePlus size={16} aria-hidden />} onClick={open}>
					{say.start}
				</Button>
			) : (
				<Tooltip label={say.start}>
					<ActionIcon size={30} variant="default" aria-label={say.start} onClick={open}>
						<MessageSquarePlus size={16} aria-hidden />
					</ActionIcon>
				</Tooltip>
			)}
			{isOpen && <StartDialog onClose={close} />}
		</>
	);
}

function DepartmentChoice() {
	const say = useWords(WORDS);
	const { accountId, seesOthers } = useAsker();
	const { data: departments = [] } = useDepartments(accountId);
	const { search, go } = useDeskPlace();
	if (!seesOthers || departments.length < 2) return null;
	return (
		<Select
			size="xs"
			flex="1 1 60%"
			aria-label={say.department}
			placeholder={say.allDepartments}
			clearable
			value={search.department ?? null}
			data={departments.map(({ id, name }) => ({ value: id, label: name }))}
			onChange={(id) => go(undefined, { department: id ?? undefined })}
		/>
	);
}

function LookUp() {
	const say = useWords(WORDS);
	const { change: changePlace } = useDeskPlace();
	const [number, setNumber] = useState<number | string>('');
	const look = (event: FormEvent): void => {
		event.preventDefault();
		if (typeof number === 'number') changePlace({ ticket: number });
	};
	return (
		<form onSubmit={look} style={{ flex: '1 0 5.5rem' }}>
			<NumberInput
				size="xs"
				aria-label={say.ticket}
				placeholder={say.ticketShort}
				hideControls
				allowDecimal={false}
				allowNegative={false}
				value={number}
				onChange={setNumber}
				rightSection={
					<ActionIcon type="submit" size="sm" variant="subtle" color="gray" aria-label={say.find}>
						<Search size={14} aria-hidden />
					</ActionIcon>
				}
			/>
		</form>
	);
}
