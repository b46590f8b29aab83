import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../../../nodes/callRecords/call';
import { CRMS, isCrm, leftOut, toCrm, type CrmName } from '../../../../nodes/callRecords/shape/crm';
import { maskCall } from '../../../../nodes/callRecords/shape/personalData';
import { aCall } from '../calls';
import * as golden from './golden';
import { goldenCalls, type GoldenName } from './goldenCalls';

const context = { country: 'RO', bitrix24UserId: 7 };
const ID = 'yeastarPSeries:pbx.example.com:1001';
const names = Object.keys(goldenCalls) as GoldenName[];
const crms = Object.keys(CRMS) as CrmName[];
const bodyOf = (crm: CrmName, call: Call) => toCrm(crm, call, context)!.body;

/** The golden row of a call, without what is null. */
function expected(crm: CrmName, name: GoldenName): IDataObject | undefined {
	const { header, rows } = golden[crm];
	const row = rows[name];
	if (!row) return undefined;
	expect(row).toHaveLength(header.length);
	const entries = header.map((field, i) => [field, row[i]] as const);
	return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/** The fields that say the same for every call, and the text; each is tested by itself below. */
const RECORDING = 'https://pbx.example.com/r/1001.mp3';
const alike: Record<CrmName, (name: GoldenName) => IDataObject> = {
	hubspot: (name) => ({
		hs_call_title: golden.TITLES[name],
		hs_call_body: expect.stringContaining(`<br>Call record: ${ID}`),
		hs_call_external_id: ID,
		...(name === 'answered'
			? { hs_call_recording_url: RECORDING, hs_call_source: 'INTEGRATIONS_PLATFORM' }
			: {}),
	}),
	salesforce: (name) => ({
		Subject: golden.TITLES[name],
		TaskSubtype: 'Call',
		Status: 'Completed',
		Priority: 'Normal',
		CallObject: ID,
		Description: expect.stringContaining(`\nCall record: ${ID}`),
	}),
	zoho: (name) => ({
		Subject: golden.TITLES[name],
		Description: expect.stringContaining(`\nCall record: ${ID}`),
		...(name === 'answered' ? { Voice_Recording__s: RECORDING } : {}),
	}),
	pipedrive: (name) => ({
		subject: golden.TITLES[name],
		note: expect.stringContaining(`<br>Call record: ${ID}`),
	}),
	bitrix24: () => ({ USER_ID: 7, CRM_CREATE: 0, SHOW: 0, ADD_TO_CHAT: 0 }),
};

/** The one object with all fields that is inside the body. */
const inside: Record<CrmName, (body: IDataObject) => unknown> = {
	hubspot: (body) => body.properties,
	salesforce: (body) => body,
	zoho: (body) => (body.data as IDataObject[])[0],
	pipedrive: (body) => body,
	bitrix24: ({ register, finish }) => ({ ...(register as object), ...(finish as object) }),
};

describe.each(crms)('%s', (crm) => {
	it.each(names)('gets the golden call %s', (name) => {
		const item = toCrm(crm, goldenCalls[name], context);
		const fields = expected(crm, name);
		expect(item === null).toBe(fields === undefined);
		expect(leftOut(crm, goldenCalls[name]) === null).toBe(fields !== undefined);
		if (item === null) return;
		expect(inside[crm](item.body)).toEqual({ ...fields, ...alike[crm](name) });
		expect(item.match.recordId).toBe(ID);
	});

	it('gets no numbers and names that were masked', () => {
		for (const mode of ['remove', 'lastDigits'] as const) {
			const item = toCrm(crm, maskCall(goldenCalls.answered, { mode }), context);
			expect(JSON.stringify(item)).not.toMatch(/721234567|Jane|Ann/);
			expect(item?.match.numbers).toEqual([]);
		}
	});

	it('gets texts and numbers only', () => {
		for (const name of names) {
			const item = toCrm(crm, goldenCalls[name], context);
			if (item === null) continue;
			for (const value of Object.values(inside[crm](item.body) as IDataObject)) {
				expect(['string', 'number']).toContain(typeof value);
				expect(value).not.toBe('');
			}
		}
	});
});

describe('the envelope', () => {
	it('is what each CRM takes', () => {
		expect(Object.keys(bodyOf('hubspot', aCall()))).toEqual(['properties']);
		expect(Object.keys(bodyOf('zoho', aCall()))).toEqual(['data']);
		expect(bodyOf('bitrix24', aCall())).toEqual({
			register: {
				USER_ID: 7,
				PHONE_NUMBER: '+40721234567',
				TYPE: 2,
				CALL_START_DATE: '2026-03-04T09:15:00+02:00',
				CRM_CREATE: 0,
				SHOW: 0,
			},
			finish: {
				USER_ID: 7,
				DURATION: 72,
				STATUS_CODE: '200',
				FAILED_REASON: `Answered (${ID})`,
				ADD_TO_CHAT: 0,
			},
		});
	});
});

describe('the text', () => {
	const call = aCall({
		waitSeconds: 12,
		tags: 'vip',
		note: 'Call back & <confirm>',
		externalReference: 'T-17',
	});
	const lines = [
		'Outcome: Answered',
		'Customer: Jane Doe (+40721234567)',
		'Agent: Ann Lee (4005)',
		'Queue: Sales',
		'Line: +40312345678',
		'Started: 2026-03-04T09:15:00+02:00',
		'Waited: 0:00:12',
		'Talked: 0:01:12',
		'Path: Queue Sales (6400) > Ann Lee (4005)',
		'Recording: 20260304-0721234567-4005.wav',
		`Call record: ${ID}`,
		'Tags: vip',
		'Note: Call back & <confirm>',
		'Reference: T-17',
	];

	it('has a line for everything that is known', () => {
		expect(bodyOf('salesforce', call).Description).toBe(lines.join('\n'));
		expect(bodyOf('salesforce', goldenCalls.noNumber).Description).toBe(
			[
				'Outcome: No answer',
				'Agent: Ann Lee (4005)',
				'Started: 2026-03-04T09:15:00+02:00',
				'Talked: 0:00:00',
				'Path: Ann Lee (4005) > 0721234567',
				`Call record: ${ID}`,
			].join('\n'),
		);
		expect(bodyOf('salesforce', goldenCalls.overAnHour).Description).toContain('Talked: 1:02:05');
	});

	it('is HTML where it is shown as HTML', () => {
		const html = lines
			.map((line) => line.replace('&', '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'))
			.join('<br>');
		expect(bodyOf('hubspot', call).properties).toMatchObject({ hs_call_body: html });
		expect(bodyOf('pipedrive', call).note).toBe(html);
	});

	it('keeps to the lengths of the fields', () => {
		const long = aCall({ fromName: 'J'.repeat(400), note: 'n'.repeat(40_000) });
		const { Subject, Description } = bodyOf('salesforce', long);
		expect(String(Subject)).toHaveLength(255);
		expect(String(Description)).toHaveLength(32_000);
		expect(String(Description).includes(`Call record: ${ID}\n`)).toBe(true);
	});
});

describe('the numbers to find a contact by', () => {
	const numbersOf = (call: Call, country: string | null = 'RO') =>
		toCrm('hubspot', call, { country })?.match.numbers;

	it.each<[string, Call, string | null, string[]]>([
		[
			'a number of the country',
			aCall({ from: '0721 234 567' }),
			'RO',
			['+40721234567', '40721234567', '0040721234567', '0721234567', '0721 234 567'],
		],
		[
			'a number of another country',
			goldenCalls.overAnHour,
			'RO',
			['+442079460958', '442079460958', '00442079460958', '0044 20 7946 0958'],
		],
		[
			'no country said',
			aCall({ from: '+40721234567' }),
			null,
			['+40721234567', '40721234567', '0040721234567'],
		],
		[
			'North America',
			aCall({ from: '2125550123', externalNumber: '+12125550123' }),
			'US',
			['+12125550123', '12125550123', '0012125550123', '2125550123'],
		],
		[
			'not known as E.164',
			aCall({ from: '021234567', externalNumber: '021234567' }),
			null,
			['021234567'],
		],
		['masked', goldenCalls.maskedNumber, 'CN', []],
		['hidden', goldenCalls.hiddenCaller, 'RO', []],
		['short', aCall({ from: '12345', externalNumber: '12345' }), 'RO', []],
	])('%s', (_, call, country, expectedNumbers) => {
		expect(numbersOf(call, country)).toEqual(expectedNumbers);
	});
});

describe('what is left out', () => {
	it.each<[CrmName, GoldenName, string | null]>([
		['hubspot', 'internal', 'internal'],
		['bitrix24', 'internal', 'internal'],
		['salesforce', 'noStart', 'noStart'],
		['zoho', 'unknownDirection', 'noDirection'],
		['bitrix24', 'unknownDirection', 'noDirection'],
		['hubspot', 'unknownDirection', null],
		['pipedrive', 'answered', null],
	])('%s, %s: %s', (crm, name, reason) => {
		expect(leftOut(crm, goldenCalls[name])).toBe(reason);
	});
});

describe('the Bitrix24 user', () => {
	it.each([undefined, 0, -1, 1.5, '', 'Ann', NaN])('is not %p', (bitrix24UserId) => {
		const given = { bitrix24UserId: bitrix24UserId as number };
		expect(() => toCrm('bitrix24', aCall(), given)).toThrow(
			expect.objectContaining({ parameter: 'Bitrix24 User ID', advice: expect.any(String) }),
		);
	});

	it('is asked of no other CRM', () => {
		for (const crm of crms.filter((name) => name !== 'bitrix24')) {
			expect(toCrm(crm, aCall(), {})).not.toBeNull();
		}
	});
});

it('knows its CRMs by the parameter Output', () => {
	expect(crms).toEqual(['hubspot', 'salesforce', 'zoho', 'pipedrive', 'bitrix24']);
	expect(isCrm('zoho')).toBe(true);
	for (const output of ['call', 'both', 'toString', '', undefined, 5]) {
		expect(isCrm(output)).toBe(false);
	}
});
