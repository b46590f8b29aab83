import type { IDataObject } from 'n8n-workflow';

import { InputError, type Settings } from '../../../nodes/callRecords/platform';
import { itnioTech } from '../../../nodes/ItnioTech/platform';
import { expectDropDowns, expectErrorCodes } from '../../support/contract';
import { ROW } from './goldenRow';
import { answer, recordsOf, replyOf, settings } from './mapping';

const DAY = 86_400;

describe('a request to ITNIO Tech', () => {
	const wall = Date.UTC(2025, 0, 8) / 1000;
	const apiRequest = (options: IDataObject, from: number) => {
		const question = { range: { from, to: from + 3599 }, page: 3, pageSize: 50 };
		const given: Settings = { ...settings(), options };
		return itnioTech.request({ ...question, filters: { callType: [1] } }, given);
	};
	const sent = (startTime: string, endTime: string) => ({
		method: 'POST',
		url: '/v3/cc/record/query',
		headers: { 'content-type': 'application/json;charset=UTF-8' },
		body: { current: 3, size: 50, params: { startTime, endTime, callType: [1] } },
	});

	it.each([{}, { timeFormat: 'plain' }])(
		'asks for a page of a range of wall time with %j',
		(options) => {
			expect(apiRequest(options, wall)).toEqual(sent('2025-01-08 00:00:00', '2025-01-08 00:59:59'));
			expect(itnioTech.clock({ ...settings(), options })).toBe('wall');
		},
	);

	it('asks for a range of instants where the user wants offsets', () => {
		const options = { timeFormat: 'iso' };
		expect(apiRequest(options, wall - 8 * 3600)).toEqual(
			sent('2025-01-08T00:00:00+08:00', '2025-01-08T00:59:59+08:00'),
		);
		expect(itnioTech.clock({ ...settings(), options })).toBe('epoch');
	});

	it('takes no third way of writing times', () => {
		const read = () => itnioTech.clock({ ...settings(), options: { timeFormat: 'unix' } });
		expect(read).toThrow(InputError);
		expect(read).toThrow("'Time Format' has to be plain or iso");
		expect(read).toThrow(expect.objectContaining({ parameter: 'Time Format' }) as Error);
	});

	it('is for 93 days at most with the second behind it, in pages of 100, two at once', () => {
		expect(itnioTech.maxRangeSeconds).toBe(93 * DAY - 1);
		expect(itnioTech.pageSize).toEqual({ default: 100, max: 100 });
		expect(itnioTech.requestsAtOnce).toEqual({ default: 2, max: 10 });
	});
});

