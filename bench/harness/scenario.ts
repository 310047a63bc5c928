/** What a scenario is given, and what it hands back: figures by name, as they go into the JSON. */
import type { Workspace } from './workspace.ts';

export interface Bench {
	readonly workspace: Workspace;
	/** Tells how far it is. */
	say(line: string): void;
	/** Also what takes longer than a minute. */
	readonly isFull: boolean;
}

export type Figures = { readonly [name: string]: Figure };
export type Figure = number | string | boolean | null | undefined | Figures | readonly Figure[];
