import { escape as escapeQuery } from 'node:querystring';

import * as fc from 'fast-check';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { redactor } from '../../../nodes/callRecords/transport/redact';

describe('taking secrets out of a text', () => {
	const credentials: ICredentialDataDecryptedObject = {
		baseUrl: 'https://pbx.example.com',
		timezone: 'Asia/Shanghai',
		authentication: 'login',
		identifyBy: 'username',
		appId: 'app-1',
		accessKey: 'app-1-and-more',
		password: 'p/w & 1',
		pin: 'ab',
		code: 'xyz',
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
		['three letters as a word', 'code=xyz, "xyz"', 'code=•••, "•••"'],
		['the beginning of a key that was cut', 'app-1-a…', '•••…'],
		['a digest', `Sign ${'0aF9'.repeat(8)}!`, 'Sign •••!'],
		['a longer digest', 'ab'.repeat(32), '•••'],
	])('%s', (_name, text, shown) => {
		expect(redactor(credentials)(text)).toBe(shown);
	});

	it.each([
		['what says where and when', 'https://pbx.example.com Asia/Shanghai login username'],
		['what is too short to be told from other text', 'ab'],
		['three letters within a word', 'xyzzy, axyz, xyz1'],
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

/** How servers write what they repeat, by other means than the product's. */
const WRITTEN: Record<string, (secret: string) => string> = {
	'as it is': (secret) => secret,
	'in a query': (secret) => escapeQuery(secret),
	'in a query, lower case': (secret) =>
		escapeQuery(secret).replace(/%../g, (hex) => hex.toLowerCase()),
	'in a form': (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
	'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
	'in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
	'in JSON in a query': (secret) => encodeURIComponent(JSON.stringify(secret)).slice(3, -3),
	'in JSON of PHP': (secret) => JSON.stringify(secret).slice(1, -1).replace(/\//g, '\\/'),
	'in HTML': (secret) => secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`),
	'in HTML, by names': (secret) =>
		['&&amp;', '<&lt;', '>&gt;', '"&quot;'].reduce(
			(text, [sign, ...name]) => text.split(sign).join(name.join('')),
			secret,
		),
	'in base64': (secret) => Buffer.from(secret).toString('base64'),
	'in base64url': (secret) => Buffer.from(secret).toString('base64url'),
	'behind a user in base64': (secret) => Buffer.from(`anna:${secret}`).toString('base64'),
	'between others in base64': (secret) => Buffer.from(`an:${secret}!!`).toString('base64'),
	'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
};

/** The longest piece of `written` that is left in `shown`. */
function longestLeft(written: string, shown: string): number {
	let longest = 0;
	for (let from = 0; from < written.length; from++) {
		while (shown.includes(written.slice(from, from + longest + 1))) {
			if (from + ++longest >= written.length) return longest;
		}
	}
	return longest;
}

/** Signs that stand for themselves nowhere, and letters that no text around them has. */
const secrets = fc
	.array(fc.constantFrom(...'QXZqxz0189+/=&<>"\'%?# äß€'), { minLength: 12, maxLength: 40 })
	.map((signs) => signs.join('').trim())
	.filter((secret) => secret.length >= 12);

describe('a secret that a server repeats', () => {
	it.each(Object.entries(WRITTEN))('is taken out %s', (_name, write) => {
		fc.assert(
			fc.property(secrets, (secret) => {
				const redact = redactor({ token: secret });
				const shown = redact(`no such key, ${write(secret)}, found`);
				expect(shown).toContain('•••');
				expect(shown.startsWith('no such key, ')).toBe(true);
				expect(longestLeft(write(secret), shown)).toBeLessThan(9);
			}),
			{ numRuns: 200 },
		);
	});

	it('is taken out where it was cut short, and what follows stays', () => {
		fc.assert(
			fc.property(secrets, fc.integer({ min: 6, max: 40 }), (secret, length) => {
				const shown = redactor({ token: secret })(`key ${secret.slice(0, length)}... is unknown`);
				expect(shown).toMatch(/^key •••.*is unknown$/);
				expect(shown).not.toContain(secret.slice(0, 6));
			}),
		);
	});

	it('leaves a text alone that has nothing of it', () => {
		const text = 'did 40721000111 is not allowed; see https://example.com/help/page';
		fc.assert(
			fc.property(secrets, (secret) => expect(redactor({ token: secret })(text)).toBe(text)),
		);
	});
});

describe('what is secret without being a field of the credential', () => {
	const redact = redactor({
		baseUrl: 'https://the-user:p%40ss-word@pbx.example.com/path',
		country: 'RO',
	});

	it.each([
		['a password in the base URL', 'p%40ss-word and p@ss-word', '••• and •••'],
		['its user', 'hello the-user', 'hello •••'],
		['a password in another link', 'ftp://me:you@host/x', 'ftp://•••@host/x'],
		[
			'the query of a link',
			'see https://a.example.com/f.wav?sig=1&t=2 now',
			'see https://a.example.com/f.wav?••• now',
		],
		[
			'the query of a link in JSON',
			'{"u":"https:\\/\\/a.example.com\\/f?t=2"}',
			'{"u":"https:\\/\\/a.example.com\\/f?•••"}',
		],
		['a bearer token', 'Authorization: Bearer abc.def', 'Authorization: Bearer •••'],
		['a token by its name', 'access_token=ab12cd34, retry', 'access_token=•••, retry'],
		['a key by its name in JSON', '{"apiKey":"k-123456"}', '{"apiKey":"•••"}'],
	])('%s', (_name, text, shown) => expect(redact(text)).toBe(shown));

	it.each([
		'token: expired',
		'https://pbx.example.com/path RO',
		'the signature is wrong',
		'password: required, min 8 letters',
	])('but not the words around it: %s', (text) => expect(redact(text)).toBe(text));
});

it.each([
	['dots', '.'.repeat(200_000)],
	['one letter', 'a'.repeat(200_000)],
	['the beginning of a secret', 'secret'.repeat(40_000)],
	['names of secrets', 'token='.repeat(40_000)],
	['links', 'https://'.repeat(30_000)],
	['users', '://a'.repeat(50_000)],
])('a text of 200,000 letters is redacted at once: %s', (_name, text) => {
	expect(redactor({ token: 'secret-and-more', other: 'aaaaaaaaaaaaab' })(text)).toBeTruthy();
});
