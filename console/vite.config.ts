/** How the console is built: `npm run build:console`. The gateway replaces the nonce in each page that it serves (`src/http/console-files.ts`). */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mantineStyles } from './mantine-styles.ts';

/** A module that so many pages use is worth its bytes in the first load. */
const SHARED_BY_MIN = 4;
/** What forms, dialogs and news are made of comes with the first of them. */
const LATER = [
	...[
		'Accordion',
		'Checkbox',
		'Combobox',
		'Container',
		'List',
		'Modal',
		'Notification',
		'NumberInput',
		'PasswordInput',
		'Progress',
		'Radio',
	],
	...['Select', 'Switch', 'Table', 'Textarea', 'Tooltip'],
].map((name) => `/components/${name}`);
const LATER_PACKAGES = [
	'@mantine/notifications',
	'react-number-format',
	'react-remove-scroll',
	'react-textarea-autosize',
	'react-transition-group',
];
const LATER_PARTS = ['account-picker', 'account-select', 'confirm', 'form-dialog', 'shown-once'];

export default defineConfig({
	root: import.meta.dirname,
	plugins: [react(), mantineStyles()],
	html: { cspNonce: 'RECADO_NONCE' },
	build: {
		outDir: 'dist',
		emptyOutDir: true,
		// The policy of the page allows no inline data but images.
		assetsInlineLimit: 0,
		rolldownOptions: {
			output: {
				codeSplitting: {
					// What most pages share is one file: a hundred small ones compress badly, and each costs a request.
					groups: [{ name: 'shared', minShareCount: SHARED_BY_MIN, test: isOfFirst }],
				},
			},
		},
		modulePreload: { polyfill: false },
		// These know `light-dark()`. For older ones it would be rewritten into variables that nothing sets here: Mantine says `color-scheme` in its own style.
		cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
		// What counts is what goes over the wire, and a test counts that (`test/console/first-load.e2e.ts`).
		chunkSizeWarningLimit: 1_000,
	},
});

function isOfFirst(id: string): boolean {
	const later = [...LATER, ...LATER_PACKAGES.map((name) => `/${name}/`), ...LATER_PARTS.map((name) => `/${name}.tsx`)];
	return !later.some((part) => id.includes(part));
}
