/** Where a list has nothing: why, and what would fill it. */
import { Stack, Text, ThemeIcon } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyProps {
	readonly icon: LucideIcon;
	readonly title: string;
	readonly children?: ReactNode;
	readonly action?: ReactNode;
}

export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
	return (
		<Stack align="center" gap="xs" py="xl" px="md" ta="center">
			<ThemeIcon size={48} radius="xl" variant="light" color="gray" aria-hidden>
				<Icon size={24} />
			</ThemeIcon>
			<Text fw={600}>{title}</Text>
			{children !== undefined && (
				<Text c="dimmed" size="sm" maw={420} component="div">
					{children}
				</Text>
			)}
			{action}
		</Stack>
	);
}
