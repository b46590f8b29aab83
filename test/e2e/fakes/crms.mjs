// Salesforce, Zoho CRM, Pipedrive and Bitrix24, as far as a call is logged there. Written from their references: the pages
// are named in docs/destinations.
import { exactly, refusal, text } from './internet.mjs';

/** @typedef {{ status: number, message: string }} Problem */
/** @typedef {import('fastify').FastifyInstance} App */

const whole = { type: 'integer', minimum: 0 };

/** Object Reference, Task; REST API, Query, Search and sObject Basic Information; "Status Codes and Error Responses". */
const task = exactly({
	Subject: { type: 'string', minLength: 1, maxLength: 255 },
	TaskSubtype: { const: 'Call' },
	Status: { const: 'Completed' },
	Priority: { enum: ['High', 'Normal', 'Low'] },
	ActivityDate: { type: 'string', format: 'date' },
	'CallType?': { enum: ['Inbound', 'Outbound', 'Internal'] },
	'CallDurationInSeconds?': whole,
	'CallDisposition?': { type: 'string', maxLength: 255 },
	CallObject: { type: 'string', minLength: 1, maxLength: 255 },
	'Description?': { type: 'string', maxLength: 32_000 },
	'WhoId?': { type: 'string', pattern: '^00[3Q]\\w{12,15}$' },
});

/** @param {{ token: string, contacts: { id: string, phone: string }[] }} account */
export function createSalesforce({ token, contacts }) {
	/** @type {Record<string, any>[]} */
	const tasks = [];
	return {
		tasks,
		hosts: ['your-company.my.salesforce.com'],
		problem: ({ status, message }) => [
			{ message, errorCode: status === 401 ? 'INVALID_SESSION_ID' : 'INVALID_FIELD' },
		],
		routes(/** @type {App} */ app) {
			app.addHook('onRequest', async ({ headers }) => {
				if (headers.authorization !== `Bearer ${token}`)
					throw refusal(401, 'Session expired or invalid');
			});
			app.get('/services/data/v61.0/query', async ({ query }) => {
				const { q } = /** @type {Record<string, string>} */ (query);
				const key = /^SELECT Id FROM Task WHERE CallObject = '((?:[^'\\]|\\.)+)' LIMIT 1$/.exec(q);
				if (!key) throw refusal(400, `unexpected token in ${q}`);
				const records = tasks.filter(({ CallObject }) => CallObject === key[1]);
				return { totalSize: records.length, done: true, records };
			});
			app.get('/services/data/v61.0/search', async ({ query }) => {
				const { q } = /** @type {Record<string, string>} */ (query);
				// Reserved characters would have to be escaped; digits and OR need no care.
				const found = /^FIND \{ ([\w ]+) \} IN PHONE FIELDS RETURNING Contact\(Id LIMIT 1\)$/.exec(
					q,
				);
				if (!found) throw refusal(400, `No search term found in ${q}`);
				const numbers = found[1].split(' OR ');
				const searchRecords = contacts
					.filter(({ phone }) => numbers.includes(phone.replace(/\D/g, '')))
					.map(({ id }) => ({ attributes: { type: 'Contact' }, Id: id }));
				return { searchRecords };
			});
			app.post(
				'/services/data/v61.0/sobjects/Task',
				{ schema: { body: task } },
				async ({ body }, reply) => {
					const record = /** @type {Record<string, any>} */ (body);
					if (tasks.some(({ CallObject }) => CallObject === record.CallObject))
						throw refusal(400, 'DUPLICATES_DETECTED: you are creating a duplicate record');
					tasks.push({ Id: `00T${tasks.length}`, ...record });
					return await reply.code(201).send({ id: tasks.at(-1)?.Id, success: true, errors: [] });
				},
			);
		},
	};
}

