/** An attendance: whose it is, how it was handed over, what came of it, and what the customer thought. */
import { ActionIcon, ColorSwatch, Group, Select, Stack, Text, Tooltip } from '@mantine/core';
import { UserMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import { change } from '../../../api/http.ts';
import { useOperators } from '../../../api/staff.ts';
import type { Attendance, Ticket, Transfer } from '../../../api/views.ts';
import { dateMinute } from '../../../i18n/format.ts';
import { useWords } from '../../../i18n/words.ts';
import { StateBadge } from '../../../parts/state-badge.tsx';
import { tellFailed } from '../../../parts/told.ts';
import { useAsker } from '../asker.ts';
import { useRefresh, useTicket, useTransfers } from '../desk-data.ts';
import { WORDS } from '../desk-words.ts';
import { DETAIL_WORDS } from './detail-words.ts';
import { Facts } from './facts.tsx';

/** Undefined: there is none. */
export function AttendancePart({ attendance }: { readonly attendance: Attendance | undefined }) {
	const say = useWords(DETAIL_WORDS);
	const isOver = attendance?.status === 'finished';
	const { data: ticket } = useTicket(isOver ? attendance.number : undefined);
	if (!attendance) {
		return (
			<Text size="sm" c="dimmed">
				{say.noAttendance}
			</Text>
		);
	}
	return (
		<Stack gap="sm">
			<AttendanceFacts attendance={attendance} answer={ticket && { given: ticket.answer }} />
			{!isOver && <People attendance={attendance} />}
			<Transfers attendanceId={attendance.id} />
		</Stack>
	);
}

export interface AttendanceFactsProps {
	readonly attendance: Attendance;
	/** What the customer answered to the survey; undefined: that is not known. */
	readonly answer: { readonly given: Ticket['answer'] } | undefined;
}

export function AttendanceFacts({ attendance, answer }: AttendanceFactsProps) {
	const say = useWords(DETAIL_WORDS);
	const desk = useWords(WORDS);
	const { number, status, department, operators, requestedAt, startedAt, startedBy, finishedAt, finishedBy, report } = attendance;
	const isOver = status === 'finished';
	const by = (at: string, who: { readonly name: string } | undefined): string =>
		who === undefined ? dateMinute(at) : `${dateMinute(at)}\n${say.by(who.name)}`;
	const badge = isOver ? (
		<StateBadge tone="idle">{desk.finished}</StateBadge>
	) : (
		<StateBadge tone={operators.length > 0 ? 'good' : 'warn'}>{operators.length > 0 ? desk.inProgress : desk.unattended}</StateBadge>
	);
	return (
		<Facts
			facts={[
				[
					say.number,
					<Group key="number" gap="0 var(--mantine-spacing-xs)">
						<span style={{ whiteSpace: 'nowrap' }}>#{number}</span>
						{badge}
					</Group>,
				],
				[say.department, department?.name ?? desk.noDepartment],
				[say.operators, isOver ? operators.map(({ name }) => name).join(', ') || say.nobody : undefined],
				[say.requested, dateMinute(requestedAt)],
				[say.started, by(startedAt, startedBy)],
				[say.finished, finishedAt === undefined ? undefined : by(finishedAt, finishedBy)],
				[say.category, categoriesOf(attendance)],
				[say.report, report],
				[say.rating, isOver && answer ? <Rating key="rating" answer={answer.given} /> : undefined],
			]}
		/>
	);
}

function categoriesOf({ category, categories = [] }: Attendance): ReactNode {
	const shown = [
		...(category ? [{ key: category.id, name: category.name, color: category.color }] : []),
		...categories.map((one) => ({ key: one.itemId, name: `${one.categoryName}: ${one.itemName}`, color: one.color })),
	];
	if (shown.length === 0) return undefined;
	return (
		<Stack gap={2}>
			{shown.map(({ key, name, color }) => (
				<Group key={key} gap={6} wrap="nowrap">
					<ColorSwatch color={color} size={10} aria-hidden />
					<span>{name}</span>
				</Group>
			))}
		</Stack>
	);
}

function Rating({ answer }: { readonly answer: Ticket['answer'] }) {
	const say = useWords(DETAIL_WORDS);
	if (!answer) return say.noRating;
	return (
		<>
			<strong>{say.ratingOf(answer.rating)}</strong>
			{answer.observation !== undefined && <div>“{answer.observation}”</div>}
		</>
	);
}

function People({ attendance: { id, operators } }: { readonly attendance: Attendance }) {
	const say = useWords(DETAIL_WORDS);
	const { accountId, as } = useAsker();
	const { data: staff = [] } = useOperators(accountId);
	const refresh = useRefresh();
	const set = (method: 'PUT' | 'DELETE', operatorId: string): void => {
		change(method, `/accounts/${accountId}/desk/attendances/${id}/operators/${operatorId}`, undefined, { query: as }).then(
			refresh,
			(error: unknown) => tellFailed(say.peopleFailed, error),
		);
	};
	const others = staff.filter((one) => one.active && !operators.some((in_) => in_.id === one.id));
	return (
		<Stack gap={6}>
			<Text size="sm" c="dimmed">
				{say.operators}
			</Text>
			{operators.length === 0 && <Text size="sm">{say.nobody}</Text>}
			{operators.map((operator) => (
				<Group key={operator.id} justify="space-between" wrap="nowrap" gap="xs">
					<Text size="sm" truncate title={operator.name}>
						{operator.name}
					</Text>
					<Tooltip label={say.removeOperator(operator.name)}>
						<ActionIcon
							variant="subtle"
							color="gray"
							size="sm"
							aria-label={say.removeOperator(operator.name)}
							onClick={() => set('DELETE', operator.id)}
						>
							<UserMinus size={15} aria-hidden />
						</ActionIcon>
					</Tooltip>
				</Group>
			))}
			{others.length > 0 && (
				<Select
					size="xs"
					searchable
					aria-label={say.addOperator}
					placeholder={say.addOperator}
					value={null}
					data={others.map((one) => ({ value: one.id, label: one.name }))}
					onChange={(operatorId) => operatorId !== null && set('PUT', operatorId)}
				/>
			)}
		</Stack>
	);
}

function Transfers({ attendanceId }: { readonly attendanceId: string }) {
	const { data: transfers = [] } = useTransfers(attendanceId);
	return <TransferList transfers={transfers} />;
}

export function TransferList({ transfers }: { readonly transfers: readonly Transfer[] }) {
	const say = useWords(DETAIL_WORDS);
	if (transfers.length === 0) return null;
	return (
		<Stack gap={6}>
			<Text size="sm" c="dimmed">
				{say.transfers}
			</Text>
			<ol style={{ margin: 0, paddingInlineStart: '1.1rem', fontSize: 'var(--mantine-font-size-sm)' }}>
				{transfers.map(({ id, at, by, from, to, reason }) => (
					<li key={id} style={{ marginBottom: '0.375rem' }}>
						<Text size="sm" style={{ overflowWrap: 'anywhere' }}>
							{sideOf(from)} → {sideOf(to)}
						</Text>
						{reason !== undefined && <Text size="sm">“{reason}”</Text>}
						<Text size="xs" c="dimmed">
							{dateMinute(at)} · {say.by(by?.name ?? say.account)}
						</Text>
					</li>
				))}
			</ol>
		</Stack>
	);
}

function sideOf({ department, operators }: Transfer['from']): string {
	return [department?.name, ...operators.map(({ name }) => name)].filter((name) => name !== undefined).join(', ') || '—';
}
