import type { IDataObject } from 'n8n-workflow';

import { ThreeCxApi } from '../../credentials/ThreeCxApi.credentials';
import { start, storedFor, type ThreeCxScene } from '../nodes/ThreeCx/scene';
import { HTML, type Fault } from '../vendors/server';
import type * as Clock from '../support/clock';
import { testCredential } from '../support/credentialTest';
import { runNode } from '../support/engine';
import { httpRequestNode } from '../support/httpRequest';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

let scene: ThreeCxScene;
beforeEach(async () => {
	scene = await start();
	scene.pbx.lifeSeconds = 60;
});
afterEach(async () => await scene.stop());

const logins = () => scene.pbx.requests.filter(({ path }) => path === '/connect/token').length;
const test = async (credential: IDataObject = {}) =>
	await testCredential(new ThreeCxApi(), storedFor(scene.sandbox, credential));

describe('the test button', () => {
	it.each(['', '/', '///', '  '])(
		'reads one call, with a base URL that ends in "%s"',
		async (end) => {
			const result = await test({ baseUrl: `${scene.sandbox.url}${end}` });
			expect(result).toEqual({ status: 'OK', message: 'Connection successful!' });
			expect(scene.pbx.requests.map(({ path }) => path.split('(')[0])).toEqual([
				'/connect/token',
				'/xapi/v1/ReportCallLogData/Pbx.GetCallLogData',
			]);
		},
	);

	it.each([
		['client', { clientId: 'other' }],
		['key', { clientSecret: 'other' }],
		['empty key', { clientSecret: '' }],
	])('tells a wrong %s', async (_what, credential) => {
		const { status, message } = await test(credential);
		expect(status).toBe('Error');
		expect(message).toContain("3CX refuses the login (code invalid_client). Check 'Client ID'");
		expect(message).not.toContain('other');
	});

	it.each<[string, IDataObject, string]>([
		['a role that is too low', { role: 'admin' }, 'role System Owner in the department DEFAULT'],
		['a login that HTTP denies', { login: 'denied' }, 'denies access (HTTP 401)'],
		['a broken database', { login: 'broken' }, 'is not able to answer now (HTTP 500)'],
	])('tells %s', async (_what, state, words) => {
		Object.assign(scene.pbx, state);
		const { status, message } = await test();
		expect(status).toBe('Error');
		expect(message).toContain(words);
	});

	it.each<[string, Fault, string]>([
		['a web page', { status: 200, body: HTML }, "The server at the 'Base URL'"],
		['another path', { status: 404, body: HTML }, "The server at the 'Base URL'"],
		['a redirect', { status: 302, headers: { location: '/x' }, body: '' }, 'redirects'],
		['no token', { status: 200, body: '{"access_token":""}' }, 'sends no access token'],
	])('tells %s in place of the login', async (_what, fault, words) => {
		scene.sandbox.fault = () => fault;
		const { status, message } = await test();
		expect(status).toBe('Error');
		expect(message).toContain(words);
	});
});

describe('the token', () => {
	it('is used to its last seconds, and then renewed', async () => {
		await scene.getMany();
		expect(Number(scene.credentials.sessionEndsAt)).toBeGreaterThan(Date.now() + 50_000);
		await scene.getMany();
		expect(logins()).toBe(1);
		scene.credentials.sessionEndsAt = Date.now() + 10_000;
		await scene.getMany();
		expect(logins()).toBe(1);
		scene.credentials.sessionEndsAt = Date.now() + 2000;
		await scene.getMany();
		expect(logins()).toBe(2);
	});

	it('lives as long as the reply says, in seconds', async () => {
		scene.pbx.lifeSeconds = 3600;
		const before = Date.now();
		await scene.getMany();
		const life = Number(scene.credentials.sessionEndsAt) - before;
		expect(life).toBeGreaterThanOrEqual(3_600_000);
		expect(life).toBeLessThan(3_700_000);
	});

	it('that 3CX ended is renewed once: 10 runs', async () => {
		for (let i = 0; i < 10; i++) {
			const { json, error } = await scene.getMany();
			expect(error).toBeUndefined();
			expect(json).toHaveLength(60);
			scene.sandbox.endSessions();
		}
		expect(logins()).toBe(10);
	});

	it.each([true, false])(
		'is one for executions that start together, where a login ends others: %s',
		async (hasOneSession) => {
			scene.pbx.hasOneSession = hasOneSession;
			scene.sandbox.fault = ({ path }) =>
				path === '/connect/token' ? { delayMs: 100 } : undefined;
			const runs = await Promise.all(Array.from({ length: 6 }, async () => await scene.getMany()));
			for (const { json, error } of runs) {
				expect(error).toBeUndefined();
				expect(json).toHaveLength(60);
			}
			expect(logins()).toBe(1);
		},
	);

	it('that another program replaces twice is got a third time', async () => {
		let stolen = 0;
		scene.sandbox.fault = ({ path }) =>
			path.includes('GetCallLogData') && stolen++ < 2
				? { before: () => scene.sandbox.endSessions() }
				: undefined;
		const { json, error } = await scene.getMany();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(60);
		expect(logins()).toBe(3);
	});

	it('is refused to wrong login data with one login for a whole run', async () => {
		const credentials = storedFor(scene.sandbox, { clientSecret: 'wrong' });
		const { error } = await scene.getMany({}, { credentials, items: [{}, {}, {}] });
		expect(error?.message).toContain('refuses the login');
		expect(logins()).toBe(1);
	});

	it('of other login data is not used', async () => {
		const stored = storedFor(scene.sandbox);
		await scene.getMany({}, { credentials: stored });
		stored.clientSecret = 'changed';
		const { error } = await scene.getMany({}, { credentials: stored });
		expect(error?.message).toContain('refuses the login');
	});
});

it('works in the HTTP Request node for any other endpoint', async () => {
	const { json, error } = await runNode({
		node: httpRequestNode('threeCxApi', {
			method: 'GET',
			uri: `${scene.sandbox.url}/xapi/v1/Queues?$select=Id,Number,Name`,
			json: true,
		}),
		credential: new ThreeCxApi(),
		credentials: storedFor(scene.sandbox),
		parameters: {},
	});
	expect(error).toBeUndefined();
	expect(JSON.stringify(json)).toContain('"Name":"Sales"');
});
