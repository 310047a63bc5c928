/** A link to the desk from where things of several accounts are shown says whose desk is meant: that account is chosen, and the address is as any other. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { chooseAccount } from '../../parts/chosen-account.ts';
import { useDeskPlace } from './desk-place.ts';

/** Whether one is still on the way. */
export function useArrival(): boolean {
	const { search, chatId } = useDeskPlace();
	const navigate = useNavigate();
	const { account, ...rest } = search;
	// biome-ignore lint/correctness/useExhaustiveDependencies: once for each account that an address says
	useEffect(() => {
		if (account === undefined) return;
		chooseAccount(account);
		void (chatId === undefined
			? navigate({ to: '/console/desk', search: rest, replace: true })
			: navigate({ to: '/console/desk/chats/$chatId', params: { chatId }, search: rest, replace: true }));
	}, [account]);
	return account !== undefined;
}
