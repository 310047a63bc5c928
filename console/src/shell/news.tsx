/** Where short news are shown (`parts/told.ts`). */
import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

const SHOWN_MS = 6_000;

export function News() {
	return <Notifications position="top-right" autoClose={SHOWN_MS} containerWidth={420} />;
}
