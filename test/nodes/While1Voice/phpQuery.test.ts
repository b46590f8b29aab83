import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { apiHash, exactJson } from '../../../nodes/While1Voice/apiHash';
import { phpParameters, phpQuery } from '../../../nodes/While1Voice/phpQuery';
import { httpBuildQuery, phpFromForm, phpFromJson, type PhpMap } from '../../vendors/php';

interface Vector {
	name: string;
	params: object;
	key: string;
	query: string;
	hash: string;
}

const textOf = (file: string) => readFileSync(`${__dirname}/${file}`, 'utf8');
const VECTORS = JSON.parse(textOf('../../credentials/while1voice-hash-vectors.json')) as Vector[];
const UNSAFE_TEXT = textOf('../../credentials/while1voice-hash-vectors-unsafe.json');
const UNSAFE = JSON.parse(UNSAFE_TEXT) as Vector[];
/** The parameters letter for letter: once they are parsed, a 1.0 is a 1. */
const UNSAFE_PARAMS = [...UNSAFE_TEXT.matchAll(/"params": (\{.*?\n\t\t\}),/gs)].map(
	([, text]) => text,
);

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');

describe('http_build_query', () => {
	it.each(VECTORS)('$name', ({ params, key, query, hash }) => {
		expect(phpQuery(params)).toBe(query);
		expect(apiHash(params, key)).toBe(hash);
		// So does the sandbox, which has code of its own for it.
		expect(httpBuildQuery(phpFromJson(params) as PhpMap)).toBe(query);
	});

	it('makes the one hash of the documentation that can be verified', () => {
		const page = textOf('request.txt');
		const { api_hash: hash, ...parameters } = JSON.parse(page) as Record<string, unknown>;
		expect(hash).toBe('ff9a6b157cb1f79db73e7507635f878a');
		expect(apiHash(parameters, 'your_api_key')).toBe(hash);
	});

	it('agrees with the sandbox on anything that can be sent', () => {
		const value = fc.letrec((tie) => ({
			any: fc.oneof(
				{ maxDepth: 4 },
				fc.string({ unit: 'binary' }),
				fc.maxSafeInteger().filter((number) => !Object.is(number, -0)),
				fc.boolean(),
				fc.constant(null),
				fc.array(tie('any'), { maxLength: 4 }),
				fc.dictionary(
					fc.string({ unit: 'binary' }).filter((name) => !/^\d+$/.test(name)),
					tie('any'),
					{
						maxKeys: 4,
					},
				),
			),
		})).any;
		fc.assert(
			fc.property(fc.array(value), (list) => {
				const parameters = { page: 1, filters: list };
				const sent = JSON.parse(JSON.stringify(parameters)) as unknown;
				expect(phpQuery(parameters)).toBe(httpBuildQuery(phpFromJson(sent) as PhpMap));
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('what JavaScript cannot reproduce', () => {
	it('is there to be tested', () => {
		expect(UNSAFE).toHaveLength(12);
		expect(UNSAFE_PARAMS).toHaveLength(12);
	});

	it.each(UNSAFE.map(({ name }, i) => ({ name, text: UNSAFE_PARAMS[i] })))(
		'$name is refused as text',
		({ text }) => {
			expect(() => phpQuery(exactJson(text) as object)).toThrow(/api_hash/);
		},
	);

	it.each(UNSAFE)(
		'$name: once parsed, it is refused or sent as it is hashed',
		({ params, key }) => {
			const sent = phpFromJson(JSON.parse(JSON.stringify(params))) as PhpMap;
			let hash: string | undefined;
			try {
				hash = apiHash(params, key);
			} catch (error) {
				expect((error as Error).message).toMatch(/cannot go into api_hash/);
				return;
			}
			expect(hash).toBe(md5(httpBuildQuery(sent) + key));
		},
	);

	it.each([
		['a fraction', { filters: { x: 0.5 } }, 'filters[x]'],
		['no number', { x: NaN }, 'x'],
		['infinity', { x: [1, Infinity] }, 'x[1]'],
		['minus zero', { x: -0 }, 'x'],
		['too long a number', { from_id: 2 ** 53 }, 'from_id'],
		['a bigint', { from_id: 10n }, 'from_id'],
		['half a character', { x: 'a\ud83d' }, 'x'],
		['half a character as a name', { filters: { '\udc00': 1 } }, 'filters[\udc00]'],
		['a date', { x: new Date(0) }, 'x'],
		['a buffer', { x: Buffer.from('a') }, 'x'],
		['a function', { x: () => 1 }, 'x'],
		['numbers among names', { vars: { b: 1, 2: 2 } }, '2'],
	])('%s is refused by name', (_what, parameters, name) => {
		expect(() => phpQuery(parameters)).toThrow(`'${name}' cannot go into api_hash`);
	});

	it.each([
		'{"a":1.0}',
		'{"a": 1e2}',
		'{"b":1,"a":{"2":1,"1":2}}',
		'{"a":1,"a":2}',
		'{"a":-0}',
		'a=1',
	])('JSON text %s is refused', (text) => {
		expect(() => exactJson(text)).toThrow('api_hash');
	});

	it.each(['{ "a" : "\\u0103\\/" , "b":[1, null,true] }', '{"a":"1.0","n":-12}', '{}'])(
		'JSON text %s is taken',
		(text) => {
			expect(exactJson(text)).toEqual(JSON.parse(text));
		},
	);
});

describe('parameters with flat names', () => {
	it.each([
		'page=1&filters[date_between][0]=2024-01-01+00:00:00&filters[date_between][1]=x&filters[direction]=OUT',
		'filters%5Buser_id%5D%5B0%5D=1&page=2&filters%5Buser_id%5D%5B1%5D=%2B40',
		'a=1&a=2',
		'a[b][c]=~*!&a[d]=',
		'a=1&a[b]=2',
		'__proto__[x]=1&constructor=2',
		'',
	])('%s are read as PHP reads them', (form) => {
		const fields = [...new URLSearchParams(form)];
		expect(phpQuery(phpParameters(fields))).toBe(httpBuildQuery(phpFromForm(form)));
	});

	it('have lists without numbers', () => {
		const fields: Array<[string, unknown]> = [
			['u[]', '7'],
			['u[]', '8'],
			['u[5]', '9'],
			['u[]', '10'],
		];
		expect(phpParameters(fields)).toEqual({ u: { 0: '7', 1: '8', 5: '9', 6: '10' } });
		expect(({} as Record<string, unknown>).x).toBeUndefined();
	});

	it.each(['a.b', 'a b', '[a]', 'a[b', 'a[b]c', 'a[b[c]]', ' a', ''])(
		'%j is rejected, since PHP gives it another name',
		(name) => {
			expect(() => phpParameters([[name, '1']])).toThrow('PHP would read this name as another one');
		},
	);
});
