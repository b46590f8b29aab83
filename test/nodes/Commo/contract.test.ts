import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../../../nodes/callRecords/platform';
import { commo } from '../../../nodes/Commo/platform';
import { expectDropDowns, expectErrorCodes } from '../../support/contract';
import { ROW } from './goldenRow';
import { settings } from './mapping';

const SPAN = { from: Date.UTC(2025, 2, 4, 9) / 1000, to: Date.UTC(2025, 2, 4, 9, 59, 59) / 1000 };
const withOptions = (options: IDataObject) => ({ ...settings(), options });

describe('a request to Commo', () => {
	const apiRequest = (options: IDataObject = {}, filters: IDataObject = {}) =>
		commo.request({ range: SPAN, page: 3, pageSize: 50, filters }, withOptions(options));

	it('asks the bill service for a page of a range of wall time, as form data', () => {
		expect(apiRequest({}, { syncflag: 3, extnumber: '8001,8002' })).toEqual({
			method: 'POST',
			url: '/',
			headers: { 'content-type': 'multipart/form-data' },
			body: {
				service: 'App.Sip_Cdr.GetBill',
				starttime: '2025-03-04 09:00:00',
				endtime: '2025-03-04 09:59:59',
				currentpage: 3,
				itemsperpage: 50,
				syncflag: 3,
				extnumber: '8001,8002',
			},
		});
	});

	it.each([
		['formData', 'multipart/form-data'],
		['urlencoded', 'application/x-www-form-urlencoded'],
	])('is %s where the user says so', (bodyFormat, type) => {
		expect(apiRequest({ bodyFormat }).headers).toEqual({ 'content-type': type });
	});

	it('counts on the clock of the platform, in pages of 1000, two at once', () => {
		expect(commo.clock(settings())).toBe('wall');
		expect(commo.pageSize).toEqual({ default: 1000, max: 1000 });
		expect(commo.requestsAtOnce).toEqual({ default: 2, max: 10 });
	});

	it('has a session of its own, unless the user gives a token', () => {
		expect(commo.sessionField?.({ authentication: 'login' })).toBe('sessionToken');
		expect(commo.sessionField?.({})).toBe('sessionToken');
		expect(commo.sessionField?.({ authentication: 'token' })).toBeUndefined();
	});
});

describe('filters', () => {
	const ALWAYS = { syncflag: 3, direction: 3, callmethod: 0 };

	it.each<[IDataObject, IDataObject]>([
		[{}, {}],
		[{ syncflag: '', direction: null, callmethod: undefined }, {}],
		[{ syncflag: 1 }, { syncflag: 1 }],
		[{ syncflag: '2' }, { syncflag: 2 }],
		...[1, 2, 3].map((direction): [IDataObject, IDataObject] => [{ direction }, { direction }]),
		...[0, 1, 2, 3, 4, 5, 6].map((callmethod): [IDataObject, IDataObject] => [
			{ callmethod },
			{ callmethod },
		]),
		[{ extnumber: [] }, {}],
		[{ extnumber: '' }, {}],
		[{ extnumber: ' , ' }, {}],
		[{ extnumber: null }, {}],
		[{ extnumber: ['8001', ' 8002 ', ''] }, { extnumber: '8001,8002' }],
		[{ extnumber: '8001, 8003 ,' }, { extnumber: '8001,8003' }],
		[{ extnumber: 8002 }, { extnumber: '8002' }],
		[{ destnumber: ' 13800000001 ' }, { destnumber: '13800000001' }],
		[{ destnumber: '+8613800000001' }, { destnumber: '+8613800000001' }],
		[{ destnumber: 10086 }, { destnumber: '10086' }],
		[{ destnumber: '' }, {}],
		[
			{ userid: 'E5', memberid: ' M7 ' },
			{ userid: 'E5', memberid: 'M7' },
		],
		[
			{ chengshudu: 2, customuuid: 'a-1' },
			{ chengshudu: '2', customuuid: 'a-1' },
		],
		[{ userid: '', memberid: null, chengshudu: undefined, customuuid: ' ' }, {}],
	])('%j are sent as %j besides what is always sent', (given, sent) => {
		expect(commo.readFilters(given)).toStrictEqual({ ...ALWAYS, ...sent });
	});

	it.each<[IDataObject, string, string]>([
		[
			{ extnumber: '80a1' },
			'Extension Names or IDs',
			'(extnumber) takes extension numbers, digits only, not "80a1"',
		],
		[{ extnumber: ['8001', 'a8002'] }, 'Extension Names or IDs', 'not "a8002"'],
		[{ extnumber: '8002a' }, 'Extension Names or IDs', 'not "8002a"'],
		[{ destnumber: '+40 721' }, 'Destination Number', 'takes digits only, not "+40 721"'],
		[{ destnumber: 'a1' }, 'Destination Number', 'not "a1"'],
		[{ destnumber: '1a' }, 'Destination Number', 'not "1a"'],
		[{ destnumber: '1+' }, 'Destination Number', 'not "1+"'],
		[{ syncflag: 0 }, 'Query State', 'takes one of 1, 2, 3'],
		[{ syncflag: 4 }, 'Query State', 'takes one of 1, 2, 3'],
		[{ direction: 'in' }, 'Direction', 'takes one of 1, 2, 3'],
		[{ callmethod: 7 }, 'Call Method', 'takes one of 0, 1, 2, 3, 4, 5, 6'],
	])('%j are refused by name', (given, parameter, message) => {
		const read = () => commo.readFilters(given);
		expect(read).toThrow(InputError);
		expect(read).toThrow(message);
		expect(read).toThrow(expect.objectContaining({ parameter }) as Error);
		expect(read).toThrow(`'${parameter}'`);
	});

	it('that are wrong come with an example of a right one', () => {
		expect(() => commo.readFilters({ extnumber: 'x' })).toThrow(
			expect.objectContaining({
				advice: 'Use extension numbers, like 8001 or 8001,8002.',
			}) as Error,
		);
	});

	it('warn that records are marked only where they are, and are then not offered to triggers', () => {
		expect(commo.consumesOnRead?.({ syncflag: 1 })).toBe(
			"The platform has marked the records that this run was given: get them with 'Query State' = 'Queried Already'.",
		);
		expect(commo.consumesOnRead?.({ syncflag: 2 })).toBeUndefined();
		expect(commo.consumesOnRead?.({ syncflag: 3 })).toBeUndefined();
		expect(commo.excludedTriggerFilters).toEqual(['syncflag']);
	});
});

