/** The way from one of a list back to the list, narrowed down as it was left. */
import { useLocation } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { LinkTo } from './link-to.tsx';

/** The search of each list by its path, for as long as the tab is not loaded anew. */
const left = new Map<string, object>();

/**
 * For the page of the list.
 *
 * @param search what of the address narrows it down; not what opens a dialog
 */
export function useWayBack(search: object): void {
	const { pathname } = useLocation();
	const [path] = useState(pathname);
	useEffect(() => {
		left.set(path, search);
	}, [path, search]);
}

export interface BackLinkProps {
	readonly to: '/console/accounts' | '/console/deliveries' | '/console/instances' | '/console/webhooks';
	readonly children: ReactNode;
}

export function BackLink({ to, children }: BackLinkProps) {
	return (
		<LinkTo to={to} search={{ ...left.get(to) }} size="sm" style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
			<ArrowLeft size={14} aria-hidden />
			{children}
		</LinkTo>
	);
}
