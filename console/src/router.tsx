/** The way from page to page. Each page is fetched when it is first gone to. */

import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { fetched } from './api/code.ts';
import { ownPath } from './api/own-path.ts';
import { queryClient } from './api/query-client.ts';
import { isAdministrator, type Session, SIGN_IN_PATH, sessionQuery, signIn } from './api/session.ts';
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
import { lackingAt, placesFor } from './shell/places.ts';
import { Shell } from './shell/shell.tsx';

/** A one-time link has its code behind the `#`, where no server and no log sees it. */
const CODE = /^#?code=([\w-]+)$/;

/** What a page is made of, once it is needed: see `api/code.ts` for when it is not to be had. */
// biome-ignore lint/suspicious/noExplicitAny: as the router has it
const pageOf = <Module extends Record<string, any>, Name extends keyof Module & string>(load: () => Promise<Module>, name: Name) =>
	lazyRouteComponent(() => fetched(load), name);

const root = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({ notFoundComponent: Missing });

const signInRoute = createRoute({
	getParentRoute: () => root,
	path: SIGN_IN_PATH,
	validateSearch: (search: Record<string, unknown>): { to?: string; failed?: string } => ({
		...textOf(search, 'to'),
		...textOf(search, 'failed'),
	}),
	beforeLoad: async ({ context, search: { to = '/' } }) => {
		// Where that cannot be told, one can try to sign in.
		const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => null);
		if (session) throw redirect({ href: ownPath(to) ?? '/', replace: true });
	},
	component: pageOf(() => import('./pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const signedIn = createRoute({
	getParentRoute: () => root,
	id: 'signed-in',
	component: Shell,
	beforeLoad: async ({ context, location }) => {
		const [, code] = CODE.exec(location.hash) ?? [];
		const isIn = code !== undefined && (await signsIn(code));
		if (isIn) throw redirect({ to: '/console/phone', replace: true });
		const session = await context.queryClient.ensureQueryData(sessionQuery);
		if (!session) throw redirect({ to: SIGN_IN_PATH, search: code === undefined ? { to: location.href } : { failed: 'code' } });
		// An old link, of somebody who is signed in anyway.
		if (code !== undefined) throw redirect({ href: location.pathname, replace: true });
		const instead = insteadOf(location.pathname, session);
		if (instead !== undefined) throw redirect({ to: instead });
	},
});

async function signsIn(code: string): Promise<boolean> {
	return await signIn({ code }).then(
		() => true,
		() => false,
	);
}

/** Where those go who came to a page that is not for them. Whoever may see some pages alone, and came to one in particular, is told what they lack. */
function insteadOf(path: string, session: Session): string | undefined {
	if (!isAdministrator(session)) return path.startsWith('/console/desk') ? undefined : '/console/desk';
	const isAnywhere = path === '/' && lackingAt(path, session).length > 0;
	return isAnywhere ? placesFor(session)[0]?.places[0]?.to : undefined;
}

/** As one who shortens the address of a page comes there. */
const itself = createRoute({
	getParentRoute: () => signedIn,
	path: 'console',
	beforeLoad: () => {
		throw redirect({ to: '/', replace: true });
	},
});

const page = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
	createRoute({ getParentRoute: () => signedIn, path, component });

const overview = createRoute({
	getParentRoute: () => signedIn,
	path: '/',
	validateSearch: readOverviewSearch,
	component: pageOf(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
});
const deliveries = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/deliveries',
	validateSearch: readDeliverySearch,
	component: pageOf(() => import('./pages/deliveries/deliveries-page.tsx'), 'DeliveriesPage'),
});
const delivery = page(
	'/console/deliveries/$deliveryId',
	pageOf(() => import('./pages/deliveries/delivery-page.tsx'), 'DeliveryPage'),
);
const webhooks = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/webhooks',
	validateSearch: readWebhooksSearch,
	component: pageOf(() => import('./pages/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
});
const webhook = page(
	'/console/webhooks/$webhookId',
	pageOf(() => import('./pages/webhooks/webhook-page.tsx'), 'WebhookPage'),
);
const instances = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/instances',
	validateSearch: readInstancesSearch,
	component: pageOf(() => import('./pages/instances/instances-page.tsx'), 'InstancesPage'),
});
const instance = page(
	'/console/instances/$instanceId',
	pageOf(() => import('./pages/instances/instance-page.tsx'), 'InstancePage'),
);
const phone = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/phone',
	validateSearch: readPhoneSearch,
	component: pageOf(() => import('./pages/phone/phone-page.tsx'), 'PhonePage'),
});
const DeskPage = pageOf(() => import('./pages/desk/desk-page.tsx'), 'DeskPage');
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
	component: pageOf(() => import('./pages/desk-settings/desk-settings-page.tsx'), 'DeskSettingsPage'),
});
const accounts = page(
	'/console/accounts',
	pageOf(() => import('./pages/accounts/accounts-page.tsx'), 'AccountsPage'),
);
const account = page(
	'/console/accounts/$accountId',
	pageOf(() => import('./pages/accounts/account-page.tsx'), 'AccountPage'),
);
const tokens = page(
	'/console/tokens',
	pageOf(() => import('./pages/tokens/tokens-page.tsx'), 'TokensPage'),
);
const audit = createRoute({
	getParentRoute: () => signedIn,
	path: '/console/audit',
	validateSearch: readAuditSearch,
	component: pageOf(() => import('./pages/audit/audit-page.tsx'), 'AuditPage'),
});
const settings = page(
	'/console/settings',
	pageOf(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
);

const routeTree = root.addChildren([
	signInRoute,
	signedIn.addChildren([
		overview,
		itself,
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
		settings,
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

declare module '@tanstack/react-router' {
	interface Register {
		router: typeof router;
	}
}

function textOf<Name extends string>(search: Record<string, unknown>, name: Name): { [N in Name]?: string } {
	const value = search[name];
	return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}
