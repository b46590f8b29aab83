import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resolveOutputSchemaPath } from 'n8n-core';

import { CALL_FIELDS } from '../../nodes/callRecords/call';
import { CALL_RECORD_FIELDS } from '../../nodes/callRecords/callRecord';
import { groupCalls } from '../../nodes/callRecords/calls/groupCalls';
import { GOLDEN as DRAWN } from '../callRecords/calls/goldenCalls';
import { draw } from '../callRecords/calls/drawing';
import { GOLDEN as COMMO } from '../nodes/Commo/golden';
import { GOLDEN as INFIN8LINX } from '../nodes/Infin8linx/golden';
import { manifest, ROOT } from '../support/package';

interface Field {
	type: string | string[];
	enum?: unknown[];
}

interface Schema {
	type: string;
	properties: Record<string, Field>;
}

const folders = [...new Set(manifest.n8n.nodes.map((file) => file.split('/')[2]))];

/** The file n8n's editor asks for, in the sources or in the built package. */
const fileOf = (folder: string, of: { resource?: string; operation?: string }, from = ROOT) =>
	resolveOutputSchemaPath({ nodeDir: join(from, 'nodes', folder), version: 1, ...of })!;
const textOf = (...of: Parameters<typeof fileOf>) => readFileSync(fileOf(...of), 'utf8');

const GET_MANY = { resource: 'callRecord', operation: 'getAll' };
const CALLS = { resource: 'call', operation: 'getAll' };
const CALL = { resource: 'call', operation: 'get' };
const schema = JSON.parse(textOf('Commo', GET_MANY)) as Schema;
const callSchema = JSON.parse(textOf('Commo', CALLS)) as Schema;
const triggerSchema = JSON.parse(textOf('Commo', {})) as Schema;

const kindOf = (value: unknown) =>
	value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;

describe('the output schema that the editor shows before the first run', () => {
	it('has every field of a call record, in its order', () => {
		expect(schema.type).toBe('object');
		expect(Object.keys(schema.properties)).toEqual([...CALL_RECORD_FIELDS]);
	});

	it('has every field of a call, and says the same of those of its legs', () => {
		expect(Object.keys(callSchema.properties)).toEqual([...CALL_FIELDS]);
		expect(callSchema.properties).toMatchObject(schema.properties);
		expect(textOf('Commo', CALL)).toBe(textOf('Commo', CALLS));
	});

	it.each([[GET_MANY], [CALLS], [CALL], [{}]])(
		'is the same for every platform, for they have the same fields: %j',
		(of) => {
			for (const folder of folders) {
				expect([folder, textOf(folder, of)]).toEqual([folder, textOf('Commo', of)]);
			}
		},
	);

	it('of a trigger says besides what happened to the call', () => {
		expect(triggerSchema).toEqual({
			...callSchema,
			properties: {
				...callSchema.properties,
				change: { type: 'string', enum: ['new', 'updated'] },
			},
		});
		expect(Object.keys(triggerSchema.properties)).toEqual([...CALL_FIELDS, 'change']);
	});

	it('is in the built package', () => {
		for (const folder of folders) {
			const dist = join(ROOT, 'dist');
			for (const what of [GET_MANY, CALLS, CALL, {}]) {
				expect(textOf(folder, what, dist)).toBe(textOf(folder, what));
			}
		}
	});

	/** Fields whose values are not as a schema says. */
	const unfit = ({ properties }: Schema, item: object) =>
		Object.entries(item)
			.filter(([field, value]) => {
				const { type, enum: allowed } = properties[field];
				const fits = [type].flat().includes(kindOf(value));
				return !fits || (allowed !== undefined && !allowed.includes(value));
			})
			.map(([field]) => field);

	it('is true of records and calls that were written by hand', () => {
		for (const { name, record } of [...COMMO, ...INFIN8LINX]) {
			expect([name, unfit(schema, record)]).toEqual([name, []]);
		}
		for (const { title, legs, scene } of DRAWN) {
			const calls = groupCalls(draw(legs, scene), { readAt: 0, settleSeconds: 60 });
			expect([title, calls.flatMap((call) => unfit(callSchema, call))]).toEqual([title, []]);
		}
	});

	it('names no kind of value that never comes, and first the one that is shown', () => {
		for (const [name, { type }] of Object.entries(triggerSchema.properties)) {
			const kinds = [type].flat();
			expect([name, ['string', 'integer', 'boolean']]).toEqual([
				name,
				expect.arrayContaining([kinds[0]]),
			]);
			expect(kinds.slice(1).every((kind) => kind === 'null')).toBe(true);
		}
	});
});
