/** JSON as text, indented; what is not JSON is shown as it is. */
import { Code, ScrollArea } from '@mantine/core';

export interface JsonProps {
	/** Text that may be JSON, or a value. */
	readonly value: unknown;
	readonly isRaw?: boolean;
	readonly label: string;
	readonly maxHeight?: number;
}

export function Json({ value, isRaw = false, label, maxHeight = 420 }: JsonProps) {
	return (
		<ScrollArea.Autosize mah={maxHeight} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}>
			<Code block style={{ whiteSpace: isRaw ? 'pre-wrap' : 'pre', overflowWrap: 'anywhere' }}>
				{isRaw ? text(value) : pretty(value)}
			</Code>
		</ScrollArea.Autosize>
	);
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function pretty(value: unknown): string {
	if (typeof value !== 'string') return JSON.stringify(value, undefined, 2);
	try {
		return JSON.stringify(JSON.parse(value), undefined, 2);
	} catch {
		return value;
	}
}