describe('a recording', () => {
	const question = (options: IDataObject = {}) => {
		const found = commo.recordings!.find('2025/03/04/a.wav', withOptions(options));
		if (!('apiRequest' in found)) throw new Error('nothing is asked');
		return found;
	};

	it('is asked for by the name of its file', () => {
		expect(question().apiRequest).toEqual({
			method: 'POST',
			url: '/',
			headers: { 'content-type': 'multipart/form-data' },
			body: { service: 'App.Sip_Cdr.GetRecodeFile', filename: '2025/03/04/a.wav' },
		});
		expect(question({ bodyFormat: 'urlencoded' }).apiRequest.headers).toEqual({
			'content-type': 'application/x-www-form-urlencoded',
		});
	});

	it('is where the answer says, which is fetched without the credential', () => {
		const { link, missing } = question();
		expect(link({ downurl: 'http://files.example.com/a.wav?sign=1' })).toEqual({
			url: 'http://files.example.com/a.wav?sign=1',
		});
		expect(commo.recordings?.isAuthenticated).toBe(false);
		expect(missing).toEqual(['1029']);
	});

	it.each([{}, { downurl: '' }, { downurl: null }, null, [], 'text'])(
		'is missing where the answer is %j',
		(payload) => expect(question().link(payload)).toBeNull(),
	);
});

describe('rows without an id', () => {
	const idOf = (row: IDataObject) => commo.recordIds([{ ...ROW, id: '', ...row }])[0];

	it.each(['starttime', 'extnumber', 'destnumber', 'displaynumber'])(
		'are told apart by %s',
		(field) => expect(idOf({ [field]: '7' })).not.toBe(idOf({})),
	);

	it('have the same id whatever is known of the call later', () => {
		const later = { endtime: '2025-03-04 10:00:00', billsec: 9, recordfilename: 'b.wav' };
		expect(idOf(later)).toBe(idOf({}));
	});
});

it('is known by the names that record ids and credentials rely on', () => {
	const { name, title, credentialType } = commo;
	expect({ name, title, credentialType }).toEqual({
		name: 'commo',
		title: 'Commo',
		credentialType: 'commoApi',
	});
});

it('refuses in codes that are understood', () => {
	expectErrorCodes(commo, {
		input: ['400', '1002', '1011', '1012', '1021'],
		temporary: ['500', '1001'],
		expired: ['600', '1010'],
		credentials: ['601', '602', '603'],
		blocked: ['604'],
		unknown: ['1003'],
	});
});

it('has options that a user can choose from', () => {
	const expected = {
		bodyFormat: { values: ['formData', 'urlencoded'], normal: 'formData' },
	};
	expectDropDowns(commo.options, expected);
	expectDropDowns(commo.recordings!.options, expected);
});

it('takes a time for none that is older than any call', () => {
	const start = (starttime: string) => commo.startOf({ starttime }, settings());
	expect(start('1999-12-31 23:59:59')).toBeNull();
	expect(start('2000-01-01 00:00:00')).toBe(Date.UTC(2000, 0, 1) / 1000);
	expect(start('')).toBeNull();
});

it('takes the extension for the caller of an internal call, else the number it shows', () => {
	const from = (row: IDataObject) =>
		commo.mapRow({ ...ROW, callmethod: 1, ...row }, 'id', settings()).from;
	expect(from({ extnumber: '8001', displaynumber: '02180000001' })).toBe('8001');
	expect(from({ extnumber: '', displaynumber: '8002' })).toBe('8002');
});

it('takes for an answer only what says that it is one', () => {
	const result = { bills: [] };
	const open = (status: unknown) => commo.open({ ret: 200, data: { status, result } });
	expect(open(0)).toEqual({ payload: result });
	expect(open(1)).toEqual({ apiError: { code: '?', text: null } });
	expect(open(null)).toEqual({ unrecognised: true });
	const none = { totalitems: 0, bills: 'none' };
	expect(() => commo.reply(none)).toThrow("holds no list 'bills'");
	expect(() => commo.reply([{ id: 1 }])).toThrow("holds no list 'bills'");
});
