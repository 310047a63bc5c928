/** Below the last row: that there is more, that it goes wrong, that it is being fetched, or why there is nothing. */
import { Box, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { SearchX, Send } from 'lucide-react';
import { useWords, words } from '../../i18n/words.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { More } from '../../parts/more.tsx';
import { Problem } from '../../parts/problem.tsx';
import { type DeliveryFilter, isFiltered } from './search.ts';
import type { Followed } from './use-deliveries.ts';

const WORDS = words({
	en: {
		none: 'Nothing has been delivered yet',
		noneAbout: 'As soon as something happens that a webhook wants, it appears here. Write a message on the phone to see it.',
		phone: 'To the phone',
		notFound: 'No delivery fits these filters',
		notFoundAbout: 'New ones that fit appear here by themselves.',
		notFoundYet: 'Nothing found among the newest ones so far. Go on with those before.',
		clear: 'Clear filters',
	},
	pt: {
		none: 'Nada foi entregue ainda',
		noneAbout: 'Assim que acontecer algo que um webhook quer, aparece aqui. Escreva uma mensagem no telefone para ver.',
		phone: 'Ir para o telefone',
		notFound: 'Nenhuma entrega corresponde a estes filtros',
		notFoundAbout: 'As novas que corresponderem aparecem aqui sozinhas.',
		notFoundYet: 'Nada encontrado entre as mais recentes. Continue com as anteriores.',
		clear: 'Limpar filtros',
	},
});

export interface EndOfListProps {
	readonly filter: DeliveryFilter;
	readonly followed: Followed;
	readonly onClear: () => void;
}

export function EndOfList({ filter, followed: { rows, list, follows }, onClear }: EndOfListProps) {
	const say = useWords(WORDS);
	if (list.error) {
		return (
			<Box p="sm">
				<Problem error={list.error} onRetry={list.again} />
			</Box>
		);
	}
	if (list.isLoading) return <Loading />;
	if (rows.length > 0) return <More list={list} />;
	if (!isFiltered(filter)) {
		return (
			<Empty
				icon={Send}
				title={say.none}
				action={
					<Button component={Link} to="/console/phone" variant="light" mt="xs">
						{say.phone}
					</Button>
				}
			>
				{say.noneAbout}
			</Empty>
		);
	}
	return (
		<>
			<Empty
				icon={SearchX}
				title={say.notFound}
				action={
					<Button variant="light" mt="xs" onClick={onClear}>
						{say.clear}
					</Button>
				}
			>
				{list.hasMore ? say.notFoundYet : follows === 'past' ? null : say.notFoundAbout}
			</Empty>
			<More list={list} />
		</>
	);
}
