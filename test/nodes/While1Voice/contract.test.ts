import type { IDataObject } from 'n8n-workflow';

import { while1Voice } from '../../../nodes/While1Voice/platform';
import { expectDropDowns, expectErrorCodes } from '../../support/contract';
import { ROW } from './goldenRow';
import { answer, recordsOf, replyOf, settings } from './mapping';

const SPAN = { from: Date.UTC(2025, 2, 4, 9) / 1000, to: Date.UTC(2025, 2, 4, 9, 59, 58) / 1000 };
const withOptions = (options: IDataObject) => ({ ...settings(), options });

describe('a request to While1 Voice', () => {
	const apiRequest = (options: IDataObject = {}, filters: IDataObject = {}) =>
		while1Voice.request({ range: SPAN, page: 3, pageSize: 100, filters }, withOptions(options));

	it('asks for a page of a range of wall time, and a second more', () => {
		expect(apiRequest({}, { direction: 'IN' })).toEqual({
			method: 'POST',
			url: '/api/cdr',
			headers: { 'content-type': 'application/json' },
			body: {
				page: 3,
				filters: {
					date_between: ['2025-03-04 09:00:00', '2025-03-04 09:59:58'],
					direction: 'IN',
				},
			},
		});
	});

	it.each([
		['json', 'application/json'],
		['form', 'application/x-www-form-urlencoded'],
		['xml', 'text/xml'],
		['yaml', 'application/json'],
	])('is, where the user says %s, %s', (bodyFormat, type) => {
		expect(apiRequest({ bodyFormat }).headers).toEqual({ 'content-type': type });
	});

	it('counts on the clock of the platform, in pages of 100 that cannot be chosen', () => {
		expect(while1Voice.clock(settings())).toBe('wall');
		expect(while1Voice.clockToleranceSeconds).toBeUndefined();
		expect(while1Voice.pageSize).toEqual({ default: 100, max: 100, fixed: true });
		expect(while1Voice.requestsAtOnce).toEqual({ default: 2, max: 5 });
	});
});

it('hands a recording out on the page that plays it, with the credential', () => {
	expect(while1Voice.recordings?.find('2025/a b&c.wav', settings())).toEqual({
		url: '/tools/play-record?monitor=2025%2Fa%20b%26c.wav&download=1&fname=2025%2Fa%20b%26c.wav',
	});
	expect(while1Voice.recordings).toMatchObject({ isAuthenticated: true, options: [] });
});

describe('rows without an id', () => {
	const idOf = (row: IDataObject) => while1Voice.recordIds([{ ...ROW, id: '', ...row }])[0];

	it.each(['uniqueid', 'linkedid', 'time', 'source', 'destination'])(
		'are told apart by %s',
		(field) => expect(idOf({ [field]: '7' })).not.toBe(idOf({})),
	);
});

it('is known by the names that record ids and credentials rely on', () => {
	const { name, title, credentialType } = while1Voice;
	expect({ name, title, credentialType }).toEqual({
		name: 'while1Voice',
		title: 'While1 Voice',
		credentialType: 'while1VoiceApi',
	});
});

it('refuses in words that are understood', () => {
	expectErrorCodes(while1Voice, {
		input: ['filter'],
		credentials: ['hash', 'token', 'tokenText'],
		rate: ['rate'],
		temporary: ['temporary'],
		unknown: ['has_error'],
	});
});

it('has options that a user can choose from', () => {
	expectDropDowns(while1Voice.options, {
		action: { values: ['', 'read'], normal: '' },
		bodyFormat: { values: ['form', 'json', 'xml'], normal: 'json' },
	});
});

