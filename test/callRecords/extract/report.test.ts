import { createReport } from '../../../nodes/callRecords/extract/report';
import type { Connection } from '../../../nodes/callRecords/transport/connection';
import type { RequestReport } from '../../../nodes/callRecords/transport/request';

const range = { from: 1_741_048_500, to: 1_741_052_099 };
const requests = (other: Partial<RequestReport> = {}) => ({
	requests: 4,
	retries: 0,
	logins: 1,
	...other,
});

describe('what a run tells about itself', () => {
	it('is nothing when nothing was unusual', () => {
		const report = createReport(requests());
		expect(report.total).toBeNull();
		report.note({ kind: 'total', total: 300 });
		expect(report.total).toBe(300);
		report.note({ kind: 'slice', range, records: 300 });
		report.records = 300;
		expect(report.hints('Commo')).toEqual([]);
	});

	it.each([
		[1, 'Commo contradicted itself 1 time; those parts were read again until they added up.'],
		[3, 'Commo contradicted itself 3 times; those parts were read again until they added up.'],
	])('is that the platform contradicted itself, %i times', (times, says) => {
		const report = createReport(requests());
		for (let i = 0; i < times; i++) report.note({ kind: 'readAgain', range });
		expect(report.hints('Commo')).toEqual([says]);
	});

	it('is that requests had to be repeated, and that pages are smaller', () => {
		const report = createReport(requests({ retries: 2 }));
		report.note({ kind: 'smallerPages', pageSize: 100 });
		expect(report.hints('Commo')).toEqual([
			'2 of 4 requests to Commo had to be repeated.',
			'Commo sends only 100 records in one reply, fewer than asked for.',
		]);
	});

	it('is, when asked for, all of its figures', () => {
		const counted = requests();
		const report = createReport(counted);
		const connection = {
			settings: { host: 'voice.example.com:4434', zone: 'Asia/Shanghai' },
			platform: { name: 'commo' },
		} as Connection;
		expect(report.figures(range, connection)).toMatchObject({ vendorTotal: null, windows: 0 });
		report.note({ kind: 'total', total: 0 });
		report.note({ kind: 'slice', range, records: 0 });
		report.note({ kind: 'readAgain', range });
		counted.requests = 9;
		counted.retries = 1;
		expect(report.figures(range, connection)).toEqual({
			platform: 'commo',
			host: 'voice.example.com:4434',
			from: '2025-03-04T08:35:00+08:00',
			to: '2025-03-04T09:34:59+08:00',
			records: 0,
			vendorTotal: 0,
			requests: 9,
			retries: 1,
			logins: 1,
			windows: 1,
			windowsReadAgain: 1,
		});
	});
});
