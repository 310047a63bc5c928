/** The name of something, first in the dialog that makes or changes it. */
import { TextInput } from '@mantine/core';
import type { Sending } from './sending.ts';

export interface NameFieldProps {
	readonly label: string;
	/** Who reads it. */
	readonly description?: string;
	readonly maxLength?: number;
	readonly value: string;
	readonly onChange: (name: string) => void;
	readonly sending: Sending;
}

export function NameField({ onChange, sending, ...rest }: NameFieldProps) {
	return (
		<TextInput
			{...rest}
			onChange={(event) => onChange(event.currentTarget.value)}
			error={sending.faultOf('name')}
			required
			data-autofocus
		/>
	);
}
