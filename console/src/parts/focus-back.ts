/** For a dialog that is there while it is open, and then gone at once: whoever had the focus before gets it back. */
import { useEffect, useState } from 'react';

/** Of each dialog that is open who may get it, the first first; the newest dialog last. */
const open: (readonly Element[])[] = [];

export function useFocusBack(): void {
	// While this is rendered the first time the dialog has not taken it yet. What is opened out of another dialog may outlast that, and the button in it.
	const [before] = useState(() => [...(document.activeElement ? [document.activeElement] : []), ...(open.at(-1) ?? [])]);
	useEffect(() => {
		open.push(before);
		return () => {
			open.splice(open.indexOf(before), 1);
			const back = before.find((one) => one.isConnected && one !== document.body);
			if (back instanceof HTMLElement) back.focus();
		};
	}, [before]);
}
