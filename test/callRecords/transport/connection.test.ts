import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';

import { commo } from '../../../nodes/Commo/platform';
import { InputError } from '../../../nodes/callRecords/platform';
import type { Platform } from '../../../nodes/callRecords/platform';
import { connect, wholeOption, type Run } from '../../../nodes/callRecords/transport/connection';
import type { NodeContext } from '../../../nodes/callRecords/transport/request';
import type * as Clock from '../../support/clock';
import { sleptMs } from '../../support/clock';
import {
	fakeConnection,
	fakePlatform,
	thrownBy,
	type FakeOptions,
} from '../../support/fakePlatform';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const stored = { baseUrl: 'http://voice.example.com:4434', timezone: 'Asia/Shanghai' };

const QUESTION = { method: 'GET' as const, url: '/calls' };
const OK = { body: { ok: ['a'] } };

/** Connects as a node does. Whatever would be sent fails the test, for nothing has to be asked yet. */
async function connectWith(
	options: IDataObject,
	credentials: IDataObject = {},
	more: Partial<Platform> = {},
) {
	const context = {
		getNode: () => ({ id: 'node', name: 'Commo' }) as INode,
		getCredentials: async () =>
			await Promise.resolve({ ...stored, ...credentials } as ICredentialDataDecryptedObject),
		helpers: {
			httpRequestWithAuthentication: () => {
				throw new Error('a request was sent');
			},
		},
	} as unknown as NodeContext;
	return await connect(context, { ...commo, ...more }, options, { isStopped: () => false });
}

async function apiErrorOf(options: IDataObject, credentials?: IDataObject): Promise<InputError> {
	const error: unknown = await connectWith(options, credentials).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(InputError);
	return error as InputError;
}

describe('the options of a connection', () => {
	it.each([
		['Page Size', { pageSize: 0 }, 'from 1 to 1000'],
		['Page Size', { pageSize: 1001 }, 'from 1 to 1000'],
		['Page Size', { pageSize: -5 }, 'from 1 to 1000'],
		['Page Size', { pageSize: 10.5 }, 'from 1 to 1000'],
		['Page Size', { pageSize: 'many' }, 'from 1 to 1000'],
		['Page Size', { pageSize: NaN }, 'from 1 to 1000'],
		['Concurrent Requests', { requestsAtOnce: 0 }, 'from 1 to 10'],
		['Concurrent Requests', { requestsAtOnce: 11 }, 'from 1 to 10'],
		['Timeout', { timeout: 0 }, 'from 1 to 3600000'],
		['Timeout', { timeout: '60s' }, 'from 1 to 3600000'],
		['Maximum Wait (Seconds)', { longestWait: -1 }, 'seconds, 0 or more'],
		['Maximum Wait (Seconds)', { longestWait: 'a minute' }, 'seconds, 0 or more'],
	])('%s: %j is refused by its name', async (name, options, allowed) => {
		const error = await apiErrorOf(options);
		expect(error.parameter).toBe(name);
		expect(error.message).toContain(`'${name}'`);
		expect(error.message).toContain(allowed);
		expect(error.message).not.toMatch(/\.\s/);
	});

	it.each([{}, { pageSize: '', requestsAtOnce: null, timeout: undefined }])(
		'are those of the platform when %j is given',
		async (options) => {
			expect(await connectWith(options as IDataObject)).toMatchObject({
				pageSize: 1000,
				requestsAtOnce: 2,
			});
		},
	);

	it('are taken from 1 up to what the platform bears', async () => {
		expect(await connectWith({ pageSize: 1, requestsAtOnce: 10, longestWait: 0 })).toMatchObject({
			pageSize: 1,
			requestsAtOnce: 10,
		});
		expect(wholeOption('1000', 'Page Size', 50, 1000)).toBe(1000);
	});
});

