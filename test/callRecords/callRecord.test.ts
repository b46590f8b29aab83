import fc from 'fast-check';

import {
	asRow,
	CALL_RECORD_FIELDS,
	text,
	toCallRecord,
	unanswered,
	whole,
	type MappedRow,
	type Direction,
	type Outcome,
} from '../../nodes/callRecords/callRecord';
import { parseWall } from '../../nodes/callRecords/time';

describe('values of fields', () => {
	it.each([
		['abc', 'abc'],
		['  a b ', 'a b'],
		['0', '0'],
		[0, '0'],
		[22670, '22670'],
		[-1.5, '-1.5'],
		[12345678901234567890n, '12345678901234567890'],
		['', null],
		[' \t\n', null],
		[NaN, null],
		[Infinity, null],
		[null, null],
		[undefined, null],
		[true, null],
		[[], null],
		[['a'], null],
		[{}, null],
	])('%p is the text %p', (value, expected) => {
		expect(text(value)).toBe(expected);
	});

	it.each([
		[0, 0],
		[28, 28],
		['28', 28],
		[' 28 ', 28],
		['28.0', 28],
		['28.000', 28],
		['007', 7],
		[28.5, null],
		['28.5', null],
		['28s', null],
		['1e3', null],
		['0x10', null],
		['00:00:28', null],
		[-1, null],
		['-1', null],
		['', null],
		[' ', null],
		['99999999999999999999', null],
		[2 ** 53, null],
		[NaN, null],
		[Infinity, null],
		[null, null],
		[undefined, null],
		[true, null],
		[[28], null],
		[{}, null],
	])('%p is the count %p', (value, expected) => {
		expect(whole(value)).toBe(expected);
	});

	it('are kept whatever comes in place of a row', () => {
		const row = { a: 1 };
		expect(asRow(row)).toBe(row);
		expect(asRow([row])).toEqual({ value: [row] });
		expect(asRow('text')).toEqual({ value: 'text' });
		expect(asRow(undefined)).toEqual({ value: null });
		expect(asRow(null)).toEqual({ value: null });
	});
});

it.each<[Direction, Outcome]>([
	['inbound', 'missed'],
	['outbound', 'noAnswer'],
	['internal', 'noAnswer'],
	['unknown', 'unknown'],
])('an unanswered %s call is %s', (direction, outcome) => {
	expect(unanswered(direction)).toBe(outcome);
});

