import type { IDataObject } from 'n8n-workflow';

import { push as commo } from '../../../nodes/Commo/push';
import { push as itnio } from '../../../nodes/ItnioTech/push';
import { push as while1 } from '../../../nodes/While1Voice/push';
import { push as yeastar } from '../../../nodes/YeastarPSeries/push';
import type { Push, Settings } from '../../../nodes/callRecords/platform';
import { recordOfEvent } from '../../../nodes/callRecords/push/lookUp';

const settings = (platform: string, zone: string): Settings => ({
	...{ platform, zone, host: 'pbx', baseUrl: 'http://pbx', options: {}, prepared: {} },
});

function recordOf(push: Push, sent: IDataObject, zone: string) {
	const event = push.read(sent);
	if (event.kind !== 'callEnded') throw new Error(event.kind);
	return recordOfEvent(push, event, settings('p', zone)).record;
}

describe('Yeastar', () => {
	/** The example of docs/vendors/push.md 1.3. */
	const message = {
		call_id: '1793600000.6',
		time_start: '2026-11-02 08:13:20',
		call_from: '2005',
		call_to: '15550100123',
		call_duration: 41,
		talk_duration: 32,
		src_trunk_name: ' ',
		status: 'ANSWERED',
		type: 'Outbound',
		recording: '',
		did_number: '',
		uid: '202611020813206CEAB',
	};
	const expected = {
		callId: '1793600000.6',
		platformRecordId: '1793600000.6',
		direction: 'outbound',
		outcome: 'answered',
		from: '2005',
		to: '15550100123',
		startedAt: '2026-11-02T08:13:20+02:00',
		endedAt: '2026-11-02T08:14:01+02:00',
		durationSeconds: 41,
		talkSeconds: 32,
		hasRecording: false,
	};

	it.each([
		['JSON as text', JSON.stringify(message)],
		['an object', message],
	])('reads msg as %s', (_, msg) => {
		const record = recordOf(yeastar, { type: 30012, sn: '1', msg }, 'Europe/Bucharest');
		expect(record).toMatchObject(expected);
	});

	it('reads the fields beside the type, of which there is only one', () => {
		const record = recordOf(yeastar, { ...message, type: 30012 }, 'Europe/Bucharest');
		expect(record).toMatchObject({ ...expected, direction: 'unknown' });
	});

	it('gives no time where the zone is not known', () => {
		const record = recordOf(yeastar, { type: '30012', msg: message }, '');
		expect(record).toMatchObject({ startedAt: null, endedAt: null, durationSeconds: 41 });
	});

	it('counts no voicemail as talk', () => {
		const mailbox = { ...message, type: 'Inbound', status: 'VOICEMAIL', talk_duration: 41 };
		const record = recordOf(yeastar, { type: 30012, msg: mailbox }, 'UTC');
		expect(record).toMatchObject({ outcome: 'voicemail', talkSeconds: 0 });
	});

	it.each([
		['the test button', { event: 'test' }, 'other'],
		['the state of a call', { type: 30011, msg: '{"call_id":"1.2"}' }, 'other'],
		['nothing', {}, 'other'],
		['an event without an id', { type: 30012, msg: '{}' }, 'bad'],
		['half of an event', { type: 30012, msg: '{"call_id":' }, 'bad'],
		['a list for an event', { type: 30012, msg: [1] }, 'bad'],
	])('takes %s for what it is', (_, sent, kind) => {
		expect(yeastar.read(sent)).toMatchObject({ kind });
	});
});