/** API v8, Search Records, Upsert Records and the metadata of the module Calls. */
const zohoCall = {
	...exactly({
		Subject: text,
		Call_Type: { enum: ['Inbound', 'Outbound', 'Missed'] },
		// With an offset, without milliseconds.
		Call_Start_Time: {
			type: 'string',
			pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d$',
		},
		'Call_Duration?': { type: 'string', pattern: '^\\d{2,}:[0-5]\\d$' },
		'Outgoing_Call_Status?': { enum: ['Completed', 'Scheduled'] },
		'Call_Result?': text,
		'Caller_ID?': text,
		'Dialled_Number?': text,
		'Voice_Recording__s?': { type: 'string', pattern: '^https://' },
		'Description?': text,
		Call_Record_ID: text,
		'Who_Id?': exactly({ id: { type: 'string', pattern: '^\\d+$' } }),
	}),
	if: { properties: { Call_Type: { const: 'Missed' } } },
	else: { required: ['Call_Duration'] },
};

/** @param {{ token: string, contacts: { id: string, phone: string }[] }} account */
export function createZoho({ token, contacts }) {
	/** @type {Map<string, Record<string, any>>} by the field that allows no duplicates */
	const calls = new Map();
	return {
		calls,
		hosts: ['www.zohoapis.com'],
		problem: ({ status, message }) => ({
			code: status === 401 ? 'INVALID_TOKEN' : 'INVALID_DATA',
			message,
			status: 'error',
			details: {},
		}),
		routes(/** @type {App} */ app) {
			app.addHook('onRequest', async ({ headers }) => {
				if (!/^(Bearer|Zoho-oauthtoken) /.test(headers.authorization ?? ''))
					throw refusal(401, 'invalid oauth token');
				if (!headers.authorization?.endsWith(` ${token}`))
					throw refusal(401, 'invalid oauth token');
			});
			app.get('/crm/v8/Contacts/search', async ({ query }, reply) => {
				const { criteria = '' } = /** @type {Record<string, string>} */ (query);
				const criterion = /^\((Phone|Mobile):equals:([+\w]+)\)$/;
				const parts = criteria.split('or(').map((part, i) => (i === 0 ? part : `(${part}`));
				if (parts.length > 15 || !parts.every((part) => criterion.test(part)))
					throw refusal(400, `invalid query formed: ${criteria}`);
				const numbers = parts.map((part) => criterion.exec(part)?.[2]);
				const data = contacts.filter(({ phone }) => numbers.includes(phone));
				if (data.length === 0) return await reply.code(204).send();
				return { data: data.map(({ id }) => ({ id })), info: { count: data.length } };
			});
			app.post(
				'/crm/v8/Calls/upsert',
				{
					schema: {
						body: exactly({
							data: { type: 'array', minItems: 1, maxItems: 100, items: zohoCall },
							duplicate_check_fields: { const: ['Call_Record_ID'] },
						}),
					},
				},
				async ({ body }) => ({
					data: /** @type {any} */ (body).data.map((/** @type {any} */ call) => {
						const action = calls.has(call.Call_Record_ID) ? 'update' : 'insert';
						calls.set(call.Call_Record_ID, call);
						return { code: 'SUCCESS', status: 'success', action, details: { id: '1' } };
					}),
				}),
			);
		},
	};
}

/** API v1, Call logs, Add a call log; API v2, Persons, Search persons. Times are in UTC, without a zone. */
const utc = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' };
const callLog = exactly({
	outcome: {
		enum: ['connected', 'no_answer', 'left_message', 'left_voicemail', 'wrong_number', 'busy'],
	},
	to_phone_number: text,
	'from_phone_number?': text,
	start_time: utc,
	end_time: utc,
	'duration?': { type: 'string', pattern: '^\\d+$' },
	'subject?': text,
	'note?': text,
	'person_id?': { type: 'integer' },
});