describe('a call record', () => {
	const origin = { platform: 'commo', host: 'pbx.example.com:4434', zone: 'Asia/Shanghai' };
	const wall = (text: string) => ({ wall: parseWall(`2025-03-04 ${text}`)! });
	const make = (mapRow: Partial<MappedRow>) =>
		toCallRecord(
			{ id: '7', direction: 'inbound', outcome: null, started: wall('09:15:00'), ...mapRow },
			origin,
		);

	it('has all of its fields, in their order, unknown where nothing is said', () => {
		const record = make({});
		expect(Object.keys(record)).toEqual(CALL_RECORD_FIELDS);
		expect(record).toEqual({
			...Object.fromEntries(CALL_RECORD_FIELDS.map((field) => [field, null])),
			recordId: 'commo:pbx.example.com:4434:7',
			platform: 'commo',
			platformRecordId: '7',
			callId: '7',
			direction: 'inbound',
			outcome: 'unknown',
			fromKind: 'unknown',
			toKind: 'unknown',
			startedAt: '2025-03-04T09:15:00+08:00',
			timeIsAmbiguous: false,
		});
	});

	it('hands on whatever the platform says, an empty count too', () => {
		const said = {
			callId: 'c1',
			outcomeRaw: 'ANSWERED',
			from: '8001',
			fromName: 'Ana',
			fromE164: '+40721000001',
			to: '8002',
			toName: 'Bob',
			toE164: '+40721000002',
			fromKind: 'external',
			toKind: 'person',
			lineNumber: '+40310000000',
			durationSeconds: 80,
			talkSeconds: 72,
			ringSeconds: 0,
			agentName: 'Agent',
			agentExtension: '8001',
			queue: 'Sales',
			hangupBy: 'customer',
			hangupCause: 'NORMAL_CLEARING',
			hasRecording: false,
			recordingFile: 'a.wav',
			recordingUrl: 'https://pbx.example.com/a.wav',
			externalReference: 'ref',
			tags: 'a,b',
			note: 'a note',
			transcription: 'Hello',
		} as const;
		const record = make({
			...said,
			outcome: 'answered',
			answered: wall('09:15:08'),
			ended: wall('09:16:20'),
		});
		expect(record).toEqual({
			...said,
			recordId: 'commo:pbx.example.com:4434:7',
			platform: 'commo',
			platformRecordId: '7',
			direction: 'inbound',
			outcome: 'answered',
			externalNumber: '+40721000001',
			startedAt: '2025-03-04T09:15:00+08:00',
			answeredAt: '2025-03-04T09:15:08+08:00',
			endedAt: '2025-03-04T09:16:20+08:00',
			timeIsAmbiguous: false,
		});
	});

	it.each<Outcome>(['missed', 'busy', 'failed', 'voicemail'])(
		'is %s as the row says',
		(outcome) => {
			expect(make({ outcome, talkSeconds: 0 }).outcome).toBe(outcome);
		},
	);

	it('has a number of the customer wherever there is one', () => {
		expect(make({ direction: 'inbound' }).externalNumber).toBeNull();
		expect(make({ direction: 'outbound' }).externalNumber).toBeNull();
		expect(make({ direction: 'inbound', from: '0721' }).externalNumber).toBe('0721');
		expect(make({ direction: 'outbound', to: '+40721000001' }).externalNumber).toBe('+40721000001');
		expect(make({ direction: 'outbound', to: '1', toE164: '+40721000002' })).toMatchObject({
			externalNumber: '+40721000002',
			toE164: '+40721000002',
		});
	});

	it('says so where its time has two readings', () => {
		const { timeIsAmbiguous, startedAt } = toCallRecord(
			{
				id: '1',
				direction: 'inbound',
				outcome: null,
				started: { wall: parseWall('2025-10-26 03:30:00')! },
			},
			{ ...origin, zone: 'Europe/Bucharest' },
		);
		expect([timeIsAmbiguous, startedAt]).toEqual([true, '2025-10-26T03:30:00+03:00']);
	});

	it('settles a time that has two readings by the duration', () => {
		const autumn = (text: string) => ({ wall: parseWall(`2025-10-26 ${text}`)! });
		const record = toCallRecord(
			{
				id: '1',
				direction: 'inbound',
				outcome: null,
				started: autumn('03:50:00'),
				ended: autumn('04:05:00'),
				durationSeconds: 900,
			},
			{ ...origin, zone: 'Europe/Bucharest' },
		);
		expect(record).toMatchObject({
			startedAt: '2025-10-26T03:50:00+02:00',
			timeIsAmbiguous: false,
		});
	});

	it("finds the customer's side by the direction", () => {
		const sides = { from: '0040721234567', to: '8001' };
		const external = (direction: Direction) => make({ ...sides, direction }).externalNumber;
		expect(external('inbound')).toBe('+40721234567');
		expect(external('outbound')).toBe('8001');
		expect(external('internal')).toBeNull();
		expect(external('unknown')).toBeNull();
	});

	it('prefers a number that the platform itself gives as E.164', () => {
		const record = make({ from: '0721234567', fromE164: '+40721234567' });
		expect(record).toMatchObject({ from: '0721234567', externalNumber: '+40721234567' });
	});

	it('calls a time unknown that contradicts an earlier one', () => {
		const answered = wall('09:15:08');
		expect(make({ answered, ended: wall('09:14:59') })).toMatchObject({
			answeredAt: '2025-03-04T09:15:08+08:00',
			endedAt: null,
		});
		expect(make({ answered, ended: wall('09:15:07') }).endedAt).toBeNull();
		expect(make({ answered: wall('09:14:59'), ended: wall('09:16:00') })).toMatchObject({
			answeredAt: null,
			endedAt: '2025-03-04T09:16:00+08:00',
		});
		expect(make({ started: null, answered, ended: answered })).toMatchObject({
			startedAt: null,
			answeredAt: '2025-03-04T09:15:08+08:00',
			endedAt: '2025-03-04T09:15:08+08:00',
		});
	});

	it('is answered only where something shows it', () => {
		const outcome = (mapRow: Partial<MappedRow>) =>
			make({ outcome: 'answered', ...mapRow }).outcome;
		expect(outcome({ talkSeconds: 1 })).toBe('answered');
		expect(outcome({ answered: wall('09:15:08'), talkSeconds: 0 })).toBe('answered');
		expect(outcome({ talkSeconds: 0 })).toBe('unknown');
		expect(outcome({ answered: wall('09:14:59'), talkSeconds: 0 })).toBe('unknown');
		expect(outcome({})).toBe('unknown');
	});

	it('keeps its times in order, whatever the row says', () => {
		const moment = fc.option(
			fc.oneof(
				fc
					.integer({ min: 1_761_400_000, max: 1_761_500_000 })
					.map((seconds) => ({ wall: seconds })),
				fc.integer({ min: 0, max: 2 ** 33 }).map((seconds) => ({ instant: seconds })),
			),
		);
		const mapRow = fc.record({
			started: moment,
			answered: moment,
			ended: moment,
			durationSeconds: fc.option(fc.nat(10_000)),
		});
		fc.assert(
			fc.property(mapRow, (given) => {
				const { startedAt, answeredAt, endedAt } = toCallRecord(
					{ id: '1', direction: 'inbound', outcome: null, ...given },
					{ ...origin, zone: 'Europe/Bucharest' },
				);
				const times = [startedAt, answeredAt, endedAt]
					.filter((time) => time !== null)
					.map((time) => Date.parse(time));
				expect(times).toEqual([...times].sort((a, b) => a - b));
			}),
			{ numRuns: 1000 },
		);
	});
});
