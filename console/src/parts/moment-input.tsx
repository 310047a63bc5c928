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
			value={value === undefined || value === '' ? '' : localOf(value)}
			onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : new Date(currentTarget.value).toISOString())}
		/>
	);
}

/** `2026-05-01T13:45`, as the input writes it. */
function localOf(at: string): string {
	const moment = new Date(at);
	return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
