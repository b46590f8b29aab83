import type { INode } from 'n8n-workflow';

import { entryOf, LoginFailed, toNodeApiError } from '../../nodes/callRecords/errors';

const NODE = { name: 'Node', parameters: {} } as INode;

describe('a table of words from outside', () => {
	it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'b'])(
		'does not know %s',
		(key) => expect(entryOf({ a: 1 }, key)).toBeUndefined(),
	);

	it('knows what stands in it', () => expect(entryOf({ a: 1 }, 'a')).toBe(1));
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
