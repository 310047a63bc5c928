/** The head of a page, and the cards it is made of. */
import { Box, Group, Paper, type PaperProps, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

export interface PageProps {
	readonly title: string;
	/** One sentence: what the page is for. */
	readonly about?: ReactNode;
	/** Buttons, at the right of the title. */
	readonly actions?: ReactNode;
	readonly children: ReactNode;
}

export function Page({ title, about, actions, children }: PageProps) {
	useDocumentTitle(`${title} · Recado`);
	return (
		<Stack gap="lg" maw="var(--recado-content-max)" mx="auto" w="100%">
			<Group justify="space-between" align="flex-start" gap="sm">
				<Box miw={0}>
					<Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
						{title}
					</Title>
					{about !== undefined && (
						<Text c="dimmed" mt={4} maw="44rem" component="div">
							{about}
						</Text>
					)}
				</Box>
				{actions !== undefined && <Group gap="xs">{actions}</Group>}
			</Group>
			{children}
		</Stack>
	);
}

export interface CardProps extends PaperProps {
	readonly title?: string;
	readonly actions?: ReactNode;
	readonly children: ReactNode;
}

export function Card({ title, actions, children, ...rest }: CardProps) {
	return (
		<Paper withBorder p="md" bg="var(--recado-surface)" {...rest}>
			{(title !== undefined || actions !== undefined) && (
				<Group justify="space-between" mb="sm" gap="xs">
					{title !== undefined && (
						<Title order={2} size="h5">
							{title}
						</Title>
					)}
					{actions !== undefined && <Group gap="xs">{actions}</Group>}
				</Group>
			)}
			{children}
		</Paper>
	);
}
