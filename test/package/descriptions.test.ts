import type { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { KITS } from '../support/kits';
import { allProperties, choicesOf, loadPackage } from '../support/package';

let loader: PackageDirectoryLoader;
let actions: INodeTypeDescription[];
let triggers: INodeTypeDescription[];
let credentials: ICredentialType[];
beforeAll(async () => {
	loader = await loadPackage();
	const nodes = loader.types.nodes as INodeTypeDescription[];
	actions = nodes.filter(({ polling }) => !polling);
	triggers = nodes.filter(({ polling }) => polling);
	credentials = loader.types.credentials;
});

/** Parameters of a node or fields of a credential that a user sees, n8n's own poll times left out. */
const shown = (properties: INodeProperties[]) =>
	properties.filter(({ name, type }) => name !== 'pollTimes' && type !== 'hidden');
const named = (properties: INodeProperties[], name: string) =>
	properties.find((property) => property.name === name)!;
const inside = (property: INodeProperties) => (property.options ?? []) as INodeProperties[];
const valuesOf = (property: INodeProperties) => choicesOf(property).map(({ value }) => value);
const names = (properties: INodeProperties[]) => [...new Set(properties.map(({ name }) => name))];

const vendorFilters = (name: string) =>
	KITS.find(({ platform }) => platform.name === name)!.vendorFilters;

/** What speaks for itself: its name says all, or its choices do. */
const PLAIN = ['resource', 'operation', 'filters', 'options'];
const PLAIN_FIELDS = [
	'authentication',
	'identifyBy',
	'username',
	'appId',
	'accessKey',
	'clientSecret',
];

describe('every label', () => {
	it('has words that explain it', () => {
		const silent = [...actions, ...triggers].flatMap(({ name, properties }) =>
			allProperties(shown(properties))
				.filter(
					(property) =>
						!PLAIN.includes(property.name) &&
						property.type !== 'notice' &&
						!(property.description ?? property.hint)?.trim(),
				)
				.map((property) => `${name}.${property.name}`),
		);
		expect(silent).toEqual([]);
		const fields = credentials.flatMap(({ name, properties }) =>
			shown(properties)
				.filter((field) => !PLAIN_FIELDS.includes(field.name) && !field.description?.trim())
				.map((field) => `${name}.${field.name}`),
		);
		expect(fields).toEqual([]);
	});

	it('has nothing that is unfinished, and says what it takes where it is text', () => {
		const all = [...actions, ...triggers, ...credentials].flatMap(({ properties }) =>
			allProperties(shown(properties)),
		);
		for (const { displayName, description = '', placeholder = 'e.g. ' } of all) {
			expect(`${displayName} ${description}`).not.toMatch(
				/TODO|FIXME|lorem|xxx|undefined|\[object/i,
			);
			expect(displayName).toMatch(/^[A-Z0-9]/);
			expect(placeholder).toMatch(/^(e\.g\. |Add )/);
		}
	});

	it('is found once at a time: no parameter is there twice for the same choice', () => {
		for (const { name, properties } of actions) {
			const seen = properties.map((property) =>
				JSON.stringify([property.name, property.displayOptions?.show]),
			);
			expect([name, seen.filter((one, i) => seen.indexOf(one) !== i)]).toEqual([name, []]);
		}
	});
});

describe('the parameters of an action', () => {
	it('have the names that workflows rely on', () => {
		for (const { name, properties } of actions) {
			const expected = [
				'resource',
				'operation',
				'period',
				'startTime',
				'endTime',
				'returnAll',
				'limit',
				'filters',
				'output',
				'options',
				'format',
				'compress',
				'fileName',
				'binaryPropertyName',
				'callId',
				'near',
				'withinHours',
				'groupBy',
			];
			const hasRecordings = valuesOf(named(properties, 'resource')).includes('recording');
			if (hasRecordings) expected.push('recording');
			const own = names(properties.filter(({ type }) => type !== 'notice'));
			expect([name, own.sort()]).toEqual([name, expected.sort()]);
		}
	});

	it('have the choices that workflows rely on', () => {
		for (const { properties } of actions) {
			const operations = properties.filter(({ name }) => name === 'operation');
			const all = operations.map((operation) => [...valuesOf(operation)].sort());
			expect(all.filter(([first]) => first !== 'download')).toEqual([
				['export', 'get', 'getAll', 'getReport', 'getStatistics'],
				['export', 'getAll'],
			]);
			expect(valuesOf(named(properties, 'period')).sort()).toEqual([
				'custom',
				'last24Hours',
				'last30Days',
				'last7Days',
				'lastHour',
				'lastMonth',
				'thisMonth',
				'today',
				'yesterday',
			]);
			expect(valuesOf(named(properties, 'output')).sort()).toEqual([
				'bitrix24',
				'both',
				'call',
				'hubspot',
				'original',
				'pipedrive',
				'salesforce',
				'zoho',
			]);
			expect(valuesOf(named(properties, 'format'))).toEqual(['csv', 'jsonl']);
		}
	});

	it('begin where a new user is served', () => {
		for (const { properties } of actions) {
			const defaults = (...wanted: string[]) =>
				wanted.map((name) => [name, named(properties, name).default]);
			expect(
				defaults('resource', 'operation', 'period', 'returnAll', 'limit', 'output', 'format'),
			).toEqual([
				['resource', 'call'],
				['operation', 'getAll'],
				['period', 'last24Hours'],
				['returnAll', false],
				['limit', 50],
				['output', 'call'],
				['format', 'csv'],
			]);
			const binary = properties.filter(({ name }) => name === 'binaryPropertyName');
			expect(new Set(binary.map((property) => property.default))).toEqual(new Set(['data']));
		}
	});

	it('offer the options of reading', () => {
		for (const { name, properties } of actions) {
			const options = properties.find(
				(property) =>
					property.name === 'options' &&
					property.displayOptions?.show?.operation?.includes('getAll') === true,
			)!;
			expect([name, names(inside(options))]).toEqual([
				name,
				expect.arrayContaining(['order', 'requestsAtOnce', 'timeout', 'longestWait', 'addReport']),
			]);
		}
	});

	it('say to people and to agents what each operation does', () => {
		for (const { displayName, properties } of actions) {
			for (const operation of properties.filter(({ name }) => name === 'operation')) {
				for (const choice of choicesOf(operation)) {
					expect(choice.description).toMatch(/\w+ \w+ \w+/);
					expect(choice.action).toContain(displayName);
					expect(choice.action).toMatch(/^[A-Z][a-z]+ [^A-Z]*/);
				}
				expect(operation.noDataExpression).toBe(true);
			}
		}
	});
});

describe('the filters', () => {
	it('are those the vendor documents, by the names the vendor gives them', () => {
		for (const { name, properties } of actions) {
			const filters = names(inside(named(properties, 'filters')));
			expect([name, filters]).toEqual([name, expect.arrayContaining(vendorFilters(name))]);
		}
	});

	it('of a trigger are those of its action, but for what makes no sense when following', () => {
		for (const { name, properties } of triggers) {
			const action = actions.find((one) => `${one.name}Trigger` === name)!;
			const all = names(inside(named(action.properties, 'filters')));
			const own = names(inside(named(properties, 'filters')));
			expect([name, all]).toEqual([name, expect.arrayContaining(own)]);
		}
		const commo = triggers.find(({ name }) => name === 'commoTrigger')!;
		expect(names(inside(named(commo.properties, 'filters')))).not.toContain('syncflag');
	});
});

it('the parameters of a trigger have the names that workflows rely on', () => {
	for (const { name, properties } of triggers) {
		expect([name, names(shown(properties)).sort()]).toEqual([
			name,
			['emit', 'filters', 'options', 'output'],
		]);
		expect([name, names(inside(named(properties, 'options')))]).toEqual([
			name,
			expect.arrayContaining(['lookBackHours', 'includeUpdates', 'startFrom', 'maxRecordsPerPoll']),
		]);
		const startFrom = named(inside(named(properties, 'options')), 'startFrom');
		expect(valuesOf(startFrom).sort()).toEqual(['hoursBack', 'now']);
		expect(startFrom.default).toBe('now');
	}
});

describe('the fields of a credential', () => {
	it.each<[string, Record<string, unknown>]>([
		[
			'commoApi',
			{
				baseUrl: '',
				authentication: 'login',
				appId: '',
				accessKey: '',
				token: '',
				timezone: 'Asia/Shanghai',
				allowUnauthorizedCerts: false,
			},
		],
		[
			'while1VoiceApi',
			{
				baseUrl: '',
				apiToken: '',
				apiKey: '',
				timezone: 'Europe/Bucharest',
				allowUnauthorizedCerts: false,
			},
		],
		[
			'infin8linxApi',
			{
				baseUrl: 'http://platform.infin8linx.com',
				identifyBy: 'username',
				username: '',
				ip: '',
				appId: '',
				accessKey: '',
				timezone: 'Asia/Shanghai',
			},
		],
		[
			'yeastarPSeriesApi',
			{
				baseUrl: '',
				clientId: '',
				clientSecret: '',
				webhookSecret: '',
				timezone: '',
				allowUnauthorizedCerts: false,
			},
		],
		[
			'itnioTechApi',
			{
				baseUrl: 'https://api.itniotech.com',
				apiKey: '',
				apiSecret: '',
				timezone: 'Asia/Shanghai',
			},
		],
	])('%s have the names and defaults that users rely on', (name, expected) => {
		const { properties } = credentials.find((one) => one.name === name)!;
		const fields = shown(properties).map((field) => [field.name, field.default]);
		expect(Object.fromEntries(fields)).toEqual({ ...expected, country: '', pseudonymKey: '' });
	});
});
