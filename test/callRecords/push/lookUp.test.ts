import type { ReadRecord } from '../../../nodes/callRecords/extract/source';
import { lookUp } from '../../../nodes/callRecords/push/lookUp';

const legs = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ id: String(i) }) as ReadRecord);

/** What the platform has at each try. */
function scene(counts: number[], hasLegs: boolean) {
	const pauses: number[] = [];
	let tries = 0;
	const find = async () => legs(counts[Math.min(tries++, counts.length - 1)]);
	const pause = async (seconds: number) => void pauses.push(seconds);
	return { pauses, tries: () => tries, found: lookUp(find, hasLegs, pause) };
}

it('takes a call that is there at once, without a pause', async () => {
	const { found, pauses } = scene([1], false);
	expect(await found).toHaveLength(1);
	expect(pauses).toEqual([]);
});

it('tries after 1, 2, 4, 8 … seconds, at most a minute in all', async () => {
	const { found, pauses, tries } = scene([0], false);
	expect(await found).toBeNull();
	expect(pauses.slice(0, 4)).toEqual([1, 2, 4, 8]);
	const total = pauses.reduce((sum, pause) => sum + pause, 0);
	expect(total).toBeLessThanOrEqual(60);
	expect(total).toBeGreaterThan(45);
	expect(tries()).toBe(pauses.length + 1);
});

it('waits until two tries found the same legs, where they are written one after the other', async () => {
	const { found, pauses } = scene([0, 1, 3, 3, 4], true);
	expect(await found).toHaveLength(3);
	expect(pauses).toEqual([1, 2, 4]);
});

it('gives the legs that are there when time is over', async () => {
	const { found } = scene([1, 2, 3, 4, 5, 6, 7], true);
	expect(await found).toHaveLength(7);
});

it('passes on what a try throws', async () => {
	const failing = lookUp(
		async () => await Promise.reject(new Error('refused')),
		false,
		async () => undefined,
	);
	await expect(failing).rejects.toThrow('refused');
});
