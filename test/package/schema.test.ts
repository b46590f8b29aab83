import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { resolveOutputSchemaPath } from 'n8n-core';

import { CALL_FIELDS } from '../../nodes/callRecords/call';
import { CALL_RECORD_FIELDS } from '../../nodes/callRecords/callRecord';
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
const GET_CALLS = { resource: 'call', operation: 'getAll' };
const schema = JSON.parse(textOf('Commo', GET_MANY)) as Schema;
const callSchema = JSON.parse(textOf('Commo', GET_CALLS)) as Schema;
const triggerSchema = JSON.parse(textOf('Commo', {})) as Schema;

const kindOf = (value: unknown) =>
	value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value;

describe('the output schema that the editor shows before the first run', () => {
	it('has every field of a call record, in its order', () => {
		expect(schema.type).toBe('object');
		expect(Object.keys(schema.properties)).toEqual([...CALL_RECORD_FIELDS]);
	});

	it('has every field of a call, in its order, with the same kinds of values', () => {
		expect(Object.keys(callSchema.properties)).toEqual([...CALL_FIELDS]);
		expect(callSchema.properties).toMatchObject(schema.properties);
	});

	it('is the same for every platform, for they have the same fields', () => {
		for (const folder of folders) {
			expect([folder, textOf(folder, GET_MANY)]).toEqual([folder, textOf('Commo', GET_MANY)]);
			expect([folder, textOf(folder, GET_CALLS)]).toEqual([folder, textOf('Commo', GET_CALLS)]);
			expect([folder, textOf(folder, {})]).toEqual([folder, textOf('Commo', {})]);
		}
	});

	it('of a trigger says besides what happened to the record', () => {
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
			expect(textOf(folder, GET_MANY, dist)).toBe(textOf(folder, GET_MANY));
			expect(textOf(folder, GET_CALLS, dist)).toBe(textOf(folder, GET_CALLS));
			expect(textOf(folder, {}, dist)).toBe(textOf(folder, {}));
		}
	});

	it('is true of records that were written by hand', () => {
		const wrong = [...COMMO, ...INFIN8LINX].flatMap(({ name, record }) =>
			CALL_RECORD_FIELDS.filter((field) => {
				const { type, enum: allowed } = schema.properties[field];
				const value = record[field];
				const fits = [type].flat().includes(kindOf(value));
				return !fits || (allowed !== undefined && !allowed.includes(value));
			}).map((field) => `${name}: ${field}`),
		);
		expect(wrong).toEqual([]);
	});

	it('names no kind of value that never comes, and first the one that is shown', () => {
		for (const [name, { type }] of Object.entries(callSchema.properties)) {
			const kinds = [type].flat();
			expect([name, ['string', 'integer', 'boolean']]).toEqual([
				name,
				expect.arrayContaining([kinds[0]]),
			]);
			expect(kinds.slice(1).every((kind) => kind === 'null')).toBe(true);
		}
	});
});
