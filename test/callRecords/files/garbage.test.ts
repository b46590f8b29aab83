import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

import { createTidying } from '../../../nodes/callRecords/files/garbage';

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
});
