import { createRandom } from '../../vendors/random';
import { listSource, readAll, type ListOptions, type Row } from '../../support/listSource';

const DAY = 86_400;
/** A Monday. */
const FROM = 20_000 * DAY + 4 * DAY;

/** How busy an hour of a week is, from 0 to 1. */
type Shape = (dayOfWeek: number, hour: number) => number;

/** By day of the week. */
const WEEKEND: Record<number, number> = { 0: 0.05, 6: 0.2 };

const SHAPES: Record<string, Shape> = {
	even: () => 1,
	office: (day, hour) => {
		if (hour < 7 || hour >= 20) return 0.03;
		const isFull = hour >= 9 && hour < 18 && hour !== 12;
		return (WEEKEND[day] ?? 1) * (isFull ? 1 : 0.5);
	},
	'opening hours': (day, hour) => {
		if (day === 0 || day === 6) return 0.01;
		if (hour < 9 || hour >= 17) return 0.005;
		return hour < 10 ? 1 : 0.6;
	},
};

function callsOf(shape: Shape, count: number, days: number): Row[] {
	const random = createRandom(count + days);
	const rows: Row[] = [];
	while (rows.length < count) {
		const at = FROM + random.whole(0, days * DAY - 1);
		const dayOfWeek = (Math.floor(at / DAY) + 4) % 7;
		const hour = Math.floor((at % DAY) / 3600);
		if (random.chance(shape(dayOfWeek, hour))) rows.push({ id: `r${rows.length}`, at });
	}
	return rows;
}

async function requestsFor(rows: Row[], days: number, options: Partial<ListOptions>) {
	const { pageSize = 100, order = 'newest' } = options;
	const most = 30 * Math.ceil(rows.length / pageSize) + 30;
	const list = listSource({
		rows,
		...options,
		pageSize,
		order,
		before({ number }) {
			if (number > most) throw new Error('this takes for ever');
		},
	});
	const { ids } = await readAll({ from: FROM, to: FROM + days * DAY - 1 }, list.source);
	expect([...ids].sort()).toEqual(rows.map(({ id }) => id).sort());
	return list.requests.length / Math.ceil(rows.length / pageSize);
}

describe.each<[NonNullable<ListOptions['order']>]>([['newest'], ['oldest'], ['lastEnded']])(
	'from a server that sends the %s first',
	(order) => {
		it.each([
			['even', 30, true, 1.5],
			['office', 30, true, 1.6],
			['opening hours', 30, true, 1.65],
			['even', 30, false, 1.6],
			['office', 30, false, 1.9],
			['opening hours', 30, false, 1.9],
			// Nothing can be known yet of how a day goes.
			['office', 1, true, 2.3],
		] as const)(
			'%s calls of %i days, counted: %s, take at most %f times the least number of replies',
			async (shape, days, tellsTotal, most) => {
				const rows = callsOf(SHAPES[shape], 4000, days);
				const ratio = await requestsFor(rows, days, { order, tellsTotal, tellsMore: true });
				expect(ratio).toBeLessThanOrEqual(most);
			},
		);
	},
);

it.each([true, false])(
	'ends where the server sends in no order and a day begins sharply, counted: %s',
	async (tellsTotal) => {
		const rows = callsOf(SHAPES['opening hours'], 4000, 1);
		const options = { order: 'shuffled', tellsTotal, tellsMore: true } as const;
		expect(await requestsFor(rows, 1, options)).toBeLessThanOrEqual(4);
	},
);

it.each([
	['newest', true],
	['newest', false],
	['oldest', false],
	['shuffled', false],
] as const)(
	'finds the one second that holds nearly all calls, %s first, counted: %s',
	async (order, tellsTotal) => {
		const at = [FROM, ...Array.from({ length: 350 }, () => FROM + 40_000), FROM + 80_000];
		const rows = at.map((time, i) => ({ id: `r${i}`, at: time }));
		const ratio = await requestsFor(rows, 1, { order, tellsTotal, tellsMore: true });
		expect(ratio).toBeLessThanOrEqual(20);
	},
);
