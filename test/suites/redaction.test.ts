import { NodeApiError, type INode } from 'n8n-workflow';

import { htmlWithStatus200, apiError, serverError } from '../vendors/faults';
import type { Arrived, Fault } from '../vendors/server';
import type * as Clock from '../support/clock';
import type { EngineResult } from '../support/engine';
import { exposureOf, recordLogs, secretsIn, shownAs, type Logs } from '../support/exposure';
import { FAULT_CASES, refusalCases } from '../support/faultCases';
import { KITS } from '../support/kits';
import { startScene, type Scene } from '../support/reading';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

/** Fields of a credential that say where and when, not who. */
const OPEN_FIELDS = ['baseUrl', 'timezone', 'authentication', 'identifyBy'];

const kits = KITS.map((kit) => ({ kit, name: kit.platform.name }));

/** What a request would prove itself with, wherever it carries it. */
function proofsOf({ fields, headers }: Arrived, { answers }: Scene): string[] {
	const carried: Array<[string, unknown]> = [...Object.entries(fields), ...Object.entries(headers)];
	return carried
		.filter(([name]) => answers.proofs.includes(name.toLowerCase()) || name === 'authorization')
		.flatMap(([, value]) => [String(value), String(value).replace(/^Bearer /, '')]);
}

/** Every secret there is: of the credential, of the session, and what each request was proved with. */
function secretsOf(scene: Scene): string[] {
	const { kit, credentials, sandbox } = scene;
	const stored = Object.entries(credentials)
		.filter(([name, value]) => !OPEN_FIELDS.includes(name) && typeof value === 'string')
		.map(([, value]) => String(value));
	const proofs = sandbox.requests.flatMap((request) => proofsOf(request, scene));
	return [...kit.secrets, ...stored, ...proofs];
}

/** Servers that repeat what they were asked, as debug pages and careless API errors do. */
const ECHOES: Array<{ name: string; fault(request: Arrived, scene: Scene): Fault }> = [
	{
		name: 'HTTP 500 with the request in it',
		fault: (request) => ({ ...serverError(), body: JSON.stringify(request) }),
	},
	{
		name: 'HTML with the request in it',
		fault: (request) => ({ ...htmlWithStatus200(), body: `<pre>${JSON.stringify(request)}` }),
	},
	{
		name: 'HTTP 403 with the request in it',
		fault: (request) => ({ status: 403, body: JSON.stringify(request) }),
	},
	{
		name: 'JSON of something else with the request in it',
		fault: (request) => apiError({ hello: request }),
	},
	{
		name: 'a redirect with the request in it',
		fault: (request) => ({
			status: 302,
			headers: {
				location: `https://elsewhere.example.com/?${encodeURIComponent(JSON.stringify(request))}`,
			},
			body: '',
		}),
	},
	{
		name: 'a refusal that nobody knows, with the request in it',
		fault: ({ fields, headers }, { answers }) =>
			apiError(answers.refuse('7777', JSON.stringify({ fields, headers }))),
	},
	...['input', 'credentials', 'expired', 'temporary'].map((kind) => ({
		name: `a apiError (${kind}) with the proof of the request in it`,
		fault: (request: Arrived, scene: Scene) => {
			const { errorCodes } = scene.kit.platform;
			const code =
				Object.keys(errorCodes).find((known) => errorCodes[known].kind === kind) ?? '7777';
			return apiError(scene.answers.refuse(code, proofsOf(request, scene).join(' ')));
		},
	})),
];

