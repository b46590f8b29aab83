// HubSpot, from developers.hubspot.com: CRM search, Calls, Notes, Associations v4; error format of "Error handling".
import { exactly, refusal, text } from './internet.mjs';

const READ = 'crm.objects.contacts.read';
const WRITE = 'crm.objects.contacts.write';

const properties = {
	...exactly({
		hs_timestamp: { type: 'string', format: 'date-time', pattern: 'Z$' },
		hs_call_title: text,
		'hs_call_body?': text,
		'hs_call_direction?': { enum: ['INBOUND', 'OUTBOUND'] },
		'hs_call_status?': {
			enum: ['COMPLETED', 'MISSED', 'NO_ANSWER', 'BUSY', 'FAILED', 'CANCELED'],
		},
		'hs_call_disposition?': { type: 'string', format: 'uuid' },
		// Milliseconds of whole seconds: a duration in seconds does not pass, unless it is a multiple of a thousand.
		'hs_call_duration?': { type: 'string', pattern: '^(0|[1-9]\\d*000)$' },
		'hs_call_from_number?': text,
		'hs_call_to_number?': text,
		'hs_call_recording_url?': { type: 'string', pattern: '^https://' },
		'hs_call_source?': { const: 'INTEGRATIONS_PLATFORM' },
		hs_call_external_id: text,
	}),
};

const search = exactly({
	filterGroups: {
		type: 'array',
		minItems: 1,
		maxItems: 5,
		items: exactly({
			filters: {
				type: 'array',
				minItems: 1,
				maxItems: 6,
				items: {
					type: 'object',
					required: ['propertyName', 'operator'],
					properties: { operator: { enum: ['EQ', 'IN'] } },
					if: { properties: { operator: { const: 'IN' } } },
					then: { required: ['values'], properties: { values: { type: 'array', minItems: 1 } } },
					else: { required: ['value'], properties: { value: text } },
				},
			},
		}),
	},
	'properties?': { type: 'array', items: text },
	'limit?': { type: 'integer', minimum: 1, maximum: 200 },
});

const upsert = exactly({
	inputs: {
		type: 'array',
		minItems: 1,
		maxItems: 100,
		items: exactly({ idProperty: { const: 'call_record_id' }, id: text, properties }),
	},
});

const note = exactly({
	properties: exactly({
		hs_timestamp: { type: 'string', format: 'date-time', pattern: 'Z$' },
		hs_note_body: text,
	}),
	associations: {
		type: 'array',
		minItems: 1,
		items: exactly({
			to: exactly({ id: text }),
			// Default association types: 202 is note to contact.
			types: {
				type: 'array',
				items: exactly({
					associationCategory: { const: 'HUBSPOT_DEFINED' },
					associationTypeId: { const: 202 },
				}),
			},
		}),
	},
});

const CATEGORIES = {
	400: 'VALIDATION_ERROR',
	401: 'INVALID_AUTHENTICATION',
	403: 'MISSING_SCOPES',
};

/** @param {{ token: string, contacts: { id: string, phone: string }[] }} account */
export function createHubspot({ token, contacts }) {
	const account = {
		scopes: new Set([READ, WRITE]),
		/** @type {Map<string, { id: string, properties: Record<string, string>, contacts: Set<string> }>} by their key */
		calls: new Map(),
		/** @type {any[]} */
		notes: [],
	};
	const needs = (/** @type {string} */ scope) => async () => {
		if (!account.scopes.has(scope)) throw refusal(403, `This app hasn't been granted ${scope}`);
	};
	return Object.assign(account, {
		hosts: ['api.hubapi.com'],
		problem: (/** @type {{ status: number, message: string }} */ { status, message }) => ({
			status: 'error',
			message,
			category: CATEGORIES[/** @type {400} */ (status)] ?? 'OBJECT_NOT_FOUND',
		}),
		routes(/** @type {import('fastify').FastifyInstance} */ app) {
			app.addHook('onRequest', async ({ headers }) => {
				if (headers.authorization !== `Bearer ${token}`)
					throw refusal(401, 'Authentication credentials not found');
			});
			app.post(
				'/crm/v3/objects/contacts/search',
				{ schema: { body: search }, preHandler: needs(READ) },
				async ({ body }) => {
					const groups = /** @type {any} */ (body).filterGroups.flatMap(
						(/** @type {any} */ { filters }) => filters,
					);
					const wanted = groups
						.filter((/** @type {any} */ { propertyName }) => propertyName === 'phone')
						.flatMap((/** @type {any} */ { value, values }) => values ?? [value]);
					const results = contacts.filter(({ phone }) => wanted.includes(phone));
					return { total: results.length, results };
				},
			);
			app.post(
				'/crm/objects/2026-03/calls/batch/upsert',
				{ schema: { body: upsert }, preHandler: needs(WRITE) },
				async ({ body }) => ({
					status: 'COMPLETE',
					results: /** @type {any} */ (body).inputs.map((/** @type {any} */ input) => {
						const known = account.calls.get(input.id);
						const id = known?.id ?? String(9000 + account.calls.size);
						account.calls.set(input.id, {
							id,
							properties: input.properties,
							contacts: known?.contacts ?? new Set(),
						});
						return { id, new: known === undefined, properties: input.properties };
					}),
				}),
			);
			app.put(
				'/crm/v4/objects/calls/:call/associations/default/contacts/:contact',
				{ preHandler: needs(WRITE) },
				async ({ params }) => {
					const { call, contact } = /** @type {Record<string, string>} */ (params);
					const found = [...account.calls.values()].find(({ id }) => id === call);
					if (!found || !contacts.some(({ id }) => id === contact))
						throw refusal(404, 'no such object');
					found.contacts.add(contact);
					return { status: 'COMPLETE', results: [] };
				},
			);
			app.post(
				'/crm/objects/2026-03/notes',
				{ schema: { body: note }, preHandler: needs(WRITE) },
				async ({ body }, reply) => {
					account.notes.push(body);
					return await reply.code(201).send({ id: String(account.notes.length) });
				},
			);
		},
	});
}
