// The fakes have to refuse what the vendors refuse: what they took would prove nothing else.
import assert from 'node:assert/strict';
import { it } from 'node:test';

import { createBitrix24, createPipedrive, createSalesforce, createZoho } from './fakes/crms.mjs';
import { createHubspot } from './fakes/hubspot.mjs';
import { appOf } from './fakes/internet.mjs';

const token = 'token';
const contacts = [];
const bearer = { authorization: `Bearer ${token}` };

/**
 * For each CRM: a body that is taken, and changes that have to be refused. `path` leads to the object with the fields,
 * undefined as a value takes a field away.
 */
const CASES = [
	{
		name: 'HubSpot',
		service: createHubspot({ token, contacts }),
		url: '/crm/objects/2026-03/calls/batch/upsert',
		path: ['inputs', 0, 'properties'],
		body: {
			inputs: [
				{
					idProperty: 'call_record_id',
					id: 'a:1',
					properties: {
						hs_timestamp: '2026-03-04T07:15:00.000Z',
						hs_call_title: 'Call',
						hs_call_status: 'COMPLETED',
						hs_call_duration: '65000',
						hs_call_external_id: 'a:1',
					},
				},
			],
		},
		wrong: {
			'seconds for milliseconds': { hs_call_duration: '65' },
			'a number for text': { hs_call_duration: 65_000 },
			'no time': { hs_timestamp: undefined },
			'a time with an offset': { hs_timestamp: '2026-03-04T09:15:00+02:00' },
			'a status of its own': { hs_call_status: 'ANSWERED' },
			'a property that does not exist': { duration: '65000' },
		},
	},
	{
		name: 'Salesforce',
		service: createSalesforce({ token, contacts }),
		url: '/services/data/v61.0/sobjects/Task',
		path: [],
		body: {
			...{ Subject: 'Call', TaskSubtype: 'Call', Status: 'Completed', Priority: 'Normal' },
			...{ ActivityDate: '2026-03-04', CallDurationInSeconds: 65, CallObject: 'a:1' },
		},
		refusesDoubles: true,
		wrong: {
			'minutes for seconds': { CallDurationInSeconds: 1.08 },
			'text for a number': { CallDurationInSeconds: '65' },
			'a time for a date': { ActivityDate: '2026-03-04T09:15:00+02:00' },
			'no subject': { Subject: undefined },
			'a field that does not exist': { Duration: 65 },
		},
	},
	{
		name: 'Zoho CRM',
		service: createZoho({ token, contacts }),
		url: '/crm/v8/Calls/upsert',
		path: ['data', 0],
		body: {
			data: [
				{
					...{ Subject: 'Call', Call_Type: 'Inbound', Call_Duration: '01:05' },
					...{ Call_Start_Time: '2026-03-04T09:15:00+02:00', Call_Record_ID: 'a:1' },
				},
			],
			duplicate_check_fields: ['Call_Record_ID'],
		},
		wrong: {
			'seconds for mm:ss': { Call_Duration: '65' },
			'a number for text': { Call_Duration: 65 },
			'no duration': { Call_Duration: undefined },
			'a time without offset': { Call_Start_Time: '2026-03-04T09:15:00' },
			'no type': { Call_Type: undefined },
		},
	},
	{
		name: 'Pipedrive',
		service: createPipedrive({ token, contacts }),
		url: `/v1/callLogs?api_token=${token}`,
		path: [],
		body: {
			...{ outcome: 'connected', to_phone_number: '+40312000000', duration: '65' },
			...{ start_time: '2026-03-04 07:15:00', end_time: '2026-03-04 07:16:20', note: 'a:1' },
		},
		refusesDoubles: true,
		wrong: {
			'milliseconds for seconds': { duration: '65000' },
			'a number for text': { duration: 65 },
			'no end': { end_time: undefined },
			'a time with an offset': { start_time: '2026-03-04T09:15:00+02:00' },
			'an outcome of its own': { outcome: 'missed' },
		},
	},
	{
		name: 'Bitrix24',
		service: createBitrix24({ secret: token }),
		url: `/rest/1/${token}/telephony.externalcall.register`,
		path: [],
		body: {
			...{ USER_ID: 1, PHONE_NUMBER: '+40721000001', TYPE: 2, CRM_CREATE: 0, SHOW: 0 },
			CALL_START_DATE: '2026-03-04T09:15:00+02:00',
		},
		wrong: {
			'a direction in words': { TYPE: 'inbound' },
			'no user': { USER_ID: undefined },
			'a card on the screen': { SHOW: 1 },
		},
	},
];

for (const { name, service, url, path, body, wrong, refusesDoubles } of CASES) {
	it(`${name}: takes a call, and refuses what the vendor refuses`, async () => {
		const app = await appOf(service, []);
		const post = async (payload, headers = bearer) =>
			(await app.inject({ method: 'POST', url, headers, payload })).statusCode;
		for (const [what, change] of Object.entries(wrong)) {
			const spoilt = structuredClone(body);
			Object.assign(
				path.reduce((inner, key) => inner[key], spoilt),
				change,
			);
			assert.equal(await post(spoilt), 400, what);
		}
		assert.ok((await post(body)) < 300);
		if (refusesDoubles) assert.equal(await post(body), 400, 'a double');
		await app.close();
	});
}
