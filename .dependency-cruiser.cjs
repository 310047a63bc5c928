/**
 * Who may import whom: the table of docs/architecture.md, as rules. Each room has a list of what it may reach inside `src`; anything else fails.
 * `test/tooling/import-rules.test.ts` plants violations and sees them fail.
 */

/** Unit tests stand beside the code and may import anything; see the last rules for what may not import them. */
const UNIT_TEST = '\\.test\\.ts$';

const DOMAIN = '^src/domain/';
const PORTS = '^src/ports/';
const ERRORS = '^src/error(s|-words)\\.ts$';
const OBSERVE = '^src/observe/';
const NPM = '(^|/)node_modules/';

/** `from` may import, within `src`, only what `allowed` names. */
function room(name, from, allowed) {
	return {
		name: `room-${name}`,
		comment: `${name} may import only: ${allowed.join('  ')}`,
		severity: 'error',
		from: { path: from, pathNot: UNIT_TEST },
		to: { path: '^src/', pathNot: [from, ...allowed] },
	};
}

/** A sibling of the same kind (another store, channel or dialect) is out of reach; `$1` is the importing one. */
function siblings(kind, shared = []) {
	return {
		name: `siblings-${kind}`,
		comment: `One of src/${kind} never imports another.`,
		severity: 'error',
		from: { path: `^src/${kind}/([^/]+)/`, pathNot: UNIT_TEST },
		to: { path: `^src/${kind}/`, pathNot: [`^src/${kind}/$1/`, ...shared] },
	};
}

module.exports = {
	forbidden: [
		{
			name: 'no-cycles',
			comment: 'Cycles, type-only ones included, hide which of two things needs the other.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{ name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },

		room('domain', DOMAIN, []),
		{
			name: 'domain-is-pure',
			comment: 'The domain knows no HTTP, no SQL and no clock: no package and no module of Node.js.',
			severity: 'error',
			from: { path: DOMAIN, pathNot: UNIT_TEST },
			to: { dependencyTypesNot: ['local'] },
		},
		room('ports', PORTS, [DOMAIN, ERRORS]),
		{
			name: 'ports-are-shapes',
			comment: "Ports import nothing but types: Fastify's, for what a dialect registers.",
			severity: 'error',
			from: { path: PORTS, pathNot: UNIT_TEST },
			to: { dependencyTypesNot: ['local', 'type-only'] },
		},
		room('errors', ERRORS, []),
		room('observe', OBSERVE, [DOMAIN, PORTS, ERRORS]),
		room('messaging', '^src/messaging/', [DOMAIN, PORTS, ERRORS, OBSERVE]),
		room('service-desk', '^src/service-desk/', [DOMAIN, PORTS, ERRORS, OBSERVE, '^src/messaging/']),
		room('access', '^src/access/', [DOMAIN, PORTS, ERRORS, OBSERVE, '^src/messaging/', '^src/service-desk/']),
		room('delivery', '^src/delivery/', [DOMAIN, PORTS, ERRORS, OBSERVE]),
		room('insight', '^src/insight/', [DOMAIN, PORTS, ERRORS, OBSERVE]),
		room('store', '^src/store/', [DOMAIN, PORTS, ERRORS]),
		siblings('store', ['^src/store/shared/']),
		room('channels', '^src/channels/', [DOMAIN, PORTS, ERRORS]),
		siblings('channels'),
		room('net', '^src/net/', [DOMAIN, PORTS, ERRORS]),
		room('system', '^src/system/', [DOMAIN, PORTS, ERRORS]),
		room('dialects', '^src/dialects/', [DOMAIN, PORTS, ERRORS, '^src/(messaging|delivery|service-desk|access|insight)/']),
		// Plugchat relays the Z-API envelope (contracts, quirk 33): both write it with src/dialects/callbacks.
		siblings('dialects', ['^src/dialects/callbacks/', '^src/dialects/open-api/']),
		{
			name: 'callbacks-are-of-two',
			comment: 'Only Plugchat, with its partner API, and Z-API share the callbacks.',
			severity: 'error',
			from: { path: '^src/', pathNot: ['^src/dialects/(callbacks|plugchat|plugchat-partner|z-api)/', '^src/app\\.ts$', UNIT_TEST] },
			to: { path: '^src/dialects/callbacks/' },
		},
		room('http', '^src/http/', [PORTS, ERRORS, OBSERVE]),
		room('config', '^src/config/', [ERRORS]),
		room('composition', '^src/composition/', [
			'^src/(domain|ports|observe|messaging|service-desk|access|delivery|insight|channels|net|system|dialects|http|config)/',
			'^src/(stores|errors)\\.ts$',
		]),
		room('cli', '^src/cli/', ['^src/config/', '^src/(app|stores)\\.ts$', '^src/transfer/']),
		room('transfer', '^src/transfer/', [DOMAIN, PORTS, ERRORS]),
		{
			name: 'app-is-the-root',
			comment: 'The composition root is imported by the command and by tests alone.',
			severity: 'error',
			from: { path: '^src/', pathNot: ['^src/cli/', '^src/app\\.ts$', UNIT_TEST] },
			to: { path: '^src/app\\.ts$' },
		},
		{
			name: 'composition-is-the-roots',
			comment: 'What a part is made of concerns the composition root alone.',
			severity: 'error',
			from: { path: '^src/', pathNot: ['^src/composition/', '^src/app\\.ts$', UNIT_TEST] },
			to: { path: '^src/composition/' },
		},
		{
			name: 'room-unknown',
			comment: 'A new folder of src needs a line in this table.',
			severity: 'error',
			from: {
				path: '^src/',
				pathNot: [
					'^src/(app|stores|errors|error-words)\\.ts$',
					'^src/(domain|ports|observe|messaging|service-desk|access|delivery|insight|store|transfer|channels|net|system|dialects|http|config|composition|cli)/',
				],
			},
			to: {},
		},

		{
			name: 'src-without-tests',
			comment: 'What ships imports no test, benchmark, example or script.',
			severity: 'error',
			from: { path: '^src/', pathNot: UNIT_TEST },
			to: { path: ['^(test|bench|examples|scripts)/', UNIT_TEST] },
		},
		{
			name: 'console-by-http',
			comment: 'The console knows the gateway by its public API alone; nothing of it ships in the gateway but what it is built into.',
			severity: 'error',
			from: { path: '^console/' },
			to: { path: '^(src|test|bench|scripts|examples)/' },
		},
		{
			name: 'gateway-without-console',
			comment: 'The gateway serves the files of the console and imports none.',
			severity: 'error',
			from: { path: '^src/' },
			to: { path: '^console/' },
		},
		{
			name: 'examples-from-outside',
			comment: 'An example has the gateway before it as a user has; of src it takes only the authority that its certificate comes from.',
			severity: 'error',
			from: { path: '^examples/' },
			to: { path: '^(src|test|bench|scripts)/', pathNot: '^src/cli/local-authority\\.ts$' },
		},
		{
			name: 'src-without-dev-packages',
			comment: 'What ships runs on the dependencies alone.',
			severity: 'error',
			from: { path: '^src/', pathNot: UNIT_TEST },
			to: { path: NPM, dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		// They have packages of their own, installed where the benchmark runs them.
		exclude: { path: '^bench/peers/.*\\.mjs$' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		combinedDependencies: false,
		enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
	},
};