/** @param {{ token: string, contacts: { id: number, phone: string }[] }} account */
export function createPipedrive({ token, contacts }) {
	/** @type {Record<string, any>[]} */
	const logs = [];
	return {
		logs,
		hosts: ['api.pipedrive.com'],
		problem: ({ message }) => ({ success: false, error: message, error_info: '' }),
		routes(/** @type {App} */ app) {
			app.addHook('onRequest', async ({ headers, query }) => {
				const { api_token } = /** @type {Record<string, string>} */ (query);
				if (api_token !== token && headers['x-api-token'] !== token)
					throw refusal(401, 'unauthorized access');
			});
			app.get('/api/v2/persons/search', async ({ query }) => {
				const { term = '', fields } = /** @type {Record<string, string>} */ (query);
				if (term.length < 2 || fields !== 'phone') throw refusal(400, 'term is too short');
				const items = contacts
					.filter(({ phone }) => phone.replace(/\D/g, '').includes(term))
					.map(({ id }) => ({ result_score: 1, item: { id, type: 'person' } }));
				return { success: true, data: { items } };
			});
			app.post('/v1/callLogs', { schema: { body: callLog } }, async ({ body }, reply) => {
				const log = /** @type {Record<string, any>} */ (body);
				const seconds = Date.parse(`${log.end_time}Z`) - Date.parse(`${log.start_time}Z`);
				if (seconds / 1000 < Number(log.duration ?? 0))
					throw refusal(400, 'a call that talked longer than it lasted: wrong unit');
				if (logs.some(({ note }) => note === log.note)) throw refusal(400, 'a double');
				logs.push(log);
				return await reply.code(201).send({ success: true, data: { id: 'b1', ...log } });
			});
		},
	};
}

/** REST reference, telephony.externalcall.register and .finish; errors of its page "Errors". */
const register = exactly({
	USER_ID: { type: 'integer', minimum: 1 },
	PHONE_NUMBER: text,
	TYPE: { enum: [1, 2] },
	CALL_START_DATE: { type: 'string', format: 'date-time' },
	CRM_CREATE: { enum: [0, 1] },
	SHOW: { const: 0 },
});
const finish = exactly({
	CALL_ID: text,
	USER_ID: { type: 'integer', minimum: 1 },
	DURATION: whole,
	STATUS_CODE: {
		enum: [
			'200',
			'304',
			'402',
			'403',
			'404',
			'423',
			'480',
			'484',
			'486',
			'503',
			'603',
			'603-S',
			'OTHER',
		],
	},
	'FAILED_REASON?': text,
	'ADD_TO_CHAT?': { enum: [0, 1] },
});

/** @param {{ secret: string }} account */
export function createBitrix24({ secret }) {
	/** @type {Record<string, any>[]} */
	const calls = [];
	const root = `/rest/1/${secret}`;
	return {
		calls,
		hosts: ['your-company.bitrix24.com'],
		problem: ({ status, message }) => ({
			error: status === 404 ? 'ERROR_METHOD_NOT_FOUND' : 'ERROR_CORE',
			error_description: message,
		}),
		routes(/** @type {App} */ app) {
			app.post(
				`${root}/telephony.externalcall.register`,
				{ schema: { body: register } },
				async ({ body }) => {
					const CALL_ID = `externalCall.${calls.length}`;
					calls.push({ CALL_ID, .../** @type {object} */ (body) });
					return { result: { CALL_ID, CRM_CREATED_LEAD: null } };
				},
			);
			app.post(
				`${root}/telephony.externalcall.finish`,
				{ schema: { body: finish } },
				async ({ body }) => {
					const end = /** @type {Record<string, any>} */ (body);
					const call = calls.find(({ CALL_ID }) => CALL_ID === end.CALL_ID);
					if (!call || call.DURATION !== undefined)
						throw refusal(400, 'Call is not found (should be registered prior to finishing)');
					if (calls.some(({ FAILED_REASON }) => FAILED_REASON === end.FAILED_REASON))
						throw refusal(400, 'a double');
					return { result: Object.assign(call, end) };
				},
			);
		},
	};
}
