import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import { toNodeApiError, LoginFailed, redactor } from '../../nodes/callRecords/errors';

const NODE = { name: 'Node', parameters: {} } as INode;

describe('taking secrets out of a text', () => {
	const credentials: ICredentialDataDecryptedObject = {
		baseUrl: 'https://pbx.example.com',
		timezone: 'Asia/Shanghai',
		authentication: 'login',
		identifyBy: 'username',
		appId: 'app-1',
		accessKey: 'app-1-and-more',
		password: 'p/w & 1',
		pin: 'abc',
		four: 'wxyz',
		allowUnauthorizedCerts: false,
		sessionEndsAt: 12_345_678,
	};

	it.each([
		['a key', 'key app-1-and-more.', 'key •••.'],
		['a key that begins like another one', 'app-1 app-1-and-more', '••• •••'],
		['every place', 'app-1, app-1', '•••, •••'],
		['as it stands in a URL', '?p=p%2Fw%20%26%201', '?p=•••'],
		['four letters', 'wxyz', '•••'],
		['a digest', `Sign ${'0aF9'.repeat(8)}!`, 'Sign •••!'],
		['a longer digest', 'ab'.repeat(32), '•••'],
	])('%s', (_name, text, shown) => {
		expect(redactor(credentials)(text)).toBe(shown);
	});

	it.each([
		['what says where and when', 'https://pbx.example.com Asia/Shanghai login username'],
		['what is too short to be told from other text', 'abc'],
		['what is no text', '12345678 false'],
		['numbers of records', '31 digits: 1234567890123456789012345678901'],
	])('but not %s', (_name, text) => {
		expect(redactor(credentials)(text)).toBe(text);
	});

	it('looks at the credential each time, and forgets nothing', () => {
		const changing: ICredentialDataDecryptedObject = { sessionToken: 'first-token' };
		const redact = redactor(changing);
		expect(redact('first-token')).toBe('•••');
		changing.sessionToken = 'second-token';
		expect(redact('first-token second-token')).toBe('••• •••');
	});
});

describe('what n8n is told of a failure', () => {
	it.each([
		['credentials', { cause: 'credential-invalid' }],
		['expired', { cause: 'credential-invalid' }],
		['blocked', { cause: 'credential-invalid' }],
		['rate', { cause: 'rate-limited', retryAfterMs: 7000 }],
		['temporary', { cause: 'temporarily-unavailable', retryAfterMs: 7000 }],
		['input', { cause: 'configuration-invalid' }],
		['tooMuch', undefined],
		['unknown', undefined],
	] as const)('%s', (kind, failure) => {
		const error = toNodeApiError(NODE, {
			kind,
			message: 'It happened',
			description: 'Do this',
			httpCode: '418',
			retryAfterMs: 7000,
		});
		expect(error.message).toBe('It happened');
		expect(error.description).toBe('Do this');
		expect(error.httpCode).toBe('418');
		expect((error as { failure?: unknown }).failure).toEqual(failure);
		expect(error.errorResponse).toEqual({ message: 'It happened' });
	});
});

it('a failed login says what happened and what to do, for the test button', () => {
	const problem = { kind: 'temporary' as const, message: 'It is down' };
	expect(new LoginFailed(problem).message).toBe('It is down');
	const full = new LoginFailed({ ...problem, description: 'Wait.' });
	expect(full.message).toBe('It is down. Wait.');
	expect(full.problem.kind).toBe('temporary');
});
