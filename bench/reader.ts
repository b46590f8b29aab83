/**
 * How many requests the reader takes for each one that is needed at least.
 *
 *     npx tsx bench/reader.ts [--limits] [--records 4000,20000,100000] [--seeds 3]
 *
 * Every read is checked: all records, each once. Nothing is timed.
 */
import { readCase, type ReadCase } from './lib/readCases';
import { LIMITED_CASES, READ_CASES } from './lib/readCases';

interface Figures {
	median: number;
	worst: number;
	worstCase: string;
	cases: number;
}

function option(name: string): string | undefined {
	const place = process.argv.indexOf(`--${name}`);
	return place < 0 ? undefined : (process.argv[place + 1] ?? '');
}

function summary(results: Array<{ name: string; ratio: number }>): Figures {
	const sorted = [...results].sort((a, b) => a.ratio - b.ratio);
	const worst = sorted[sorted.length - 1];
	return {
		median: sorted[Math.floor(sorted.length / 2)].ratio,
		worst: worst.ratio,
		worstCase: worst.name,
		cases: sorted.length,
	};
}

function nameOf({
	shape,
	days,
	records,
	pageSize,
	sort,
	isCounted,
	atOnce,
	limit,
}: ReadCase): string {
	const counted = isCounted ? 'counted' : 'not counted';
	const wanted = limit === undefined ? '' : `, limit ${limit}`;
	return `${shape}, ${days} d, ${records} records, ${pageSize} a reply, ${sort}, ${counted}, ${atOnce} at once${wanted}`;
}

async function main(): Promise<void> {
	const seeds = Number(option('seeds') ?? 1);
	const sizes = option('records')?.split(',').map(Number);
	const isLimited = process.argv.includes('--limits');
	const cases = isLimited ? LIMITED_CASES : READ_CASES;
	const groups = new Map<string, Array<{ name: string; ratio: number }>>();
	for (const read of cases) {
		if (sizes && !sizes.includes(read.records)) continue;
		const isSorted = read.sort !== 'unsorted';
		const limit = read.limit === undefined ? '' : `, limit ${read.limit} of ${read.pageSize}`;
		const counted = isSorted ? '' : read.isCounted ? ', counted' : ', not counted';
		const group = `${isSorted ? 'sorted' : 'unsorted'}${counted}, ${read.shape}${limit}`;
		for (let seed = 1; seed <= seeds; seed++) {
			const { requests, fewest } = await readCase(read, seed);
			const ratio = read.limit === undefined ? requests / fewest : requests;
			groups.set(group, [...(groups.get(group) ?? []), { name: nameOf(read), ratio }]);
		}
	}
	console.log(`| lists | reads | median | worst | the worst one |\n|---|---|---|---|---|`);
	for (const [group, results] of groups) {
		const { cases: count, median, worst, worstCase } = summary(results);
		console.log(
			`| ${group} | ${count} | ${median.toFixed(2)} | ${worst.toFixed(2)} | ${worstCase} |`,
		);
	}
}

void main();
