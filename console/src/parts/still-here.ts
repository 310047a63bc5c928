/** What comes of an answer that was long on its way is not to lead anybody back who has gone elsewhere meanwhile. */
import { useLocation, useRouter } from '@tanstack/react-router';

/** Answers whether the address is still what it was when this was rendered, and nobody is on the way to another one. */
export function useStillHere(): () => boolean {
	const router = useRouter();
	const { href } = useLocation();
	return () => router.latestLocation.href === href;
}
