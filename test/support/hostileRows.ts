import fc from 'fast-check';

import { CALL_RECORD_FIELDS, type CallRecord } from '../../nodes/callRecords/callRecord';

type Row = Record<string, unknown>;

export interface HostileScene {
	platform: string;
	/** As in the ids of the records. */
	host: string;
	/** A row without fault, and its record. */
	row: Row;
	record: CallRecord;
	/** Fields that other rows have. */
	fields?: string[];
	/** Which fields of the call record a field of the row may change; no other may. */
	says: Record<string, string[]>;
	recordsOf(rows: unknown[], zone?: string): CallRecord[];
	/** Of a zone that changes its clocks. */
	zone: string;
	/** What is nearly right in some field of the row, and so the more dangerous. */
	plausible: unknown[];
	/** Wrong in the platform's own ways. */
	wrong?: unknown[];
}

/** What no field of a row should be, and some day is. */
export const HOSTILE: unknown[] = [
	undefined,
	null,
	'',
	' ',
	'\n\n',
	'0000-00-00 00:00:00',
	'2025-02-30 10:00:00',
	'2025-13-01T00:00:00+08:00',
	'constructor',
	'__proto__',
	'-1',
	-1,
	1.5,
	1e300,
	NaN,
	'9007199254740993',
	'📞',
	'\u202eعربي',
	'<script>alert(1)</script>',
	'"<',
	'[',
	'{"a":1}',
	'=HYPERLINK("http://x")',
	true,
	[],
	['8001'],
	[null, {}, ['8001']],
	{},
	{ toString: 'x' },
];

/** Promises of every call record, whatever the row was. */
function expectPromises(record: CallRecord): void {
	expect(Object.keys(record)).toEqual([...CALL_RECORD_FIELDS]);
	for (const told of Object.values(record)) {
		expect(told === null || ['string', 'number', 'boolean'].includes(typeof told)).toBe(true);
	}
	const { durationSeconds, talkSeconds, ringSeconds } = record;
	for (const seconds of [durationSeconds, talkSeconds, ringSeconds]) {
		expect(seconds === null || (Number.isSafeInteger(seconds) && seconds >= 0)).toBe(true);
	}
	const isAnswered = (talkSeconds ?? 0) > 0 || record.answeredAt !== null;
	expect(record.outcome === 'answered').toBe(isAnswered);
	for (const number of [record.fromE164, record.toE164]) {
		expect(number === null || /^\+[1-9]\d{6,14}$/.test(number)).toBe(true);
	}
	const times = [record.startedAt, record.answeredAt, record.endedAt].flatMap((time) =>
		time === null ? [] : [Date.parse(time)],
	);
	expect(times).toEqual([...times].sort((a, b) => a - b));
}

/** Rows that a platform should never send: never a crash, never a wrong fact, unknown stays null. */
export function describeHostileRows(scene: HostileScene): void {
	const { platform, host, row, record: good, says, recordsOf } = scene;
	const values = [...HOSTILE, ...(scene.wrong ?? [])];
	const names = [...new Set([...Object.keys(row), ...(scene.fields ?? [])])];

	describe('hostile rows', () => {
		it.each(names)('with anything as %s are wrong in no other field', (field) => {
			for (const value of values) {
				const [record] = recordsOf([{ ...row, [field]: value }]);
				expect(Object.keys(record)).toEqual([...CALL_RECORD_FIELDS]);
				const differing = CALL_RECORD_FIELDS.filter((name) => record[name] !== good[name]);
				expect({ value, may: says[field] ?? [] }).toEqual({
					value,
					may: expect.arrayContaining(differing) as string[],
				});
			}
		});

		it('leave unknown what they do not say', () => {
			const records = recordsOf([{}, 'not a row', null, [1]]);
			expect(records).toHaveLength(4);
			for (const record of records) {
				const known = Object.entries(record).filter(([, value]) => value !== null);
				expect(Object.fromEntries(known)).toEqual({
					recordId: `${platform}:${host}:${record.platformRecordId}`,
					platform,
					platformRecordId: record.platformRecordId,
					callId: record.platformRecordId,
					direction: 'unknown',
					outcome: 'unknown',
					fromKind: 'unknown',
					toKind: 'unknown',
					timeIsAmbiguous: false,
				});
			}
			expect(new Set(records.map(({ recordId }) => recordId)).size).toBe(records.length);
		});

		it('hold the promises of a call record, whatever stands where', () => {
			const value = fc.oneof(
				fc.constantFrom(...values),
				fc.constantFrom(...scene.plausible),
				fc.jsonValue({ maxDepth: 2 }),
				fc.string(),
				fc.integer({ min: 0, max: 12 }),
				fc.integer({ min: 0, max: 2_000_000_000 }),
			);
			const fields = Object.fromEntries(names.map((field) => [field, value]));
			const rows = fc.record(fields, { requiredKeys: [] });
			fc.assert(
				fc.property(rows, (given) => expectPromises(recordsOf([given], scene.zone)[0])),
				{ numRuns: 400 },
			);
		});
	});
}
