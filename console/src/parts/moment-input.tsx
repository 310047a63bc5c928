/** A day and a time of this place, as ISO 8601. */
import { TextInput } from '@mantine/core';

export interface MomentInputProps {
	readonly label: string;
	/** Undefined and empty: none yet. */
	readonly value: string | undefined;
	readonly onChange: (value: string | undefined) => void;
	readonly error?: string | undefined;
}

export function MomentInput({ label, value, onChange, error }: MomentInputProps) {
	return (
		<TextInput
			type="datetime-local"
			label={label}
			error={error}
			value={localOf(value)}
			onChange={({ currentTarget }) => onChange(momentOf(currentTarget.value))}
		/>
	);
}

/** Undefined while it is not complete, and for a year beyond what a day has. */
function momentOf(written: string): string | undefined {
	const moment = new Date(written);
	return isKnown(moment) ? moment.toISOString() : undefined;
}

/** `2026-05-01T13:45`, as the input writes it; nothing where it is no moment. */
function localOf(at: string | undefined): string {
	const moment = new Date(at ?? '');
	if (!isKnown(moment)) return '';
	return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function isKnown(moment: Date): boolean {
	return !Number.isNaN(moment.getTime());
}
