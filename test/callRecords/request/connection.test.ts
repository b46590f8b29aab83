import type { ICredentialDataDecryptedObject, IDataObject, INode } from 'n8n-workflow';

import { commo } from '../../../nodes/Commo/platform';
import { InputError } from '../../../nodes/callRecords/platform';
import type { Platform } from '../../../nodes/callRecords/platform';
import { connect, wholeOption } from '../../../nodes/callRecords/request/connection';
import type { NodeContext } from '../../../nodes/callRecords/request/request';

const stored = { baseUrl: 'http://voice.example.com:4434', timezone: 'Asia/Shanghai' };

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

async function refusalOf(options: IDataObject, credentials?: IDataObject): Promise<InputError> {
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
		['Requests at Once', { requestsAtOnce: 0 }, 'from 1 to 10'],
		['Requests at Once', { requestsAtOnce: 11 }, 'from 1 to 10'],
		['Timeout', { timeout: 0 }, 'from 1 to 3600000'],
		['Timeout', { timeout: '60s' }, 'from 1 to 3600000'],
		['Longest Wait', { longestWait: -1 }, 'seconds, 0 or more'],
		['Longest Wait', { longestWait: 'a minute' }, 'seconds, 0 or more'],
	])('%s: %j is refused by its name', async (name, options, allowed) => {
		const error = await refusalOf(options);
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

	it.each([
		'',
		'  ',
		undefined,
		null,
		'voice.example.com',
		'voice.example.com:4434',
		'ftp://voice.example.com',
		'http://',
		'http:///path',
		'http://voice example.com',
		'http://voice.example.com:99999',
		'https://pbx.example.com:8088/#/login',
		'http://voice.example.com/?service=App.Sip_Auth.Login',
	])('%j is refused by its name', async (baseUrl) => {
		const error = await refusalOf({}, { baseUrl });
		expect(error.parameter).toBe('Base URL');
		expect(error.message).toContain("'Base URL'");
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
			const error = await refusalOf({}, { timezone });
			expect(error.parameter).toBe('Time Zone');
			expect(error.message).toBe(
				`The 'Time Zone' of the credential, "${timezone}", is not a time zone`,
			);
		},
	);

	it.each([undefined, '', '  '])('may not be %j', async (timezone) => {
		const error = await refusalOf({}, { timezone });
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
