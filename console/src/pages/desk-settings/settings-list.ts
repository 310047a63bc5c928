/** What each list of settings does: opens a form for a new one or one that is there, asks before one is deleted, and shows the list again. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { change } from '../../api/http.ts';
import { useWords } from '../../i18n/words.ts';
import { useConfirm } from '../../parts/confirm.tsx';
import { type Sending, useSending } from '../../parts/sending.ts';
import { tellDone } from '../../parts/told.ts';
import { WORDS } from './settings-words.ts';

export interface Item {
	readonly id: string;
}

export interface SettingsList<T extends Item> {
	readonly accountId: string;
	/** In the form; `new` for one that is not there yet, undefined where the form is closed. */
	readonly edited: T | 'new' | undefined;
	readonly edit: (item: T | 'new') => void;
	readonly close: () => void;
	readonly askDelete: (item: T, name: string) => void;
	readonly dialog: ReactNode;
}

/**
 * @param name of the list, as paths have it: `departments`
 * @param deleted what becomes of what hangs on one that is deleted
 */
export function useSettingsList<T extends Item>(name: string, accountId: string, deleted: string): SettingsList<T> {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const confirm = useConfirm((item: T, called: string) => ({
		title: say.deleteTitle(called),
		text: deleted,
		verb: say.delete,
		act: async () => {
			await change('DELETE', `/accounts/${accountId}/${name}/${item.id}`);
			await queries.invalidateQueries({ queryKey: [name, accountId] });
		},
	}));
	const [edited, edit] = useState<T | 'new'>();
	return {
		accountId,
		edited,
		edit,
		close: () => edit(undefined),
		askDelete: confirm.ask,
		dialog: confirm.dialog,
	};
}

export interface SettingsFormProps<T extends Item> {
	readonly accountId: string;
	readonly item: T | 'new';
	readonly onClose: () => void;
}

export interface SettingsForm<T extends Item = Item> {
	/** The one that is changed; undefined where one is created. */
	readonly before: T | undefined;
	readonly sending: Sending;
	/** Creates one, or changes the one that is there. */
	readonly save: (body: unknown) => void;
	readonly close: () => void;
}

/** Of one item of a list, in a dialog. */
export function useSettingsForm<T extends Item>(name: string, { accountId, item, onClose }: SettingsFormProps<T>): SettingsForm<T> {
	const say = useWords(WORDS);
	const queries = useQueryClient();
	const sending = useSending();
	const path = `/accounts/${accountId}/${name}`;
	return {
		before: item === 'new' ? undefined : item,
		sending,
		save: (body) =>
			sending.send(
				() => (item === 'new' ? change('POST', path, body) : change('PATCH', `${path}/${item.id}`, body)),
				() => {
					tellDone(say.saved);
					void queries.invalidateQueries({ queryKey: [name, accountId] });
					onClose();
				},
			),
		close: onClose,
	};
}