describe('the base URL of a credential', () => {
	it.each([
		['http://voice.example.com:4434', 'http://voice.example.com:4434', 'voice.example.com:4434'],
		['http://voice.example.com:4434/', 'http://voice.example.com:4434', 'voice.example.com:4434'],
		[' https://voice.example.com// ', 'https://voice.example.com', 'voice.example.com'],
		['HTTPS://Voice.Example.com/api/', 'HTTPS://Voice.Example.com/api', 'voice.example.com'],
		['http://192.0.2.7:80', 'http://192.0.2.7:80', '192.0.2.7'],
		['http://[2001:db8::7]:8080', 'http://[2001:db8::7]:8080', '[2001:db8::7]:8080'],
	])('%j is taken', async (baseUrl, expected, host) => {
		const { settings } = await connectWith({}, { baseUrl });
		expect(settings).toMatchObject({ baseUrl: expected, host });
	});

	it.each(['', '  ', undefined, null, 5])('%j is none', async (baseUrl) => {
		const error = await apiErrorOf({}, { baseUrl });
		expect(error.parameter).toBe('Base URL');
		expect(error.message).toBe("The credential has no 'Base URL'");
		expect(error.advice).toContain('https://');
	});

	it.each([
		'voice.example.com',
		'view-source:http://voice.example.com',
		'voice.example.com:4434',
		'ftp://voice.example.com',
		'http://',
		'http:///path',
		'http://voice example.com',
		'http://voice.example.com:99999',
		'https://pbx.example.com:8088/#/login',
		'http://voice.example.com/?service=App.Sip_Auth.Login',
	])('%j is refused by its name', async (baseUrl) => {
		const error = await apiErrorOf({}, { baseUrl });
		expect(error.parameter).toBe('Base URL');
		expect(error.message).toBe(
			"The 'Base URL' of the credential is not the web address of a server",
		);
		expect(error.advice).toContain('https://');
	});
});

describe('the time zone of a credential', () => {
	it('is an IANA name', async () => {
		const { settings } = await connectWith({}, { timezone: ' Europe/Bucharest ' });
		expect(settings.zone).toBe('Europe/Bucharest');
	});

	it.each(['Europe/Bukarest', 'GMT+8 Beijing', '8'])(
		'%j is refused by its name',
		async (timezone) => {
			const error = await apiErrorOf({}, { timezone });
			expect(error.parameter).toBe('Time Zone');
			expect(error.message).toBe(
				`The 'Time Zone' of the credential, "${timezone}", is not a time zone`,
			);
		},
	);

	it.each([undefined, '', '  '])('may not be %j', async (timezone) => {
		const error = await apiErrorOf({}, { timezone });
		expect(error.parameter).toBe('Time Zone');
		expect(error.message).toBe("The credential has no 'Time Zone'");
		expect(error.advice).toContain('IANA name');
	});

	it.each(['UTC+2', 'Europe/Bucharest'])('may be %s, asked of the platform', async (zone) => {
		const prepare = async () => await Promise.resolve({ zone });
		const { settings } = await connectWith({}, { timezone: '' }, { prepare });
		expect(settings.zone).toBe(zone);
	});
});