describe('a row says', () => {
	const recordOf = (row: IDataObject) => recordsOf(replyOf(answer([{ ...ROW, ...row }])))[0];

	it.each([
		['00:00:07', 7],
		['00:01:00', 60],
		['01:00:00', 3600],
		[' 100:59:59 ', 363_599],
		['0:0:9', 9],
		['00:60:00', null],
		['00:00:60', null],
		['x00:00:07', null],
		['00:00:07x', null],
		['00:07', null],
		[7, null],
	])('a duration of %j as %j seconds', (duration, durationSeconds) => {
		expect(recordOf({ duration }).durationSeconds).toBe(durationSeconds);
	});

	it.each([
		['"John Doe" <0312000000>', 'John Doe'],
		['John Doe <0312000000>', 'John Doe'],
		['  "John Doe"  <0312000000>  ', 'John Doe'],
		['"John \\"J\\" Doe \\\\" <0312000000>', 'John "J" Doe \\'],
		['"John\nDoe" <0312000000>', 'John\nDoe'],
		['"0312000000" <0312000000>', null],
		['"" <0312000000>', null],
		['<0312000000>', null],
		['0312000000', null],
		['John <1> Doe', null],
		['John <1>Doe', null],
		['Dr. "Bob" <1>', 'Dr. "Bob"'],
		['"Bob" Smith <1>', '"Bob" Smith'],
		['', null],
		[null, null],
	])('the name in %j', (caller_id, fromName) => {
		expect(recordOf({ caller_id }).fromName).toBe(fromName);
	});

	it.each([
		['DS:CONGESTION|HC:34|HI:SIP 503 Service Unavailable', '34'],
		['DS:CONGESTION | HC: 34 |HI:x', '34'],
		['HC:16', '16'],
		['XHC:16', null],
		['DS:HC:16', null],
		['HC:', null],
		['', null],
		[null, null],
	])('the hangup cause in %j', (call_status_info, hangupCause) => {
		expect(recordOf({ call_status_info }).hangupCause).toBe(hangupCause);
	});

	it.each([
		['PJSIP/ana', 'ana'],
		['SIP/104', '104'],
		['IAX2/104', '104'],
		['Local/104', null],
		['XSIP/104', null],
		['SIP/104@pbx', null],
		['SIP/104/1', null],
		['', null],
	])('the account of the agent in %j', (channel, agentExtension) => {
		const inbound = { direction: 'IN', dstchannel_formatted: channel, channel_formatted: 'SIP/1' };
		expect(recordOf(inbound).agentExtension).toBe(agentExtension);
		const outbound = {
			direction: 'OUT',
			channel_formatted: channel,
			dstchannel_formatted: 'SIP/1',
		};
		expect(recordOf(outbound).agentExtension).toBe(agentExtension);
		expect(recordOf({ ...outbound, user_fullname: '' }).agentExtension).toBeNull();
	});

	it.each([
		['ANSWERED', 'IN', 'unknown'],
		['busy', 'OUT', 'busy'],
		['NO ANSWER', 'IN', 'missed'],
		['NOANSWER', 'OUT', 'noAnswer'],
		['BUSY', 'OUT', 'busy'],
		['CONGESTION', 'OUT', 'failed'],
		['FAILED', 'IN', 'failed'],
		['RINGING', 'IN', 'unknown'],
		['', 'IN', 'unknown'],
	])('%j for a call %s that nobody spoke in: %s', (call_status, direction, outcome) => {
		expect(recordOf({ call_status, direction, bill_duration: '00:00:00' }).outcome).toBe(outcome);
	});

	it('where a recording is, in its own fields or in those of its legs', () => {
		const none = {
			recording_file: undefined,
			recording_url: undefined,
			monitor_files: undefined,
			monitor_urls: undefined,
		};
		const recorded = (row: IDataObject) => {
			const { hasRecording, recordingFile, recordingUrl } = recordOf({ ...none, ...row });
			return [hasRecording, recordingFile, recordingUrl];
		};
		expect(recorded({})).toEqual([null, null, null]);
		for (const field of Object.keys(none)) {
			expect(recorded({ [field]: '' })).toEqual([false, null, null]);
			expect(recorded({ [field]: null })).toEqual([false, null, null]);
		}
		expect(recorded({ monitor_files: 'a.wav\r\nb.wav' })).toEqual([true, 'a.wav', null]);
		expect(recorded({ monitor_urls: 'https://x/a\nhttps://x/b' })).toEqual([
			true,
			null,
			'https://x/a',
		]);
		expect(recorded({ recording_file: 'c.wav', monitor_files: 'a.wav' })).toEqual([
			true,
			'c.wav',
			null,
		]);
		expect(recorded({ recording_url: 'https://x/c', monitor_urls: 'https://x/a' })).toEqual([
			true,
			null,
			'https://x/c',
		]);
	});
});

describe('a reply', () => {
	it.each<[object, number | null]>([
		[{ row_count: 120, page_size: 50, max_page: 3 }, 120],
		[{ row_count: 120, page_size: 0, max_page: 2 }, 120],
		[{ row_count: 120, page_size: null, max_page: 2 }, 120],
		[{ row_count: 120, page_size: null, max_page: 3 }, null],
		[{ row_count: 120, page_size: null }, 120],
		[{}, null],
	])('that counts %j: %j', (pagination, total) => {
		expect(while1Voice.reply({ results: [], pagination }).total).toBe(total);
	});

	it.each([{ x1: {} }, { '1x': {} }, { 1: {}, total: 1 }])('has no list in %j', (results) => {
		expect(while1Voice.open({ has_error: false, results })).toEqual({ unrecognised: true });
		expect(while1Voice.reply({ results }).rows).toEqual([]);
	});
});

describe('a call in the hour that comes twice', () => {
	const started = (uniqueid: unknown) => {
		const row = { ...ROW, time: '2025-10-26 03:30:00', time_end: null, uniqueid } as IDataObject;
		const [record] = recordsOf(replyOf(answer([row])), 'Europe/Bucharest');
		return [record.startedAt, record.timeIsAmbiguous];
	};
	const first = Date.UTC(2025, 9, 26, 0, 30) / 1000;

	it.each([
		[`${first}.480`, '2025-10-26T03:30:00+03:00', false],
		[`${first + 3600}.480`, '2025-10-26T03:30:00+02:00', false],
		[`pbx-1-${first + 3600}.480`, '2025-10-26T03:30:00+02:00', false],
	])('began, by its id %s, at %s', (uniqueid, startedAt, isAmbiguous) => {
		expect(started(uniqueid)).toEqual([startedAt, isAmbiguous]);
	});

	it.each([`${first + 1}.480`, `${first}`, `${first}.480x`, `1${first}.4`, first + 0.48, null])(
		'is not placed by the id %j, which says nothing of that time',
		(uniqueid) => expect(started(uniqueid)[1]).toBe(true),
	);
});
