import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Histogram } from './histogram.ts';

test('what is observed is counted in its bucket and in all above it, label by label', () => {
	const seconds = new Histogram({ name: 'x_seconds', help: 'How long', labels: ['outcome', 'class'], bounds: [0.1, 1] });
	seconds.observe(0.1, 'delivered', 'none');
	seconds.observe(0.5, 'delivered', 'none');
	seconds.observe(7, 'delivered', 'none');
	seconds.observe(0.5, 'retry', 'status');
	assert.deepEqual(seconds.text().split('\n'), [
		'# HELP x_seconds How long',
		'# TYPE x_seconds histogram',
		'x_seconds_bucket{outcome="delivered",class="none",le="0.1"} 1',
		'x_seconds_bucket{outcome="delivered",class="none",le="1"} 2',
		'x_seconds_bucket{outcome="delivered",class="none",le="+Inf"} 3',
		'x_seconds_sum{outcome="delivered",class="none"} 7.6',
		'x_seconds_count{outcome="delivered",class="none"} 3',
		'x_seconds_bucket{outcome="retry",class="status",le="0.1"} 0',
		'x_seconds_bucket{outcome="retry",class="status",le="1"} 1',
		'x_seconds_bucket{outcome="retry",class="status",le="+Inf"} 1',
		'x_seconds_sum{outcome="retry",class="status"} 0.5',
		'x_seconds_count{outcome="retry",class="status"} 1',
		'',
	]);
});

test('without labels it is there as zero from the start', () => {
	const sizes = new Histogram({ name: 'x', help: 'y', labels: [], bounds: [1] });
	assert.match(sizes.text(), /x_bucket\{le="1"\} 0\nx_bucket\{le="\+Inf"\} 0\nx_sum 0\nx_count 0\n$/);
	sizes.observe(1);
	assert.match(sizes.text(), /x_bucket\{le="1"\} 1\nx_bucket\{le="\+Inf"\} 1\nx_sum 1\nx_count 1\n$/);
});

test('what a label says cannot end it', () => {
	const histogram = new Histogram({ name: 'x', help: 'y', labels: ['route'], bounds: [] });
	histogram.observe(1, 'a"b\\c\nd');
	assert.match(histogram.text(), /x_count\{route="a\\"b\\\\c\\nd"\} 1\n/);
});
