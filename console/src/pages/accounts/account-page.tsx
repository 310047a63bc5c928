import { useParams } from '@tanstack/react-router';
import { AccountView } from './account-view.tsx';

export function AccountPage() {
	const { accountId } = useParams({ from: '/signed-in/console/accounts/$accountId' });
	return <AccountView key={accountId} accountId={accountId} />;
}
