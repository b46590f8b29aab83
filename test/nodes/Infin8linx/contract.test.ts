import type { IDataObject } from 'n8n-workflow';

import { toCallRecord } from '../../../nodes/callRecords/callRecord';
import { InputError, type Settings } from '../../../nodes/callRecords/platform';
import { infin8linx } from '../../../nodes/Infin8linx/platform';
import { expectDropDowns, expectErrorCodes } from '../../support/contract';
import { GOLDEN } from './golden';

const [, { row: ROW }] = GOLDEN;
const SPAN = { from: Date.UTC(2025, 2, 4, 9) / 1000, to: Date.UTC(2025, 2, 4, 9, 59, 58) / 1000 };
const settings = (options: IDataObject = {}): Settings => ({
	platform: 'infin8linx',
	host: 'platform.infin8linx.com',
	zone: 'Asia/Shanghai',
	baseUrl: 'http://platform.infin8linx.com',
	options,
	prepared: {},
});

describe('a request to Infin8linx', () => {
	const apiRequest = (options: IDataObject = {}, filters: IDataObject = {}) =>
		infin8linx.request({ range: SPAN, page: 3, pageSize: 50, filters }, settings(options));

	it('asks the bill interface for a page of a range of wall time, and a second more', () => {
		expect(apiRequest({}, { context: 'callin' })).toEqual({
			method: 'POST',
			url: '/api/cdrs',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: {
				starttime: '2025-03-04 09:00:00',
				endtime: '2025-03-04 09:59:58',
				page: 3,
				per_page: 50,
				context: 'callin',
			},
		});
	});

	it.each([
		['formData', 'multipart/form-data'],
		['urlencoded', 'application/x-www-form-urlencoded'],
	])('is %s where the user says so', (bodyFormat, type) => {
		expect(apiRequest({ bodyFormat }).headers).toEqual({ 'content-type': type });
	});

	it('counts on the clock of the platform, in pages of 100, two at once', () => {
		expect(infin8linx.clock(settings())).toBe('wall');
		expect(infin8linx.clockToleranceSeconds).toBeUndefined();
		expect(infin8linx.pageSize).toEqual({ default: 100, max: 1000 });
		expect(infin8linx.requestsAtOnce).toEqual({ default: 2, max: 10 });
	});
});

describe('filters', () => {
	it.each<[IDataObject, IDataObject]>([
		[{}, {}],
		[{ context: 'callin' }, { context: 'callin' }],
		[{ context: ' callout ' }, { context: 'callout' }],
		...['2', '3', '4', '5', '6'].map((callmethod): [IDataObject, IDataObject] => [
			{ callmethod },
			{ callmethod },
		]),
		[{ callmethod: 4 }, { callmethod: '4' }],
		[
			{ callnumber: '13800000001', disnumber: ' 021 ', extnumber: 8001 },
			{ callnumber: '13800000001', disnumber: '021', extnumber: '8001' },
		],
		[
			{ memberid: 'M 7', userid: 'é-5' },
			{ memberid: 'M 7', userid: 'é-5' },
		],
		[{ context: '', callmethod: '', userid: ' ', memberid: null, extnumber: undefined }, {}],
	])('%j are sent as %j', (given, sent) => {
		expect(infin8linx.readFilters(given)).toStrictEqual(sent);
	});

	it.each<[IDataObject, string, string, string]>([
		[{ context: 'in' }, 'Call Direction', 'takes one of callin, callout', ''],
		[{ callmethod: '1' }, 'Call Method', 'takes one of 2, 3, 4, 5, 6', ''],
		[{ callmethod: '7' }, 'Call Method', 'takes one of 2, 3, 4, 5, 6', ''],
		[{ callnumber: '+86138' }, 'Called Number', 'digits only, not "+86138"', 'without + or spaces'],
		[{ disnumber: '138 1' }, 'Calling Number', 'digits only, not "138 1"', 'as it stands in the'],
		[{ extnumber: '8001,' }, 'Extension Number', 'digits only, not "8001,"', 'Write the number'],
		[
			{ extnumber: ['8001'] },
			'Extension Number',
			'(extnumber) takes one value as text',
			'use one node for each',
		],
		[{ userid: true }, 'User ID', '(userid) takes one value as text', 'several values'],
		[{ memberid: {} }, 'Member ID', '(memberid) takes one value as text', 'several values'],
	])('%j are refused by name', (given, parameter, message, advice) => {
		const read = () => infin8linx.readFilters(given);
		expect(read).toThrow(InputError);
		expect(read).toThrow(`The filter '${parameter}'`);
		expect(read).toThrow(message);
		expect(read).toThrow(
			expect.objectContaining({
				parameter,
				advice: advice === '' ? undefined : (expect.stringContaining(advice) as string),
			}) as Error,
		);
	});
});

