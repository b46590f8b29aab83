import type { Call } from '../../../nodes/callRecords/call';
import { toCall } from '../../../nodes/callRecords/calls/toCall';
import { maskCall, maskRecord, type Mask } from '../../../nodes/callRecords/shape/personalData';
import { CUSTOMER, draw } from '../calls/drawing';
import { GOLDEN } from '../calls/goldenCalls';

/** Records that are masked before they are grouped tell the same calls, without the people. */
const masks: Mask[] = [
	{ mode: 'lastDigits' },
	{ mode: 'pseudonymize', key: 'a long random text' },
	{ mode: 'remove' },
];
const options = { readAt: Date.UTC(2027, 0, 1) / 1000, settleSeconds: 60, includeLegs: true };

/** What must not change by masking. */
const told = (call: Call) => ({
	outcome: call.outcome,
	answeredBy: call.answeredBy,
	direction: call.direction,
	startedAt: call.startedAt,
	answeredAt: call.answeredAt,
	endedAt: call.endedAt,
	durationSeconds: call.durationSeconds,
	waitSeconds: call.waitSeconds,
	talkSeconds: call.talkSeconds,
	legCount: call.legCount,
	transferCount: call.transferCount,
	queue: call.queue,
	lineNumber: call.lineNumber,
	hangupBy: call.hangupBy,
});

describe.each(masks)('with $mode', (mask) => {
	it.each(GOLDEN)('$title', ({ legs, scene }) => {
		const records = draw(legs, scene);
		const names = [...new Set(records.flatMap((leg) => [leg.fromName, leg.agentName]))];
		const whole = toCall(records, options);
		const masked = toCall(
			records.map((record) => maskRecord(record, mask)),
			options,
		);
		expect(told(masked)).toEqual(told(whole));
		const text = JSON.stringify(masked);
		expect(text).not.toContain(CUSTOMER);
		expect(names.filter((name) => name !== null && text.includes(name))).toEqual([]);
		// A call that was grouped first comes to the same.
		expect(maskCall(whole, mask, masked.path)).toEqual(masked);
	});
});

it('has a path of masked parts', () => {
	const records = draw([
		'IVR Welcome (6200)  |==',
		'Queue Sales (6400)  |  .====',
		'Ann Lee (4005)      |  .====',
	]);
	const paths = masks.map((mask) => {
		const masked = toCall(
			records.map((record) => maskRecord(record, mask)),
			options,
		);
		return masked.path?.replace(/p_[\w-]{16}/, 'p_…');
	});
	expect(paths).toEqual([
		'IVR Welcome (6200) > Queue Sales (6400) > 4005',
		'IVR Welcome (6200) > Queue Sales (6400) > p_… (4005)',
		'IVR Welcome (6200) > Queue Sales (6400) > 4005',
	]);
});
