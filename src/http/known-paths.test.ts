import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KnownPaths } from './known-paths.ts';

test('a path has the methods of every route that it fits', () => {
	const paths = new KnownPaths();
	paths.add('/queue/:id', 'DELETE');
	paths.add('/queue/count', ['GET', 'HEAD']);
	paths.add('/docs/*', 'GET');
	paths.add('/a.b', 'POST');
	paths.add('/', 'GET');
	const cases: readonly (readonly [string, readonly string[]])[] = [
		['/queue/7', ['DELETE']],
		['/queue/count', ['DELETE', 'GET', 'HEAD']],
		['/queue/7/', ['DELETE']],
		['//queue//7', ['DELETE']],
		['/queue', []],
		['/queue/7/8', []],
		['/docs/x/y.js', ['GET']],
		['/a.b', ['POST']],
		['/axb', []],
		['/', ['GET']],
	];
	for (const [path, methods] of cases) assert.deepEqual(paths.methodsOf(path), methods, path);
});