describe.each(kits)('$name', ({ kit }) => {
	let scene: Scene;
	let logs: Logs;
	beforeEach(async () => {
		logs = recordLogs();
		scene = await startScene(kit, { count: kit.platform.pageSize.fixed ? 150 : 60 });
	});
	afterEach(async () => {
		logs.stop();
		await scene.stop();
	});

	/** Nothing secret is in anything that can be seen of the run. */
	function expectSilence(result: EngineResult): void {
		const secrets = secretsOf(scene);
		expect(secrets.length).toBeGreaterThan(kit.secrets.length);
		expect(secretsIn(exposureOf(result), secrets)).toEqual([]);
		expect(secretsIn(logs.text(), secrets)).toEqual([]);
	}

	it.each(['callRecord', 'original', 'both'])('nothing in items: %s', async (output) => {
		const result = await scene.getMany({ output, options: { addReport: true } });
		expect(result.error).toBeUndefined();
		expect(result.json.length).toBeGreaterThan(60);
		expectSilence(result);
	});

	describe.each([...FAULT_CASES, ...refusalCases({ kit })])(
		'$name',
		({ fault, timeout, appliesTo }) => {
			it.each([1, 2])('nothing when it happens from request %i on', async (from) => {
				if (appliesTo && !appliesTo(scene)) return;
				scene.onRead((number) => (number >= from ? fault(scene) : undefined));
				const options = timeout ? { timeout } : {};
				expectSilence(await scene.getMany({ options, output: 'both' }));
				const continued = await scene.getMany({ options }, { continueOnFail: true });
				expect(continued.error).toBeUndefined();
				expectSilence(continued);
			});
		},
	);

	it.each(ECHOES)('nothing of $name', async ({ fault }) => {
		scene.onRead((number, request) => (number >= 2 ? fault(request, scene) : undefined));
		const result = await scene.getMany();
		expect(result.error?.message).toBeTruthy();
		expectSilence(result);
		expectSilence(await scene.getMany({}, { continueOnFail: true }));
		// The same for what is asked before any record, as a login.
		scene.sandbox.fault = (request) => fault(request, scene);
		scene.sandbox.endSessions();
		expectSilence(await scene.getMany());
	});

	it('nothing of what was typed wrong, field by field', async () => {
		const right = { ...scene.credentials };
		const fields = Object.keys(right).filter((name) => !OPEN_FIELDS.includes(name));
		for (const field of fields) {
			const wrong = `canary-typed-wrong-${field}`;
			const credentials = { ...kit.credentials(scene.sandbox), [field]: wrong };
			const result = await scene.getMany({}, { credentials });
			expect(secretsIn(exposureOf(result) + logs.text(), [wrong])).toEqual([]);
			expectSilence(result);
		}
		expect(fields.length).toBeGreaterThan(1);
	});

	it('nothing of a password in the base URL', async () => {
		const baseUrl = scene.sandbox.url.replace('//', '//canary-user:canary-pass@');
		for (const fault of [undefined, serverError, htmlWithStatus200]) {
			scene.sandbox.fault = fault;
			const result = await scene.getMany({}, { credentials: { ...scene.credentials, baseUrl } });
			const shown = exposureOf(result) + logs.text();
			expect(secretsIn(shown, ['canary-user', 'canary-pass'])).toEqual([]);
		}
	});
});

describe('the test itself', () => {
	it('finds a secret wherever it stands', () => {
		const node = { name: 'Node', parameters: {} } as INode;
		const places = [
			new Error('a canary-1'),
			Object.assign(new Error('x'), { config: { headers: { Authorization: 'Bearer canary-1' } } }),
			new Error('x', { cause: { response: { request: 'canary-1' } } }),
			new NodeApiError(node, { message: 'x', response: { body: 'canary-1' } }),
			new NodeApiError(node, {}, { message: 'x', description: 'canary-1' }),
			{ a: [{ b: { c: encodeURIComponent('{canary-1}') } }] },
		];
		for (const place of places)
			expect(secretsIn(shownAs(place), ['canary-1'])).toEqual(['canary-1']);
		expect(secretsIn(shownAs({ a: encodeURIComponent('ca nary') }), ['ca nary'])).toEqual([
			'ca nary',
		]);
		expect(secretsIn(shownAs(new Error('x')), ['canary-1'])).toEqual([]);
	});

	it('finds a secret in a log', () => {
		const logs = recordLogs();
		console.error('oops', { token: 'canary-2' });
		logs.stop();
		expect(secretsIn(logs.text(), ['canary-2'])).toEqual(['canary-2']);
	});
});
