/** A setting that is one document: read, changed in a form, kept as a whole. None is there until the first is kept; what was changed and not saved waits where one goes elsewhere. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { change, get, Refused } from '../../api/http.ts';
import { useWords } from '../../i18n/words.ts';
import { useFaultsAtFields } from '../../parts/faults-at-fields.ts';
import { Loading } from '../../parts/loading.tsx';
import { Problem } from '../../parts/problem.tsx';
import { useSending } from '../../parts/sending.ts';
import { StateBadge } from '../../parts/state-badge.tsx';
import { tellDone } from '../../parts/told.ts';
import { unsavedChanges } from '../../parts/unsaved.ts';
import { WORDS } from './settings-words.ts';

export interface SettingParts<T> {
	readonly draft: T;
	readonly set: (part: Partial<T>) => void;
	/** What is wrong with a field, by its path. */
	readonly faultOf: (path: string) => string | undefined;
	/** Whether one is kept. */
	readonly isKept: boolean;
	/** Takes it away. */
	readonly remove: () => Promise<void>;
}

export interface SettingProps<T> {
	readonly accountId: string;
	/** As paths have it: `hours`. */
	readonly name: string;
	/** What the form shows where none is kept. */
	readonly usual: T;
	/** What of it is left out of the request where it is empty. */
	readonly optional?: readonly (keyof T)[];
	/** Paths of faults that the fields tell, as `useFaultsAtFields` has them. */
	readonly toldAtFields: readonly string[];
	readonly children: (parts: SettingParts<T>) => ReactNode;
}

/** By path. */
const unsaved = unsavedChanges();

interface Switched {
	readonly active: boolean;
}

export function Setting<T extends Switched>(props: SettingProps<T>) {
	const path = `/accounts/${props.accountId}/${props.name}`;
	const { data, error, isLoading, refetch } = useQuery({
		queryKey: ['desk-settings', props.accountId, props.name],
		queryFn: async ({ signal }): Promise<T | null> => {
			try {
				return await get<T>(path, {}, signal);
			} catch (thrown) {
				if (thrown instanceof Refused && thrown.status === 404) return null;
				throw thrown;
			}
		},
		// What somebody is writing is not to change under their hands.
		staleTime: Number.POSITIVE_INFINITY,
		refetchOnMount: 'always',
	});
	if (isLoading) return <Loading />;
	if (data === undefined) return <Problem error={error} onRetry={() => void refetch()} />;
	return <SettingForm {...props} path={path} kept={data} />;
}

function SettingForm<T extends Switched>(props: SettingProps<T> & Kept<T>) {
	const { accountId, name, usual, optional = [], toldAtFields, children, path, kept } = props;
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const sending = useSending();
	// What is usual is in words of the language: what was not touched follows it.
	const begin = kept ?? usual;
	const [changes, setChanges] = useState<Partial<T>>(unsaved.of(path) ?? {});
	const { form, isTold } = useFaultsAtFields(sending.error, toldAtFields);
	const draft = { ...begin, ...changes };
	const isChanged = JSON.stringify(draft) !== JSON.stringify(begin);
	useEffect(() => {
		if (isChanged) unsaved.keep(path, changes);
		else unsaved.drop(path);
	}, [path, isChanged, changes]);
	const keep = (next: T | null): void => {
		// What was written while it was on its way is not saved yet.
		const later = laterThan(changes, unsaved.of(path));
		if (Object.keys(later).length === 0) unsaved.drop(path);
		else unsaved.keep(path, later);
		setChanges((now) => laterThan(changes, now));
		queries.setQueryData(['desk-settings', accountId, name], next);
		tellDone(say.saved);
	};
	const send = (event: FormEvent): void => {
		event.preventDefault();
		sending.send(() => change<T>('PUT', path, filled(draft, optional)), keep);
	};
	return (
		<form ref={form} onSubmit={send} noValidate>
			<Stack gap="lg">
				{!begin.active && (
					<Group gap="xs">
						<StateBadge tone="idle">{say.notInUse}</StateBadge>
						<Text size="sm" c="dimmed">
							{say.notInUseHint}
						</Text>
					</Group>
				)}
				{children({
					draft,
					set: (part) => setChanges((before) => ({ ...before, ...part })),
					faultOf: sending.faultOf,
					isKept: kept !== null,
					remove: async () => {
						await change('DELETE', path);
						keep(null);
					},
				})}
				{sending.error !== undefined && !isTold && <Problem error={sending.error} />}
				<Group>
					<Button type="submit" loading={sending.isSending} disabled={!isChanged && kept !== null}>
						{say.save}
					</Button>
					{isChanged && (
						<>
							<Button variant="default" onClick={() => setChanges({})}>
								{say.undo}
							</Button>
							<Text size="sm" c="dimmed">
								{say.notSaved}
							</Text>
						</>
					)}
				</Group>
			</Stack>
		</form>
	);
}

function filled<T extends object>(draft: T, optional: readonly (keyof T)[]): Partial<T> {
	const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);
	return Object.fromEntries(
		Object.entries(draft).filter(([name, value]) => !(optional.includes(name as keyof T) && isEmpty(value))),
	) as Partial<T>;
}

/** Those of the changes that are not among what was sent. */
function laterThan<T extends object>(sent: T, now: object = {}): T {
	return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== sent[name as keyof T])) as T;
}

interface Kept<T> {
	readonly path: string;
	readonly kept: T | null;
}
