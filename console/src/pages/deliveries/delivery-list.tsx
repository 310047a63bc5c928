/** The deliveries in a box that scrolls. Only the rows that are seen are there. */
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useRef } from 'react';
import type { Delivery } from '../../api/views.ts';
import { useWords, words } from '../../i18n/words.ts';
import type { KnownWebhooks } from '../../parts/known-webhooks.ts';
import classes from './delivery-list.module.css';
import { DeliveryRow } from './delivery-row.tsx';
import { useChats } from './use-chats.ts';

const WORDS = words({
	en: { label: 'Deliveries', state: 'State', event: 'Event', webhook: 'Webhook', chat: 'Chat', attempts: 'Attempts', time: 'Time' },
	pt: { label: 'Entregas', state: 'Situação', event: 'Evento', webhook: 'Webhook', chat: 'Chat', attempts: 'Tentativas', time: 'Horário' },
});

const ROW_PX = 44;
const NARROW_ROW_PX = 64;
/** As in the style sheet. */
const NARROW = '(max-width: 62em)';
const OVERSCAN = 6;

export interface DeliveryListProps {
	readonly rows: readonly Delivery[];
	readonly webhooks: KnownWebhooks;
	readonly boxRef: RefObject<HTMLDivElement | null>;
	/** Somebody reads, or stopped reading. */
	readonly onReading: (isReading: boolean) => void;
	/** Below the last row. */
	readonly children: ReactNode;
}

export function DeliveryList({ rows, webhooks, boxRef, onReading, children }: DeliveryListProps) {
	const say = useWords(WORDS);
	const isNarrow = useMediaQuery(NARROW);
	const rowPx = isNarrow ? NARROW_ROW_PX : ROW_PX;
	const reading = useReading(boxRef, onReading);
	const seen = useVirtualizer({
		count: rows.length,
		getScrollElement: () => boxRef.current,
		estimateSize: () => rowPx,
		getItemKey: (index) => rows[index]?.id ?? index,
		overscan: OVERSCAN,
	});
	const items = seen.getVirtualItems();
	const chats = useChats(items.flatMap(({ index }) => rows[index]?.chatId ?? []));
	return (
		<div className={classes['frame']}>
			<div className={`${classes['head']} ${classes['columns']}`} aria-hidden>
				<span>{say.state}</span>
				<span>{say.event}</span>
				<span>{say.webhook}</span>
				<span>{say.chat}</span>
				<span>{say.attempts}</span>
				<span className={classes['time']}>{say.time}</span>
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard as well */}
			<section ref={boxRef} className={classes['box']} aria-label={say.label} tabIndex={0} {...reading}>
				<ul className={classes['rows']} style={{ height: rows.length * rowPx }}>
					{items.map(({ index, key }) => {
						const delivery = rows[index];
						return (
							delivery && (
								<li key={key} style={{ height: rowPx, transform: `translateY(${index * rowPx}px)` }}>
									<DeliveryRow
										delivery={delivery}
										webhook={webhooks.byId.get(delivery.webhookId)}
										chat={chats.get(delivery.chatId ?? '')}
									/>
								</li>
							)
						);
					})}
				</ul>
				{children}
			</section>
		</div>
	);
}

/** Who points at a row, has the focus in the list or has scrolled down reads: what moves away cannot be read, nor clicked. */
function useReading(boxRef: RefObject<HTMLDivElement | null>, onReading: (isReading: boolean) => void) {
	const is = useRef({ pointed: false, scrolled: false });
	const tell = (change: Partial<typeof is.current>): void => {
		Object.assign(is.current, change);
		// Looked at each time: a row that is scrolled out of sight takes the focus with it, and no browser says so.
		const isFocused = boxRef.current?.contains(document.activeElement) ?? false;
		onReading(is.current.pointed || isFocused || is.current.scrolled);
	};
	return {
		onPointerEnter: ({ pointerType }: { readonly pointerType: string }) => pointerType === 'mouse' && tell({ pointed: true }),
		onPointerLeave: () => tell({ pointed: false }),
		onFocus: () => tell({}),
		onBlur: () => tell({}),
		onScroll: () => tell({ scrolled: (boxRef.current?.scrollTop ?? 0) > 0 }),
	};
}
