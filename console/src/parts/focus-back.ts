/** For a dialog that is there while it is open, and then gone at once: whoever had the focus before gets it back. */
import { useEffect, useState } from 'react';

export function useFocusBack(): void {
	// While this is rendered the first time the dialog has not taken it yet.
	const [before] = useState(() => document.activeElement);
	useEffect(
		() => () => {
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		},
		[before],
	);
}
