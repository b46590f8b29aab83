import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeCalls } from '../vendors/calls';
import { COMMO_SECRETS, startCommo, type CommoSandbox } from '../vendors/commo';
import type { Arrived, Fault } from '../vendors/server';
import { commoCredentials, getMany } from '../support/commo';
import type { EngineResult } from '../support/engine';

const FROM = Date.UTC(2025, 2, 3) / 1000;
const GIVEN_TOKEN = 'canary-given-token-2f6b';

let sandbox: CommoSandbox;
let logged: string[];
const streams = [process.stdout, process.stderr] as const;

beforeEach(async () => {
	sandbox = await startCommo({ calls: makeCalls({ count: 40, from: FROM, to: FROM + 86_399 }) });
	logged = [];
	const keep = (text: unknown) => Boolean(logged.push(String(text)));
	for (const stream of streams) jest.spyOn(stream, 'write').mockImplementation(keep);
	for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
		jest.spyOn(console, level).mockImplementation((...words) => {
			for (const word of words) keep(show(word));
		});
	}
});
afterEach(async () => {
	jest.restoreAllMocks();
	await sandbox.stop();
});

/** Every property, also those that JSON leaves out, and what an error keeps in its causes. */
function show(value: unknown, depth = 0): string {
	if (typeof value !== 'object' || value === null || depth > 6) return String(value);
	const own = Object.getOwnPropertyNames(value).map((name) => {
		const inner: unknown = (value as Record<string, unknown>)[name];
		return `${name}: ${show(inner, depth + 1)}`;
	});
	const { toJSON } = value as { toJSON?(): unknown };
	const json = typeof toJSON === 'function' ? JSON.stringify(value) : '';
	return `{${own.join(', ')}${json}}`;
}

/** All files under the folder that n8n writes to. */
function files(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}

/** All that a user, an administrator or the next node gets to see of a run. */
function shownBy({ items, error, hints, run }: EngineResult): string {
	return [
		show(items),
		show(error),
		show(hints),
		show(run.data.resultData),
		...logged,
		...files(process.env.N8N_USER_FOLDER!),
	].join('\n');
}

/** Every token that was ever sent, and the secrets of the credential and of the platform. */
function secrets(): string[] {
	const tokens = sandbox.requests.map(({ fields }) => fields.token).filter(Boolean);
	return [...Object.values(COMMO_SECRETS), GIVEN_TOKEN, ...tokens.map(String)];
}

function expectSilence(result: EngineResult): void {
	const shown = shownBy(result);
	for (const secret of secrets()) {
		expect(shown).not.toContain(secret);
		expect(shown).not.toContain(encodeURIComponent(secret));
		expect(shown).not.toContain(Buffer.from(secret).toString('base64'));
	}
}

/** A server that shows what it was sent in all it says. */
const echo = ({ fields }: Arrived) =>
	`you sent ${new URLSearchParams(fields as never).toString()} ${JSON.stringify(fields)}`;
const onRead = (fault: (request: Arrived) => Fault) => (request: Arrived) =>
	request.fields.service === 'App.Sip_Cdr.GetBill' ? fault(request) : undefined;

const FAULTS: Array<[string, ((request: Arrived) => Fault | undefined) | undefined]> = [
	['nothing', undefined],
	[
		'a login that is refused',
		(request) => ({ rewrite: () => ({ ret: 601, data: [], msg: echo(request) }) }),
	],
	[
		'a login that is refused on the second level',
		(request) => ({
			rewrite: () => ({
				ret: 200,
				data: { status: 1, desc: echo(request), errors: { code: '1003', codemsg: echo(request) } },
			}),
		}),
	],
	['a login page', (request) => ({ body: `<html>${echo(request)}</html>` })],
	['a login that fails', (request) => ({ status: 500, body: echo(request) })],
	['a token that is refused', onRead(() => ({ before: () => sandbox.endSessions() }))],
	[
		'a request that is refused',
		onRead((request) => ({ rewrite: () => ({ ret: 400, data: [], msg: echo(request) }) })),
	],
	[
		'a request that is refused with an unknown code',
		onRead((request) => ({ rewrite: () => ({ ret: 799, data: [], msg: echo(request) }) })),
	],
	[
		'a request that is refused with a secret as code',
		onRead((request) => ({
			rewrite: () => ({
				ret: 200,
				data: { status: 1, errors: { code: String(request.fields.token), codemsg: '' } },
			}),
		})),
	],
	[
		'an address that is refused',
		onRead((request) => ({ rewrite: () => ({ ret: 604, data: [], msg: echo(request) }) })),
	],
	['an error page', onRead((request) => ({ status: 502, body: `<html>${echo(request)}</html>` }))],
	['a page', onRead((request) => ({ body: `<html>${echo(request)}</html>` }))],
	[
		'a redirect',
		onRead((request) => ({
			status: 302,
			headers: { location: `http://x.example/?${echo(request)}` },
			body: '',
		})),
	],
	['half an answer', onRead(() => ({ truncate: true }))],
	['a connection that is cut', onRead(() => ({ reset: 'before' }))],
	['a connection that is cut in the middle', onRead(() => ({ reset: 'middle' }))],
	['no answer', onRead(() => ({ silent: true }))],
];

describe.each(FAULTS)('after %s', (_name, fault) => {
	const options = { timeout: 300, longestWait: 0 };

	it.each([
		['a login', {}],
		['a given token', { authentication: 'token', token: GIVEN_TOKEN, appId: '', accessKey: '' }],
	])('no secret is shown, with %s', async (_kind, other) => {
		sandbox.fault = fault;
		const result = await getMany(
			sandbox,
			{ output: 'both', options },
			{ credentials: commoCredentials(sandbox, other) },
		);
		expect(result.error === undefined).toBe(fault === undefined && !('token' in other));
		expectSilence(result);
	});

	it('no secret is in the item of a failure', async () => {
		sandbox.fault = fault;
		const result = await getMany(sandbox, { options }, { continueOnFail: true });
		expect(result.json.length).toBe(fault === undefined ? 40 : 1);
		expectSilence(result);
	});
});

it('what is shown is really looked at: a secret in it is found', async () => {
	// Words that begin as a secret of the credential are hidden; these do not.
	sandbox.fault = onRead(() => ({ rewrite: () => ({ ret: 400, data: [], msg: 'shown-words' }) }));
	const result = await getMany(sandbox);
	console.log('canary-log');
	expect(shownBy(result)).toContain('shown-words');
	expect(shownBy(result)).toContain('canary-log');
});