describe('what is asked over a connection', () => {
	/** A platform that answers, and a run in which it is connected to. */
	function begin(answer: Partial<FakeOptions> = {}, run: Partial<Run> = {}) {
		const server = fakeConnection({ respond: () => OK, ...answer });
		const ofRun: Run = { isStopped: () => false, ...run };
		return {
			...server,
			open: async (options: IDataObject = {}, more: Partial<Platform> = {}) =>
				await connect(server.context, { ...fakePlatform, ...more }, options, ofRun),
		};
	}

	it('is counted, and waits no longer than the options say', async () => {
		const { open, requests } = begin();
		const connection = await open({ timeout: 1234, longestWait: 45 });
		expect(connection.report).toEqual({ requests: 0, retries: 0, logins: 0 });
		expect(await connection.apiRequest(QUESTION)).toEqual({ payload: ['a'] });
		expect(connection.report).toEqual({ requests: 1, retries: 0, logins: 1 });
		expect(requests[0].timeout).toBe(1234);
		expect(connection).toMatchObject({ timeoutMs: 1234, longestWaitMs: 45_000 });
		expect(await open()).toMatchObject({ timeoutMs: 60_000, longestWaitMs: 60_000 });
	});

	it.each([
		[29, 1],
		[30, 2],
	])('is asked again after half a minute if %i s may be waited: %i', async (longestWait, tries) => {
		const { open, requests } = begin({
			respond: ({ number }) => (number === 1 ? { body: { no: 'later' } } : OK),
		});
		const { apiRequest } = await open({ longestWait });
		await apiRequest(QUESTION).catch(() => undefined);
		expect(requests).toHaveLength(tries);
	});

	it('is no more at once than allowed, by all items of a run together', async () => {
		let atOnce = 0;
		let most = 0;
		const { open } = begin({
			respond: async () => {
				most = Math.max(most, ++atOnce);
				await new Promise(setImmediate);
				atOnce--;
				return OK;
			},
		});
		const items = [await open({ requestsAtOnce: 2 }), await open({ requestsAtOnce: 2 })];
		await Promise.all(
			items.flatMap(({ apiRequest }) => [
				apiRequest(QUESTION),
				apiRequest(QUESTION),
				apiRequest(QUESTION),
			]),
		);
		expect(most).toBe(2);
	});

	it('is given up in the middle of a minute of waiting when the run is stopped', async () => {
		let isStopped = false;
		const { open, requests } = begin({}, { isStopped: () => isStopped });
		const { apiRequest } = await open({}, { requestsPerMinute: 1 });
		await apiRequest(QUESTION);
		const before = sleptMs();
		const error = thrownBy(apiRequest(QUESTION));
		isStopped = true;
		expect((await error).message).toContain('stopped');
		expect(sleptMs() - before).toBeLessThan(1000);
		expect(requests).toHaveLength(1);
	});

	it('is given up when nothing more is needed, though the run goes on', async () => {
		const { open, requests } = begin();
		const ended = await open();
		const other = await open();
		ended.end();
		expect((await thrownBy(ended.apiRequest(QUESTION))).message).toContain('stopped');
		expect(requests).toEqual([]);
		expect(await other.apiRequest(QUESTION)).toEqual({ payload: ['a'] });
	});

	it.each([
		[true, true],
		[false, false],
		[undefined, false],
		['true', false],
	])('ignores certificates with the setting %j: %s', async (allowUnauthorizedCerts, ignores) => {
		const { open, stored: ofCredential } = begin();
		Object.assign(ofCredential, { allowUnauthorizedCerts });
		expect((await open()).ignoresCertificate).toBe(ignores);
	});

	it.each([
		['', null],
		[undefined, null],
		[' ro ', 'RO'],
		['CN', 'CN'],
	])('has the country %j of the credential: %j', async (country, expected) => {
		const { open, stored: ofCredential } = begin();
		Object.assign(ofCredential, { country });
		expect((await open()).settings.country).toBe(expected);
	});

	it.each(['Romania', '40', 'R'])('has no country %s', async (country) => {
		const error = await apiErrorOf({}, { country });
		expect(error.parameter).toBe('Country');
		expect(error.message).toContain(country);
	});

	it('holds the key of pseudonyms, apart from what is shown', async () => {
		const { open, stored: ofCredential } = begin();
		expect((await open()).pseudonymKey).toBe('');
		Object.assign(ofCredential, { pseudonymKey: 'the-pseudonym-key' });
		const { pseudonymKey, settings, redact } = await open();
		expect(pseudonymKey).toBe('the-pseudonym-key');
		expect(JSON.stringify(settings)).not.toContain('the-pseudonym-key');
		expect(redact('it was the-pseudonym-key')).toBe('it was •••');
	});

	it('shows no secret of the credential', async () => {
		const { redact } = await begin().open();
		expect(redact('it was the-password')).toBe('it was •••');
	});
});

describe('what a platform is asked before reading', () => {
	/** Runs that follow each other, as polls do. */
	function polls(run: Partial<Run> = { isRepeated: true }) {
		const server = fakeConnection({
			respond: ({ url }) => (url.endsWith('/bad') ? { body: { no: 'odd' } } : OK),
		});
		let asked = 0;
		const prepare = async () => await Promise.resolve({ zone: `Etc/GMT+${++asked}` });
		return {
			asked: () => asked,
			poll: async (options: IDataObject = {}) =>
				await connect(server.context, { ...fakePlatform, prepare }, options, {
					isStopped: () => false,
					...run,
				}),
		};
	}

	it('is asked once for many polls', async () => {
		const { poll, asked } = polls();
		for (let i = 0; i < 3; i++) expect((await poll()).settings.zone).toBe('Etc/GMT+1');
		expect(asked()).toBe(1);
	});

	it('is asked again by every other run', async () => {
		const { poll, asked } = polls({});
		await poll();
		await poll();
		expect(asked()).toBe(2);
	});

	it('is asked again with other options, and for another credential', async () => {
		const { poll, asked } = polls();
		await poll();
		await poll({ dateFormat: 'YYYY' });
		expect(asked()).toBe(2);
		const other = polls();
		await other.poll();
		expect(other.asked()).toBe(1);
	});

	it('is asked again by the poll after one that failed', async () => {
		const { poll, asked } = polls();
		const { apiRequest } = await poll();
		expect(await apiRequest(QUESTION)).toEqual({ payload: ['a'] });
		await poll();
		expect(asked()).toBe(1);
		await thrownBy(apiRequest({ ...QUESTION, url: '/bad' }));
		await poll();
		expect(asked()).toBe(2);
	});
});
