/** What the gateway runs with, as whoever administers it may see it. Options come from the environment: nothing here can be changed while it runs. */

export interface Settings {
	/** Of the gateway. */
	readonly version: string;
	/** Where others reach it. */
	readonly publicUrl: string;
	readonly store: StoreKind;
	/** Those that share the store and are alive, this one among them. */
	readonly processes: number;
	readonly groups: readonly SettingGroup[];
}

export interface StoreKind {
	readonly engine: 'sqlite' | 'postgresql';
	/** The number of the newest migration that this version knows. */
	readonly schema: number;
	/** Absolute path; of the embedded store alone. */
	readonly directory?: string;
}

export interface SettingGroup {
	readonly name: string;
	/** In English, as the reference has it. */
	readonly title: string;
	readonly settings: readonly Setting[];
}

export interface Setting {
	/** The variable. */
	readonly name: string;
	/** As one writes it in the variable; undefined where there is none, and of secrets always. */
	readonly value?: string;
	readonly default?: string;
	readonly unit: string;
	/** Only whether it is set is told. */
	readonly isSecret: boolean;
	/** By the environment, to whatever value. */
	readonly isSet: boolean;
	/** What is in force is what would be if nothing were set. */
	readonly isDefault: boolean;
	/** In English, one or two sentences. */
	readonly meaning: string;
}
