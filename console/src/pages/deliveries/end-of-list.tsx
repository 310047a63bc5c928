/** Below the last row: that there is more, that it goes wrong, that it is being fetched, or why there is nothing. */
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { SearchX, Send } from 'lucide-react';
import { useWords, words } from '../../i18n/words.ts';
import { Empty } from '../../parts/empty.tsx';
import { Listed } from '../../parts/listed.tsx';
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
	return (
		<Listed
			list={{ ...list, items: rows }}
			empty={isFiltered(filter) ? <NotFound hasMore={list.hasMore} isOver={follows === 'past'} onClear={onClear} /> : <Nothing />}
			isFlush
		>
			{() => null}
		</Listed>
	);
}

function Nothing() {
	const say = useWords(WORDS);
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

interface NotFoundProps extends Pick<EndOfListProps, 'onClear'> {
	/** Not all was looked through yet. */
	readonly hasMore: boolean;
	/** What is looked for lies in the past: no new ones come. */
	readonly isOver: boolean;
}

function NotFound({ hasMore, isOver, onClear }: NotFoundProps) {
	const say = useWords(WORDS);
	return (
		<Empty
			icon={SearchX}
			title={say.notFound}
			action={
				<Button variant="light" mt="xs" onClick={onClear}>
					{say.clear}
				</Button>
			}
		>
			{hasMore ? say.notFoundYet : isOver ? null : say.notFoundAbout}
		</Empty>
	);
}