describe('a recording', () => {
	const find = (recording: string, recordingBaseUrl: unknown) =>
		itnioTech.recordings!.find(recording, {
			...settings(),
			options: { recordingBaseUrl } as IDataObject,
		});

	it.each([
		['https://files.example.com', 'a/b.mp3', 'https://files.example.com/a/b.mp3'],
		['https://files.example.com//', '//a/b.mp3', 'https://files.example.com/a/b.mp3'],
		[' HTTP://files.example.com/calls/ ', '/a.mp3', 'HTTP://files.example.com/calls/a.mp3'],
		['http://f/x//y', 'a b&c?.mp3', 'http://f/x//y/a%20b%26c%3F.mp3'],
	])('below %s, %s is at %s, on a host the user chose', (base, recording, url) => {
		expect(find(recording, base)).toEqual({ url, isChosen: true });
	});

	it.each([
		undefined,
		'',
		'files.example.com',
		'ftp://files',
		'https://',
		'https:///a',
		'xhttp://a',
	])('cannot be found below %j, and the option is named', (base) => {
		expect(() => find('a.mp3', base)).toThrow(
			expect.objectContaining({
				parameter: 'Recording Base URL',
				message: "The option 'Recording Base URL' is missing, or is no web address",
				advice: expect.stringContaining('Ask its support for the address') as string,
			}) as Error,
		);
	});

	it('has an option for its address, and is fetched without the credential', () => {
		expect(itnioTech.recordings?.isAuthenticated).toBe(false);
		const [option, ...others] = itnioTech.recordings!.options;
		expect(others).toEqual([]);
		expect(option).toMatchObject({ name: 'recordingBaseUrl', type: 'string', default: '' });
		expect(option.displayName).toBe('Recording Base URL');
		expect(option.placeholder).toMatch(/^e\.g\. https:\/\//);
		expect(option.description).toMatch(/does not get the credential\.$/);
	});
});

describe('rows without an id', () => {
	const idOf = (row: IDataObject) => itnioTech.recordIds([{ ...ROW, keyId: '', ...row }])[0];

	it.each(['callSessionId', 'callStartTime', 'caller'])('are told apart by %s', (field) =>
		expect(idOf({ [field]: '7' })).not.toBe(idOf({})),
	);
});

it('is known by the names that record ids and credentials rely on', () => {
	const { name, title, credentialType } = itnioTech;
	expect({ name, title, credentialType }).toEqual({
		name: 'itnioTech',
		title: 'ITNIO Tech',
		credentialType: 'itnioTechApi',
	});
});

it('refuses in codes that are understood', () => {
	expectErrorCodes(itnioTech, {
		temporary: ['0', '-18'],
		credentials: ['-1'],
		blocked: ['-2', '-13'],
		expired: ['-16'],
		unknown: ['-20'],
		input: ['-22'],
		tooMuch: ['-23', '-76'],
	});
});

it('has options that a user can choose from', () => {
	expectDropDowns(itnioTech.options, {
		timeFormat: { values: ['iso', 'plain'], normal: 'plain' },
	});
});

describe('a row says', () => {
	const recordOf = (row: IDataObject) => recordsOf(replyOf(answer([{ ...ROW, ...row }])))[0];
	const UNSPOKEN = { callDuration: 0, calledAnswerTime: null };

	it.each([
		[0, 'noAnswer', 'missed'],
		[2, 'noAnswer', 'missed'],
		[4, 'failed', 'failed'],
		[5, 'failed', 'failed'],
		[6, 'failed', 'failed'],
		[7, 'busy', 'busy'],
		[8, 'noAnswer', 'missed'],
		[1, 'noAnswer', 'missed'],
		[99, 'noAnswer', 'missed'],
	])('what a call ended with that nobody answered: %i', (hangupReason, outbound, inbound) => {
		const row = { ...UNSPOKEN, hangupReason };
		expect(recordOf({ ...row, callType: 3 }).outcome).toBe(outbound);
		expect(recordOf({ ...row, callType: 2 }).outcome).toBe(inbound);
	});

	it.each([
		[0, 'noAnswer'],
		[2, 'unknown'],
		[8, 'missed'],
	])('the same where it has no direction: %i', (hangupReason, outcome) => {
		expect(recordOf({ ...UNSPOKEN, hangupReason, callType: null }).outcome).toBe(outcome);
	});

	const TALK = { callDuration: 30 };
	const ANSWER = { calledAnswerTime: ROW.calledAnswerTime };
	it.each<[string, IDataObject, string, number | null]>([
		[
			'talk and an answer, though it failed later',
			{ ...TALK, ...ANSWER, hangupReason: 4 },
			'answered',
			30,
		],
		[
			'talk alone, though nobody answered',
			{ ...TALK, calledAnswerTime: null, hangupReason: 4 },
			'failed',
			0,
		],
		[
			'an answer alone, though nobody answered',
			{ callDuration: 0, ...ANSWER, hangupReason: 4 },
			'failed',
			0,
		],
		['talk alone', { ...TALK, calledAnswerTime: null, hangupReason: 1 }, 'answered', 30],
		['an answer alone', { callDuration: 0, ...ANSWER, hangupReason: 1 }, 'answered', 0],
		[
			'an answer alone, without a reason',
			{ callDuration: null, ...ANSWER, hangupReason: null },
			'answered',
			null,
		],
		['neither', { ...UNSPOKEN, hangupReason: 1, callType: 3 }, 'noAnswer', 0],
		['nothing', { callDuration: null, calledAnswerTime: null, hangupReason: 1 }, 'unknown', null],
	])('whether somebody answered: %s', (_what, row, outcome, talkSeconds) => {
		const record = recordOf(row);
		expect([record.outcome, record.talkSeconds]).toEqual([outcome, talkSeconds]);
		if (outcome !== 'answered') expect(record.answeredAt).toBeNull();
	});

	it.each([
		['86(China)', '8613800000001', '+8613800000001'],
		['+86', '8613800000001', '+8613800000001'],
		['86', '13800000001', null],
		['86', '86138000000', '+86138000000'],
		['86', '8613800000', null],
		['49', '49301234567', null],
		['49', '493012345678', '+493012345678'],
		['65', '6512345678', '+6512345678'],
		['65', '651234567', null],
		['86(China)', '861380****001', null],
		['China', '8613800000001', null],
		['12345', '12345678901', null],
		['x86', '8613800000001', null],
		['86', 'x8613800000001', null],
		['86', '8613800000001x', null],
		[null, '8613800000001', null],
	])('with the country %j and the number %s: %j', (ccode, number, proven) => {
		const outbound = recordOf({ ccode, called: number, callType: 3 });
		expect([outbound.toE164, outbound.fromE164]).toEqual([proven, null]);
		const inbound = recordOf({ ccode, caller: number, callType: 2 });
		expect([inbound.fromE164, inbound.toE164]).toEqual([proven, null]);
	});

	it.each<[IDataObject, string | null]>([
		[{ labelNameList: ['hot', ' vip '], labelName: 'x' }, 'hot, vip'],
		[{ labelNameList: [null, ''], labelName: 'x' }, 'x'],
		[{ labelNameList: 'hot', labelName: 'x' }, 'x'],
		[{ labelNameList: null, labelName: '["hot","vip"]' }, 'hot, vip'],
		[{ labelNameList: null, labelName: '[]' }, null],
		[{ labelNameList: null, labelName: '{"a":1}' }, null],
		[{ labelNameList: null, labelName: '7' }, '7'],
		[{ labelNameList: null, labelName: 'null' }, null],
		[{ labelNameList: null, labelName: '' }, null],
	])('the tags of %j: %j', (row, tags) => {
		expect(recordOf(row).tags).toBe(tags);
	});

	it.each<[IDataObject, boolean | null, string | null]>([
		[{ voiceUrl: undefined, voiceUrlList: undefined }, null, null],
		[{ voiceUrl: null, voiceUrlList: undefined }, false, null],
		[{ voiceUrl: undefined, voiceUrlList: [] }, false, null],
		[{ voiceUrl: undefined, voiceUrlList: 'a.mp3' }, false, null],
		[{ voiceUrl: '', voiceUrlList: ['', null, 'b.mp3', 'c.mp3'] }, true, 'b.mp3'],
		[{ voiceUrl: 'a.mp3', voiceUrlList: ['b.mp3'] }, true, 'a.mp3'],
	])('where its recording is: %j', (row, hasRecording, recordingFile) => {
		expect(recordOf(row)).toMatchObject({ hasRecording, recordingFile });
	});

	it.each([
		['2025-03-04 09:15:00', '2025-03-04T09:15:00+08:00'],
		['2025-03-04T09:15:00+08:00', '2025-03-04T09:15:00+08:00'],
		['2025-03-04T09:15:00.999+0800', '2025-03-04T09:15:00+08:00'],
		['2025-03-04T01:15:00Z', '2025-03-04T09:15:00+08:00'],
		['2025-03-04T09:15:00', '2025-03-04T09:15:00+08:00'],
		['x2025-03-04T01:15:00Z', null],
		['2025-03-04T01:15:00Zx', null],
		['04 Mar 2025 01:15:00Z', null],
		['', null],
	])('when it began: %j', (callStartTime, startedAt) => {
		expect(recordOf({ callStartTime }).startedAt).toBe(startedAt);
	});

	it('when it began, for the reader, on its clock', () => {
		const start = (callStartTime: unknown, timeFormat: string) =>
			itnioTech.startOf({ callStartTime } as IDataObject, settings('Asia/Shanghai', timeFormat));
		const instant = Date.UTC(2025, 2, 4, 1, 15) / 1000;
		for (const text of ['2025-03-04 09:15:00', '2025-03-04T09:15:00+08:00']) {
			expect(start(text, 'iso')).toBe(instant);
			expect(start(text, 'plain')).toBe(instant + 8 * 3600);
		}
		expect([start(null, 'iso'), start('', 'plain')]).toEqual([null, null]);
	});

	it.each<[IDataObject, number | null]>([
		[{ calledHangupTime: '2025-03-04 09:20:00', callStartTime: '2025-03-04 09:15:00' }, 300],
		[{ calledHangupTime: '2025-03-04 09:15:00', callStartTime: '2025-03-04 09:15:00' }, 0],
		[{ calledHangupTime: '2025-03-04 09:14:59', callStartTime: '2025-03-04 09:15:00' }, null],
		[{ calledHangupTime: null }, null],
		[{ callStartTime: null }, null],
	])('how long it took: %j', (row, durationSeconds) => {
		expect(recordOf(row).durationSeconds).toBe(durationSeconds);
	});
});

describe('how long a call took in the hour that comes twice', () => {
	it.each<[string, IDataObject, number]>([
		['talk and ringing say so', { callDuration: 5900, ringDuration: 100 }, 6000],
		['ringing says so', { callDuration: 3000, ringDuration: 3000 }, 6000],
		['talk alone says so', { callDuration: 6000, ringDuration: null }, 6000],
		['they do not', { callDuration: 2300, ringDuration: 100 }, 2400],
		['ringing alone says nothing', { callDuration: null, ringDuration: 6000 }, 2400],
		[
			'the answer was in its second pass',
			{ callDuration: null, calledAnswerTime: '2025-10-26 02:05:00' },
			6000,
		],
	])('where %s', (_why, row, seconds) => {
		const times = { callStartTime: '2025-10-26 02:10:00', calledHangupTime: '2025-10-26 02:50:00' };
		const given = { ...ROW, hangupReason: 1, calledAnswerTime: null, ...times, ...row };
		const [record] = recordsOf(replyOf(answer([given])), 'Europe/Berlin');
		expect(record.durationSeconds).toBe(seconds);
	});
});

describe('an answer', () => {
	const open = (body: unknown) => itnioTech.open(body);

	it.each([{ groupName: 'Sales' }, { labelName: 'hot' }, { records: [] }, { total: 0 }])(
		'with the data %j is one',
		(data) => expect(open({ status: 0, data })).toEqual({ payload: data }),
	);

	it.each(['1x', 'x1', '--1', ''])('with the status %j is not of this platform', (status) => {
		expect(open({ status, reason: 'x' })).toEqual({ unrecognised: true });
	});

	it.each([
		[{ total: 0, searchCount: false }, null],
		[{ total: 0, searchCount: true }, 0],
		[{ total: 0 }, 0],
		[{ total: 3, searchCount: false }, 3],
	])('that counts %j has %j records', (data, total) => {
		expect(itnioTech.reply(data).total).toBe(total);
	});
});
