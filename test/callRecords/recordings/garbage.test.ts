import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';

import { createLook, createTidying } from '../../../nodes/callRecords/recordings/garbage';

describe('tidying', () => {
	it('looks for garbage with the first records, and again after each so many', () => {
		let looks = 0;
		const tidy = createTidying(1000, () => looks++);
		const seen = Array.from({ length: 25 }, () => {
			tidy(100);
			return looks;
		});
		expect(seen).toEqual([
			...Array<number>(10).fill(1),
			...Array<number>(10).fill(2),
			3,
			3,
			3,
			3,
			3,
		]);
	});

	it('makes V8 look everywhere, and takes no memory for it', async () => {
		let looks = 0;
		const observer = new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) {
				const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
				if (kind !== constants.NODE_PERFORMANCE_GC_MINOR) looks++;
			}
		});
		observer.observe({ entryTypes: ['gc'] });
		const tidy = createTidying(1);
		const before = process.memoryUsage.rss();
		for (let i = 0; i < 40 && looks === 0; i++) {
			tidy(1);
			await pause(50);
		}
		observer.disconnect();
		expect(looks).toBeGreaterThan(0);
		expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
	});

	it('makes V8 give back the space that new objects took', async () => {
		const newSpace = () =>
			getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ??
			NaN;
		const kept: object[] = [];
		for (let i = 0; i < 400 && newSpace() < 16e6; i++) {
			for (let row = 0; row < 10_000; row++) kept.push({ row });
		}
		const before = newSpace();
		const tidy = createTidying(1);
		for (let i = 0; i < 20 && newSpace() === before; i++) {
			tidy(1);
			await pause(50);
		}
		expect(newSpace()).toBeLessThan(before / 2);
	});

	it('asks for less where so much is rejected, and next time, too', () => {
		const asked: number[] = [];
		const look = createLook((bytes) => {
			asked.push(bytes);
			if (bytes > 700e6) throw new RangeError('Array buffer allocation failed');
		});
		look();
		look();
		expect(asked).toEqual([4800e6, 2400e6, 1200e6, 600e6, 600e6]);
	});

	it('lets the export go on where everything is refused', () => {
		let asked = 0;
		const look = createLook(() => {
			asked++;
			throw new RangeError('Array buffer allocation failed');
		});
		look();
		look();
		expect(asked).toBe(7);
	});
});