describe('Commo', () => {
	const expected = {
		platformRecordId: '20011',
		direction: 'outbound',
		outcome: 'answered',
		from: '02180000001',
		lineNumber: '02180000001',
		to: '13800000001',
		startedAt: '2026-11-02T08:13:20+08:00',
		answeredAt: '2026-11-02T08:13:29+08:00',
		talkSeconds: 32,
		agentExtension: '8001',
	};
	const sent = {
		id: 20011,
		extnumber: '8001',
		destnumber: '13800000001',
		disnumber: '02180000001',
		starttime: '2026-11-02 08:13:20',
		answertime: '2026-11-02 08:13:29',
		endtime: '2026-11-02 08:14:01',
		duration: 41,
		billsec: 32,
		direction: 'callout',
		type: 'callin',
		hangupcause: 10001,
	};

	it('reads the edition of 2025, whose direction goes before its type', () => {
		expect(recordOf(commo, sent, 'Asia/Shanghai')).toMatchObject(expected);
	});

	it('reads the edition of 2018: camel case, and a type for the direction', () => {
		const { direction, ...rest } = sent;
		const camel = {
			...rest,
			type: direction,
			disnumber: undefined,
			disNumber: sent.disnumber,
			startTime: sent.starttime,
			aAnswerTime: '1970-01-01 08:00:00',
		};
		delete (camel as IDataObject).starttime;
		delete (camel as IDataObject).disnumber;
		expect(recordOf(commo, camel, 'Asia/Shanghai')).toMatchObject(expected);
	});

	it('takes a masked number for no number that can be called', () => {
		const record = recordOf(commo, { ...sent, destnumber: '138****0001' }, 'Asia/Shanghai');
		expect(record).toMatchObject({ to: '138****0001', toE164: null });
	});
});

describe('ITNIO Tech', () => {
	it('reads what a push calls otherwise than a row', () => {
		const record = recordOf(
			itnio,
			{
				callSessionId: '26110208133000001',
				called: '8613800000001',
				caller: '02180000001',
				ccode: '86(China)',
				agentName: 'ana',
				agentGroupName: 'support',
				callDuration: 15,
				callType: 3,
				hangupReason: 1,
				hangingDirection: 1,
				labels: ['hot', 'vip'],
				callStartTime: '2026-11-02 13:42:30',
				answerTime: '2026-11-02 13:42:33',
				callEndTime: '2026-11-02 13:42:48',
				voiceUrl: 'a/b.wav',
			},
			'Asia/Shanghai',
		);
		expect(record).toMatchObject({
			callId: '26110208133000001',
			platformRecordId: '26110208133000001',
			agentName: 'ana',
			queue: 'support',
			answeredAt: '2026-11-02T13:42:33+08:00',
			endedAt: '2026-11-02T13:42:48+08:00',
			durationSeconds: 18,
			talkSeconds: 15,
			tags: 'hot, vip',
			toE164: '+8613800000001',
		});
	});

	it('refuses a record without the id of the call', () => {
		expect(itnio.read({ callId: '1' })).toMatchObject({ kind: 'bad' });
	});
});

describe('While1 Voice', () => {
	const missed = {
		event: 'missed_calls',
		direction: 'in',
		remote_number: '0722000111',
		dnid: '0312000000',
		queue: 'sales',
		uniqueid: '1793600000.480',
	};

	it('tells of a missed call what its event tells', () => {
		expect(recordOf(while1, missed, 'Europe/Bucharest')).toMatchObject({
			callId: '1793600000.480',
			direction: 'inbound',
			outcome: 'missed',
			from: '0722000111',
			to: '0312000000',
			queue: 'sales',
			startedAt: null,
		});
	});

	it.each(['queue_answer', 'dial_answer', 'call_forward_answer', 'something_new'])(
		'takes %s for no end of a call',
		(event) => expect(while1.read({ ...missed, event })).toEqual({ kind: 'other' }),
	);

	it.each(['queue_answer_end', 'missed_calls', 'outgoing_end'])('takes %s for an end', (event) => {
		expect(while1.read({ ...missed, event })).toMatchObject({ kind: 'callEnded' });
	});

	it.each([undefined, '', 'abc', "1.2' or '1", ['1.2', '3.4']])('refuses the id %p', (uniqueid) => {
		expect(while1.read({ ...missed, uniqueid })).toMatchObject({ kind: 'bad' });
	});

	it('asks for rows by the id, and for the call by its own', () => {
		expect(while1.filtersOfEvent?.('1793600000.480')).toEqual({ uniqueid: '1793600000.480' });
		expect(while1.filtersOfCall?.('1793600000.470')).toEqual({ linkedid: '1793600000.470' });
	});
});
