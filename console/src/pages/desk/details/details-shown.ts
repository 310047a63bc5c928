/** Where what is known of a chat stands: beside it, where there is room for a third column and it is not folded away, and else in a drawer over it. */
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';

export interface DetailsShown {
	/** There is room for a third column. */
	readonly isBeside: boolean;
	readonly isShown: boolean;
	readonly show: (isShown: boolean) => void;
}

const THREE_COLUMNS = '(min-width: 78em)';
/** From here on enough is left to the conversation with all three; below it they are two until somebody wants the third. */
const ROOMY = '(min-width: 90em)';
const AT_ONCE = { getInitialValueInEffect: false };

export function useDetailsShown(): DetailsShown {
	const isBeside = useMediaQuery(THREE_COLUMNS, true, AT_ONCE);
	const isRoomy = useMediaQuery(ROOMY, true, AT_ONCE);
	const roomy = useChosen('recado.desk.details', true);
	const tight = useChosen('recado.desk.details.tight', false);
	const drawer = useState(false);
	const [isShown, show] = isBeside ? (isRoomy ? roomy : tight) : drawer;
	return { isBeside, isShown, show };
}

/** Kept in this browser: one who has two screens chooses for each. */
function useChosen(key: string, usual: boolean): readonly [boolean, (is: boolean) => void] {
	const [is, choose] = useLocalStorage({
		key,
		defaultValue: usual,
		deserialize: (kept) => (kept === undefined ? usual : kept === 'true'),
		...AT_ONCE,
	});
	return [is, choose];
}
