/** The way from page to page. Each page is fetched when it is first gone to. */

import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { isAdministrator, leaveBy, sessionQuery, signIn } from './api/session.ts';
import { readAuditSearch } from './pages/audit/search.ts';
import { readDeliverySearch } from './pages/deliveries/search.ts';
import { readDeskSearch } from './pages/desk/desk-search.ts';
import { readSettingsSearch } from './pages/desk-settings/settings-search.ts';
import { readInstancesSearch } from './pages/instances/instances-search.ts';
import { readOverviewSearch } from './pages/overview/search.ts';
import { readPhoneSearch } from './pages/phone/phone-search.ts';
import { readWebhooksSearch } from './pages/webhooks/webhooks-search.ts';
import { Loading } from './parts/loading.tsx';
import { Failed, Missing } from './shell/failed.tsx';
import { Shell } from './shell/shell.tsx';

/** A one-time link has its code behind the `#`, where no server and no log sees it. */
const CODE = /^#?code=([\w-]+)$/;

const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({ notFoundComponent: Missing });

const signInRoute = createRoute({
	getParentRoute: () => root,
	path: '/console/sign-in',
	validateSearch: (search: Record<string, unknown>): { to?: string; failed?: string } => ({
		...textOf(search, 'to'),
		...textOf(search, 'failed'),
	}),
	component: lazyRouteComponent(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const signedIn = createRoute({
	getParentRoute: () => root,
	id: 'signed-in',
	component: Shell,
	beforeLoad: async ({ context, location }) => {
		const [, code] = CODE.exec(location.hash) ?? [];
		if (code !== undefined) {
			const isIn = await signIn({ code }).then(
				() => true,
				() => false,
			);
			throw isIn ? redirect({ to: '/console/phone', replace: true }) : redirect({ to: '/console/sign-in', search: { failed: 'code' } });
		}
		const session = await context.queryClient.ensureQueryData(sessionQuery);
		if (!session) throw redirect({ to: '/console/sign-in', search: { to: location.href } });
		if (!isAdministrator(session) && !location.pathname.startsWith('/console/desk')) throw redirect({ to: '/console/desk' });
	},
});

const page = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
	createRoute({ getParentRoute: () => signedIn, path, component });

const overview = createRoute({
	getParentRoute: () => signedIn,
	path: '/',
	validateSearch: readOverviewSearch,
	component: lazyRouteComponent(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
});
const deliveries = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/deliveries',
	validateSearch: readDeliverySearch,
	component: lazyRouteComponent(() => import('./pages/deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
});
const delivery = page(
	'/console/deliveries/$deliveryId',
	lazyRouteComponent(() => import('./pages/deliveries/delivery-page.tsx'), 'DeliveryPage'),
);
const webhooks = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/webhooks',
	validateSearch: readWebhooksSearch,
	component: lazyRouteComponent(() => import('./pages/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
});
const webhook = page(
	'/console/webhooks/$webhookId',
	lazyRouteComponent(() => import('./pages/webhooks/webhook-page.tsx'), 'WebhookPage'),
);
const instances = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/instances',
	validateSearch: readInstancesSearch,
	component: lazyRouteComponent(() => import('./pages/instances/instances-page.tsx'), 'InstancesPage'),
});
const instance = page(
	'/console/instances/$instanceId',
	lazyRouteComponent(() => import('./pages/instances/instance-page.tsx'), 'InstancePage'),
);
const phone = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/phone',
	validateSearch: readPhoneSearch,
	component: lazyRouteComponent(() => import('./pages/phone/phone-page.tsx'), 'PhonePage'),
});
const DeskPage = lazyRouteComponent(() => import('./pages/desk/desk-page.tsx'), 'DeskPage');
const desk = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/desk',
	validateSearch: readDeskSearch,
	component: DeskPage,
});
const deskChat = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/desk/chats/$chatId',
	validateSearch: readDeskSearch,
	component: DeskPage,
});
const deskSettings = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/desk/settings',
	validateSearch: readSettingsSearch,
	component: lazyRouteComponent(() => import('./pages/desk-settings/desk-settings-page.tsx'), 'DeskSettingsPage'),
});
const accounts = page(
	'/console/accounts',
	lazyRouteComponent(() => import('./pages/accounts/accounts-page.tsx'), 'AccountsPage'),
);
const account = page(
	'/console/accounts/$accountId',
	lazyRouteComponent(() => import('./pages/accounts/account-page.tsx'), 'AccountPage'),
);
const tokens = page(
	'/console/tokens',
	lazyRouteComponent(() => import('./pages/tokens/tokens-page.tsx'), 'TokensPage'),
);
const audit = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/audit',
	validateSearch: readAuditSearch,
	component: lazyRouteComponent(() => import('./pages/audit/audit-page.tsx'), 'AuditPage'),
});

const routeTree = root.addChildren([
	signInRoute,
	signedIn.addChildren([
		overview,
		deliveries,
		delivery,
		webhooks,
		webhook,
		instances,
		instance,
		phone,
		desk,
		deskChat,
		deskSettings,
		accounts,
		account,
		tokens,
		audit,
	]),
]);

export const router = createRouter({
	routeTree,
	context: { queryClient },
	defaultPendingComponent: Loading,
	defaultErrorComponent: Failed,
	defaultPreload: 'intent',
	scrollRestoration: true,
});

leaveBy(async (isToReturn) => {
	const { pathname, href } = router.state.location;
	// Of many requests that were refused at once the first has gone there.
	if (pathname === signInRoute.to) return;
	await router.navigate({ to: signInRoute.to, search: isToReturn ? { to: href } : {} });
});

declare module '@tanstack/react-router' {
	interface Register {
		router: typeof router;
	}
}

function textOf<Name extends string>(search: Record<string, unknown>, name: Name): { [N in Name]?: string } {
	const value = search[name];
	return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}
