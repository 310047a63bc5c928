/** Which part of the desk's settings is shown. */

export const TABS = ['departments', 'operators', 'categories', 'hours', 'ura', 'survey', 'replies', 'buttons'] as const;
export type Tab = (typeof TABS)[number];

export interface SettingsSearch {
	readonly tab?: Tab;
}

export function readSettingsSearch({ tab }: Readonly<Record<string, unknown>>): SettingsSearch {
	return TABS.some((one) => one === tab) ? { tab: tab as Tab } : {};
}
