/** Opens the form of a new one. */
import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';

export interface CreateButtonProps {
	readonly label: string;
	readonly onClick: () => void;
}

export function CreateButton({ label, onClick }: CreateButtonProps) {
	return (
		<Button leftSection={<Plus size={16} aria-hidden />} onClick={onClick}>
			{label}
		</Button>
	);
}
