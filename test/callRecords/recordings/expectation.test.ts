import { createHash } from 'node:crypto';

import { createComparison, expectationOf } from '../../../nodes/callRecords/recordings/expectation';

const BODY = Buffer.from('the sound of a call');
const digest = (algorithm: string) => createHash(algorithm).update(BODY).digest('base64');

const contradiction = (headers: Record<string, unknown>, body = BODY) => {
	const comparison = createComparison(expectationOf(headers), null);
	for (const byte of body) comparison.add(Buffer.from([byte]));
	return comparison.contradiction();
};

const HEADERS: Array<[string, string]> = [
	['content-length', String(BODY.length)],
	['content-md5', digest('md5')],
	['digest', `sha-256=${digest('sha256')}`],
	['digest', `SHA-512=${digest('sha512')},md5=${digest('md5')}`],
	['content-digest', `sha-256=:${digest('sha256')}:`],
	['repr-digest', `sha-512=:${digest('sha512')}:, sha-256=:${digest('sha256')}:`],
];

describe('what the headers say of a file', () => {
	it.each(HEADERS)('%s: %s agrees with the file', (name, value) => {
		expect(contradiction({ [name]: value })).toBeNull();
	});

	it.each(HEADERS)('%s: %s contradicts a shorter file', (name, value) => {
		expect(contradiction({ [name]: value }, BODY.subarray(0, -1))).not.toBeNull();
	});

	it.each(HEADERS.slice(1))('%s: %s contradicts another file', (name, value) => {
		expect(contradiction({ [name]: value }, Buffer.concat([BODY, BODY]))).not.toBeNull();
	});

	it('is no contradiction when a file was packed on the way, against our will', () => {
		const headers = { 'content-length': '3', digest: `md5=${digest('md5')}` };
		expect(contradiction(headers)).toBeNull();
	});

	it('is one thing wrong that makes it wrong', () => {
		const headers = Object.fromEntries(HEADERS.map(([name, value]) => [name, value]));
		expect(contradiction(headers)).toBeNull();
		expect(contradiction({ ...headers, 'content-md5': digest('sha1') })).toMatch(/checksum/);
	});

	it.each([
		{},
		{ 'content-length': 'many' },
		{ digest: 'crc32c=AAAA' },
		{ digest: 'nonsense' },
		{ 'content-md5': undefined },
	])('is nothing to compare with in %j', (headers) => {
		expect(contradiction(headers)).toBeNull();
	});

	it.each(['9x', 'x9', '-9', '', undefined])('is no length in %j', (length) => {
		expect(expectationOf({ 'content-length': length }).bytes).toBeNull();
	});

	it('says how much is missing', () => {
		expect(contradiction({ 'content-length': '20' })).toBe('came in with 19 of 20 bytes');
	});

	it('may have blanks around it', () => {
		expect(contradiction({ 'content-md5': ` ${digest('md5')} ` })).toBeNull();
	});

	it('counts more than the length that the file itself states', () => {
		const comparison = createComparison(expectationOf({ 'content-length': '19' }), 100);
		comparison.add(BODY);
		expect(comparison.contradiction()).toBeNull();
	});

	it('falls back to the length that the file itself states', () => {
		const exact = createComparison(expectationOf({}), BODY.length);
		exact.add(BODY);
		expect(exact.contradiction()).toBeNull();
		const comparison = createComparison(expectationOf({}), 100);
		comparison.add(BODY);
		expect(comparison.contradiction()).toBe(`came in with ${BODY.length} of at least 100 bytes`);
		comparison.add(Buffer.alloc(100));
		expect(comparison.contradiction()).toBeNull();
	});
});

describe('a header', () => {
	it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
		'that names the algorithm %s names none',
		(name) => expect(expectationOf({ digest: `${name}=AAAA` }).digests).toEqual([]),
	);

	it.each([
		['letters', 'a'.repeat(300_000)],
		['letters in parts', 'a,'.repeat(300_000)],
		['signs', 'md5=:'.repeat(200_000)],
		['equals signs', `md5=a${'='.repeat(300_000)}`],
	])('of many %s is read at once', (_what, digest) => {
		expect(expectationOf({ digest }).bytes).toBeNull();
	});
});
