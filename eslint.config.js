/** Biome lints everything else: here are only the five rules that need types and that Biome does not have, or not yet out of its nursery. */
import tseslint from 'typescript-eslint';

export default [
	{ ignores: ['node_modules/', 'coverage/', 'data/', 'console/dist*/'] },
	{
		files: ['src/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts', 'console/src/**/*.{ts,tsx}'],
		languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
		plugins: { '@typescript-eslint': tseslint.plugin },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'@typescript-eslint/no-floating-promises': [
				'error',
				{ allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] }] },
			],
			'@typescript-eslint/no-misused-promises': 'error',
			// A default clause is a decision about the rest.
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			// The router is told to go elsewhere by what is thrown.
			'@typescript-eslint/only-throw-error': [
				'error',
				{ allow: [{ from: 'package', package: '@tanstack/router-core', name: 'Redirect' }] },
			],
			// Inside try a promise must be awaited, or its rejection passes by the catch; elsewhere both ways are right.
			'@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
		},
	},
];
