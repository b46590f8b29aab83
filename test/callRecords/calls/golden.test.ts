import type { Call } from '../../../nodes/callRecords/call';
import { groupCalls } from '../../../nodes/callRecords/calls/groupCalls';
import { toCall } from '../../../nodes/callRecords/calls/toCall';
import { draw } from './drawing';
import { GOLDEN } from './goldenCalls';

const OPTIONS = { readAt: Date.UTC(2027, 0, 1) / 1000, settleSeconds: 60 };

describe('a call made of its legs', () => {
	it.each(GOLDEN.map((golden) => ({ ...golden, drawing: ['', ...golden.legs].join('\n\t') })))(
		'$title $drawing\n',
		({ legs, scene, call: expected }) => {
			const records = draw(legs, scene);
			const call = toCall(records, OPTIONS);
			expect(call).toMatchObject<Partial<Call>>({
				recordId: 'pbx:host:1:call',
				platformRecordId: 'call',
				callId: 'call',
				legCount: records.length,
				isComplete: true,
				...expected,
			});
			expect(groupCalls([...records].reverse(), OPTIONS)).toEqual([call]);
		},
	);

	it('are at least forty', () => {
		expect(new Set(GOLDEN.map(({ title }) => title)).size).toBeGreaterThanOrEqual(40);
	});
});
