/** The options of a menu, each with where it leads: to a department, an operator, or a menu of its own. */
import { ActionIcon, Button, Group, Select, Stack, Text, Textarea, TextInput, Tooltip } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useDepartments, useOperators } from '../../../api/staff.ts';
import { useWords } from '../../../i18n/words.ts';
import classes from './ura.module.css';
import { freshOption, freshTarget, moved, type UraOption, type UraTarget } from './ura-option.ts';
import { URA_WORDS } from './ura-words.ts';

/** The gateway takes no deeper ones. */
const DEPTH_MAX = 5;
const OPTIONS_MAX = 50;
const TEXT_LENGTH_MAX = 4_096;

const MENUS = Array.from({ length: DEPTH_MAX }, (_, depth) => `options${'[].to.options'.repeat(depth)}`);
/** Paths of faults that are told here, as `useFaultsAtFields` has them. */
export const OPTION_FIELDS: readonly string[] = MENUS.flatMap((menu) => [
	menu,
	...['', '.label', '.to.message', '.to.departmentId', '.to.operatorId'].map((field) => `${menu}[]${field}`),
]);

export interface UraOptionsProps {
	readonly accountId: string;
	readonly options: readonly UraOption[];
	readonly onChange: (options: readonly UraOption[]) => void;
	/** Where they are in the whole, as the gateway names faults. */
	readonly path: string;
	readonly depth: number;
	readonly faultOf: (path: string) => string | undefined;
}

export function UraOptions({ options, onChange, path, ...rest }: UraOptionsProps) {
	const say = useWords(URA_WORDS);
	const { faultOf } = rest;
	return (
		<Stack gap="sm">
			{options.map((option, index) => (
				<Option
					// biome-ignore lint/suspicious/noArrayIndexKey: an option is its number
					key={index}
					{...rest}
					option={option}
					number={index + 1}
					path={`${path}[${index}]`}
					isLast={index === options.length - 1}
					onChange={(changed) => onChange(options.with(index, changed))}
					onMove={(by) => onChange(moved(options, index, by))}
					onRemove={() => onChange(options.filter((_, place) => place !== index))}
				/>
			))}
			{faultOf(path) !== undefined && (
				<Text size="sm" c="var(--mantine-color-error)">
					{faultOf(path)}
				</Text>
			)}
			<Button
				variant="default"
				size="xs"
				leftSection={<Plus size={14} aria-hidden />}
				disabled={options.length >= OPTIONS_MAX}
				onClick={() => onChange([...options, freshOption()])}
				style={{ alignSelf: 'flex-start' }}
			>
				{say.add}
			</Button>
		</Stack>
	);
}

interface OptionProps extends Omit<UraOptionsProps, 'options' | 'onChange'> {
	readonly option: UraOption;
	readonly number: number;
	readonly isLast: boolean;
	readonly onChange: (option: UraOption) => void;
	readonly onMove: (by: 1 | -1) => void;
	readonly onRemove: () => void;
}

function Option({ option, number, isLast, onChange, onMove, onRemove, ...rest }: OptionProps) {
	const say = useWords(URA_WORDS);
	const { path, depth, faultOf } = rest;
	const { label, to } = option;
	const kinds = (['department', 'operator', 'menu'] as const).filter((kind) => kind !== 'menu' || depth < DEPTH_MAX);
	const fault = faultOf(`${path}.label`) ?? faultOf(path);
	const named = (what: string): string => `${number}. ${what}`;
	return (
		<fieldset className={classes['option']} aria-label={named(label || say.label)}>
			<Group gap="xs" wrap="nowrap">
				<Text fw={600} w={20} ta="right">
					{number}
				</Text>
				<TextInput
					flex={1}
					aria-label={say.label}
					placeholder={say.label}
					maxLength={200}
					value={label}
					onChange={(event) => onChange({ ...option, label: event.currentTarget.value })}
					error={fault && (label.trim() === '' ? say.labelFault : fault)}
				/>
				<Group gap={0} wrap="nowrap">
					<Act label={named(say.up)} icon={ArrowUp} isOff={number === 1} act={() => onMove(-1)} />
					<Act label={named(say.down)} icon={ArrowDown} isOff={isLast} act={() => onMove(1)} />
					<Act label={named(say.remove)} icon={X} isOff={false} act={onRemove} />
				</Group>
			</Group>
			<div className={classes['target']}>
				<Select
					aria-label={say.leads}
					allowDeselect={false}
					data={kinds.map((kind) => ({ value: kind, label: say[kind] }))}
					value={to.kind}
					onChange={(kind) => kind !== null && kind !== to.kind && onChange({ ...option, to: freshTarget(kind as UraTarget['kind']) })}
				/>
				<Target {...rest} to={to} onChange={(changed) => onChange({ ...option, to: changed })} />
			</div>
			{to.kind === 'menu' && (
				<div className={classes['inner']}>
					<Textarea
						label={say.message}
						autosize
						minRows={1}
						value={to.message}
						maxLength={TEXT_LENGTH_MAX}
						onChange={(event) => onChange({ ...option, to: { ...to, message: event.currentTarget.value } })}
						error={faultOf(`${path}.to.message`)}
						mb="sm"
					/>
					<UraOptions
						{...rest}
						options={to.options}
						path={`${path}.to.options`}
						depth={depth + 1}
						onChange={(options) => onChange({ ...option, to: { ...to, options } })}
					/>
				</div>
			)}
		</fieldset>
	);
}

interface TargetProps extends Pick<UraOptionsProps, 'accountId' | 'path' | 'faultOf'> {
	readonly to: UraTarget;
	readonly onChange: (to: UraTarget) => void;
}

function Target({ accountId, path, faultOf, to, onChange }: TargetProps) {
	const say = useWords(URA_WORDS);
	const { data: departments = [] } = useDepartments(accountId);
	const { data: operators = [] } = useOperators(accountId);
	switch (to.kind) {
		case 'menu':
			return null;
		case 'department':
			return (
				<Select
					aria-label={say.target(say.department)}
					placeholder={say.department}
					data={departments.map(({ id, name }) => ({ value: id, label: name }))}
					value={to.departmentId === '' ? null : to.departmentId}
					onChange={(departmentId) => onChange({ ...to, departmentId: departmentId ?? '' })}
					error={faultOf(`${path}.to.departmentId`) && say.departmentFault}
				/>
			);
		case 'operator':
			return (
				<Select
					aria-label={say.target(say.operator)}
					placeholder={say.operator}
					searchable
					data={operators.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
					value={to.operatorId === '' ? null : to.operatorId}
					onChange={(operatorId) => onChange({ ...to, operatorId: operatorId ?? '' })}
					error={faultOf(`${path}.to.operatorId`) && say.operatorFault}
				/>
			);
	}
}

interface ActProps {
	readonly label: string;
	readonly icon: typeof X;
	readonly isOff: boolean;
	readonly act: () => void;
}

function Act({ label, icon: Icon, isOff, act }: ActProps) {
	return (
		<Tooltip label={label}>
			<ActionIcon variant="subtle" color="gray" size={32} aria-label={label} disabled={isOff} onClick={act}>
				<Icon size={15} aria-hidden />
			</ActionIcon>
		</Tooltip>
	);
}