describe('rows without an id', () => {
	const idOf = (row: IDataObject) => infin8linx.recordIds([{ ...ROW, id: '', ...row }])[0];

	it.each(['starttime', 'astarttime', 'extnumber', 'disnumber', 'callnumber', 'anumber'])(
		'are told apart by %s',
		(field) => expect(idOf({ [field]: '7' })).not.toBe(idOf({})),
	);
});

it('is known by the names that record ids and credentials rely on', () => {
	const { name, title, credentialType } = infin8linx;
	expect({ name, title, credentialType }).toEqual({
		name: 'infin8linx',
		title: 'Infin8linx',
		credentialType: 'infin8linxApi',
	});
});

it('refuses in codes that are understood', () => {
	expectErrorCodes(infin8linx, {
		temporary: ['1', '1000'],
		input: ['1001', '1008'],
		credentials: ['1005', '1006'],
	});
});

it('has options that a user can choose from', () => {
	expectDropDowns(infin8linx.options, {
		bodyFormat: { values: ['formData', 'urlencoded'], normal: 'urlencoded' },
	});
});

describe('an answer', () => {
	const open = (body: unknown) => infin8linx.open(body);

	it('is one with a list alone, or with a count alone', () => {
		expect(open({ code: 1, data: { data: [] } })).toEqual({ payload: { data: [] } });
		expect(open({ code: 1, data: { total: 0 } })).toEqual({ payload: { total: 0 } });
		expect(infin8linx.reply({ total: 3 })).toEqual({ rows: [], total: 3, pageSize: null });
	});

	it('is none, whatever it holds, when its code refuses', () => {
		const data = { data: [ROW], total: 1 };
		expect(open({ code: 1005, msg: 'no', data })).toEqual({
			apiError: { code: '1005', text: 'no' },
		});
	});
});

describe('how long a call took', () => {
	const took = (row: IDataObject) => {
		const berlin = { ...settings(), zone: 'Europe/Berlin' };
		const mapRow = infin8linx.mapRow({ ...ROW, ...row }, 'id', berlin);
		return toCallRecord(mapRow, berlin).durationSeconds;
	};

	it.each<[string, IDataObject, number | null]>([
		['by its times', { duration: 7 }, 69],
		['of no time at all', { endtime: ROW.starttime, answertime: '', billsec: 0 }, 0],
		['without a start', { starttime: '', astarttime: '' }, null],
		['without an end', { endtime: '', aendtime: '' }, null],
		['without an end, and nobody spoke', { endtime: '', answertime: '', billsec: 0 }, 69],
	])('%s', (_what, row, seconds) => expect(took(row)).toBe(seconds));

	it.each([
		[6000, 10, 6000],
		[2400, 10, 2400],
		[null, 5900, 6000],
		[10, 5900, 6000],
	])('in the hour that comes twice, by %j stated and %i of talk', (duration, billsec, seconds) => {
		const times = { starttime: '2025-10-26 02:10:00', endtime: '2025-10-26 02:50:00' };
		expect(took({ ...times, answertime: '', duration, billsec })).toBe(seconds);
	});
});
