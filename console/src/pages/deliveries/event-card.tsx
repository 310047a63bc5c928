/** The event that a delivery tells about, as the gateway keeps it. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/http.ts';
import type { Event } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import { Json } from '../../parts/json.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Card } from '../../parts/page.tsx';
import { Problem } from '../../parts/problem.tsx';

const WORDS = words({
	en: { title: 'The event it tells about', show: 'Show', hide: 'Hide' },
	pt: { title: 'O evento desta entrega', show: 'Mostrar', hide: 'Ocultar' },
});

export function EventCard({ eventId }: { readonly eventId: string }) {
	const say = useWords(WORDS);
	const [isOpen, setOpen] = useState(false);
	return (
		<Card
			title={say.title}
			actions={
				<Button size="xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
					{isOpen ? say.hide : say.show}
				</Button>
			}
		>
			{isOpen && <Shown eventId={eventId} label={say.title} />}
		</Card>
	);
}

function Shown({ eventId, label }: { readonly eventId: string; readonly label: string }) {
	const found = useQuery({ queryKey: ['events', eventId], queryFn: ({ signal }) => get<Event>(`/events/${eventId}`, {}, signal) });
	if (found.error) return <Problem error={found.error} onRetry={() => void found.refetch()} />;
	return found.data ? <Json value={found.data} label={label} /> : <Loading />;
}
