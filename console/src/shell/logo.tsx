import { Group, Text } from '@mantine/core';

export function Logo() {
	return (
		<Group gap={8} wrap="nowrap">
			<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
				<rect width="32" height="32" rx="8" fill="var(--mantine-color-green-8)" />
				<path d="M8 9h16v11H15l-5 4v-4H8z" fill="#fff" />
				<path d="M12 13h8M12 16h5" stroke="var(--mantine-color-green-8)" strokeWidth="1.6" strokeLinecap="round" />
			</svg>
			<Text fw={700} size="lg">
				Recado
			</Text>
		</Group>
	);
}
