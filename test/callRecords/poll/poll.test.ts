import { startState, type Look } from '../../../nodes/callRecords/poll/plan';
import { pollOnce, type Followed } from '../../../nodes/callRecords/poll/poll';
import { FOLLOW_OPTIONS } from '../../support/oneCall';

const HOUR = 3600;
const START = Math.floor(Date.UTC(2026, 5, 10, 9) / 1000);
const OPTIONS = { ...FOLLOW_OPTIONS, isBaseline: false, isLate: () => false };

const call = (id: string, started: number): Followed<string> => ({
	id,
	started,
	content: 'same--',
	item: id,
});

it('a poll hands on the oldest calls first, in whatever order they were read', async () => {
	const calls = [5, 1, 3].map((minutes) => call(`r${minutes}`, START + minutes * 60));
	const now = START + 600;
	const read = async () => await Promise.resolve([...calls]);
	const all = await pollOnce(startState('f', START), read, { ...OPTIONS, now });
	expect(all.items.map(({ item }) => item)).toEqual(['r1', 'r3', 'r5']);
	const some = await pollOnce(startState('f', START), read, { ...OPTIONS, now, most: 1 });
	expect(some.items.map(({ item }) => item)).toEqual(['r1']);
	expect(some.isPartial).toBe(true);
	const rest = await pollOnce(some.state, read, { ...OPTIONS, now });
	expect(rest.items.map(({ item }) => item)).toEqual(['r3', 'r5']);
});

it('a look that finds the count unchanged is over, as one that reads is', async () => {
	const now = START + 50 * HOUR;
	const looksOf = async (counted: 'unchanged' | Array<Followed<string>>) => {
		const looks: Look[][] = [];
		let state = startState('f', START);
		for (let poll = 0; poll < 12; poll++) {
			looks.push([]);
			const polled = await pollOnce(
				state,
				async (look) => {
					looks[poll].push(look);
					return await Promise.resolve(look.countSuffices ? counted : []);
				},
				{ ...OPTIONS, now },
			);
			({ state } = polled);
		}
		return looks;
	};
	const counting = await looksOf('unchanged');
	expect(counting).toEqual(await looksOf([]));
	expect(counting.flat().filter(({ countSuffices }) => countSuffices).length).toBeGreaterThan(0);
	expect(counting[11].filter(({ kind }) => kind !== 'first')).toEqual([]);
});
