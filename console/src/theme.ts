/** Colours and sizes. Each colour that carries text has a contrast of at least 4.5 to 1 with what is behind it (WCAG 2.2, 1.4.3). */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, type MantineTheme } from '@mantine/core';
import { language } from './i18n/language.ts';
import { words } from './i18n/words.ts';

const WORDS = words({ en: { reveal: 'Show what was typed' }, pt: { reveal: 'Mostrar o que foi digitado' } });

const GREEN: MantineColorsTuple = [
	'#e8f6f2',
	'#d3ebe4',
	'#a5d7c9',
	'#74c2ac',
	'#4db194',
	'#35a685',
	'#1f8a6d',
	'#147a5f',
	'#0b6b52',
	'#035a44',
];

/** One of ALERTS, which what else warns without being one has as well. */
export const YELLOW_ALERT = ['light-dark(#fdf9ee, #24221b)', 'light-dark(#eadcb4, #453c27)', 'light-dark(#6b4700, #e8c680)'] as const;

/** Ground, border, and what is written in colour on it (title and icon), light and dark: told apart from what is around it, and no louder than that. */
const ALERTS: Readonly<Record<string, readonly [ground: string, border: string, colour: string]>> = {
	red: ['light-dark(#fdf4f4, #261f21)', 'light-dark(#f2d2d2, #4b3236)', 'light-dark(#9c1c24, #f5a9a9)'],
	yellow: YELLOW_ALERT,
	green: ['light-dark(#f1f9f6, #1b2522)', 'light-dark(#c8e4da, #294a3f)', 'light-dark(#035a44, #86d3b8)'],
};

export const THEME = createTheme({
	primaryColor: 'green',
	primaryShade: { light: 8, dark: 8 },
	autoContrast: true,
	luminanceThreshold: 0.35,
	colors: { green: GREEN },
	fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
	fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", Menlo, monospace',
	defaultRadius: 'md',
	cursorType: 'pointer',
	respectReducedMotion: true,
	components: {
		Alert: { vars: (_theme: MantineTheme, { color }: { readonly color?: string }) => ({ root: alertColours(color) }) },
		// It would stand among the items as one that is none (axe: aria-required-children); without it the first item has the focus, as WAI-ARIA has it.
		Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
		// Mantine's own label is English. Asked for with each rendering: whoever says it is rendered anew with another language.
		PasswordInput: { defaultProps: () => ({ visibilityToggleButtonProps: { 'aria-label': WORDS[language()].reveal } }) },
	},
});

/** Mantine's own in a colour that is none of these. */
function alertColours(color = ''): Readonly<Record<string, string>> {
	const [ground, border, colour] = ALERTS[color] ?? [];
	if (ground === undefined) return {};
	return { '--alert-bg': ground, '--alert-bd': `1px solid ${border}`, '--alert-color': `${colour}` };
}

/** Mantine's own are too pale on white, and on the dark body. */
export const VARIABLES: CSSVariablesResolver = () => ({
	variables: {},
	light: {
		'--mantine-color-dimmed': '#565e66',
		'--mantine-color-placeholder': '#6b737b',
		'--mantine-color-error': '#c01c28',
		'--mantine-color-body': '#fbfcfc',
		'--recado-surface': '#ffffff',
		'--recado-line': '#dfe4e6',
	},
	dark: {
		'--mantine-color-dimmed': '#a9b0b6',
		'--mantine-color-placeholder': '#8f969c',
		'--mantine-color-error': '#ff8787',
		'--mantine-color-body': '#15181a',
		'--recado-surface': '#1d2124',
		'--recado-line': '#33393d',
	},
});
