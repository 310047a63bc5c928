/** The page of one thing, for as long as the thing itself is not known: it is on its way, it is not there, or the gateway has refused to tell. */
import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import { isNotThere, NotThere } from './not-there.tsx';
import { Page } from './page.tsx';
import { Problem } from './problem.tsx';

export interface UnknownYetProps {
	/** What kind of thing it is. */
	readonly title: string;
	/** In a sentence. */
	readonly notThere: string;
	/** The way to those that are there. */
	readonly back: ReactNode;
	readonly found: { readonly error: unknown; readonly refetch: () => unknown };
}

export function UnknownYet({ title, notThere, back, found: { error, refetch } }: UnknownYetProps) {
	if (isNotThere(error)) {
		return (
			<Page title={title}>
				<NotThere title={notThere}>{back}</NotThere>
			</Page>
		);
	}
	return (
		<Page title={title} about={back}>
			{error === null ? <Loading /> : <Problem error={error} onRetry={() => void refetch()} />}
		</Page>
	);
}
