/**
 * What `npm test` prints: the runner's own spec report with a short word on coverage in place of its table of every file, and the runner's
 * summary (tests, pass, fail, duration) as the last lines, whatever comes before.
 */
import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';

/** Files below this share of covered lines are named. */
const NAMED_BELOW_PERCENT = 80;
const NAMED_MAX = 12;

export default async function* report(source) {
	yield* Readable.from(reorder(source)).pipe(new spec());
}

async function* reorder(source) {
	const summary = [];
	for await (const event of source) {
		if (event.type === 'test:coverage') yield coverageLines(event.data);
		else if (event.type === 'test:diagnostic' && event.data.nesting === 0 && event.data.file === undefined) summary.push(event);
		else yield event;
	}
	yield* summary;
}

function coverageLines({ summary, nesting }) {
	const { totals, files, workingDirectory } = summary;
	const weak = files
		.filter((file) => file.coveredLinePercent < NAMED_BELOW_PERCENT)
		.sort((a, b) => a.coveredLinePercent - b.coveredLinePercent)
		.map((file) => `${file.coveredLinePercent.toFixed(0)} % ${file.path.slice(workingDirectory.length + 1)}`);
	const whole = `coverage of src: ${totals.coveredLinePercent.toFixed(2)} % of lines, ${files.length} files`;
	const named = weak.length > NAMED_MAX ? [...weak.slice(0, NAMED_MAX), `${weak.length - NAMED_MAX} more`] : weak;
	const message = weak.length === 0 ? whole : `${whole}; below ${NAMED_BELOW_PERCENT} %: ${named.join(', ')}`;
	return { type: 'test:diagnostic', data: { nesting, message } };
}
