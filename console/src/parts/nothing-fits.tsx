/** Where a list has something, and nothing of it is what is searched for. */
import { Button } from '@mantine/core';
import { Search } from 'lucide-react';
import { Empty } from './empty.tsx';

export interface NothingFitsProps {
	readonly title: string;
	/** On the button that shows all again. */
	readonly verb: string;
	readonly onReset: () => void;
}

export function NothingFits({ title, verb, onReset }: NothingFitsProps) {
	return (
		<Empty
			icon={Search}
			title={title}
			action={
				<Button variant="default" onClick={onReset}>
					{verb}
				</Button>
			}
		/>
	);
}
