import { openLink, type Reply } from '../../../nodes/callRecords/recordings/links';
import { InputError, type RecordingLink } from '../../../nodes/callRecords/platform';
import { fakeFiles, type FakeFilesOptions, type FileAnswer } from '../../support/fakeFiles';

const OWN = 'https://pbx.example.com:8088';

async function open(
	link: string | RecordingLink,
	more: Partial<FakeFilesOptions> & { allowed?: string[] } = {},
) {
	const files = await fakeFiles({ respond: () => ({ body: 'sound' }), ...more });
	const found = await openLink(
		files.context,
		files.connection,
		typeof link === 'string' ? { url: link } : link,
		more.allowed ?? [],
	).catch((error: Error) => error);
	const { requests } = files;
	return {
		...files,
		found,
		reply: found as Reply,
		asked: requests.map(({ url }) => url),
		proved: requests.map(({ isAuthenticated }) => isAuthenticated),
	};
}

/** A server that sends on from the first address to the next. */
const sendingOn =
	(...locations: unknown[]) =>
	(_url: URL, number: number): FileAnswer =>
		number <= locations.length
			? { status: 302, headers: { location: locations[number - 1] as string }, body: 'moved' }
			: { body: 'sound' };

describe('where a link leads', () => {
	it.each([
		['rec/a.wav', `${OWN}/base/rec/a.wav`],
		['/rec/a.wav', `${OWN}/base/rec/a.wav`],
		['rec//a.wav', `${OWN}/base/rec//a.wav`],
		['a.wav?x=1', `${OWN}/base/a.wav?x=1`],
		['a:b/c.wav', `${OWN}/base/a:b/c.wav`],
		[`${OWN}/rec/a.wav`, `${OWN}/rec/a.wav`],
		['HTTPS://pbx.example.com:8088/a.wav', `${OWN}/a.wav`],
		['//pbx.example.com:8088/a.wav', `${OWN}/a.wav`],
		['http://pbx.example.com/a.wav', 'http://pbx.example.com/a.wav'],
	])('%s is %s', async (url, address) => {
		const { asked, reply } = await open(url);
		expect(asked).toEqual([address]);
		expect(reply.url.href).toBe(address);
		expect(reply.response.statusCode).toBe(200);
	});

	it.each(['https://', 'http://a b/c.wav', '//pbx:99999/a.wav'])('%s is nowhere', async (url) => {
		const { found, asked } = await open(url);
		expect(found).toBeInstanceOf(InputError);
		expect(found).toMatchObject({
			parameter: 'Recording',
			message: "'Recording' leads to something that is no web address",
			advice: 'Enter the recordingFile or recordingUrl of a call.',
		});
		expect(asked).toEqual([]);
	});
});

describe('the credential', () => {
	it('goes to the very address it is for, and the certificate counts there alone', async () => {
		const credentials = { allowUnauthorizedCerts: true };
		const other = await open('https://rec.example.com/a.wav', {
			credentials,
			allowed: ['rec.example.com'],
		});
		expect(other.proved).toEqual([false]);
		expect(other.requests[0].options.skipSslCertificateValidation).toBe(false);
		expect(other.reply.isAuthenticated).toBe(false);

		const own = await open('a.wav', { credentials });
		expect(own.proved).toEqual([true]);
		expect(own.reply.isAuthenticated).toBe(true);
	});

	it.each([
		[true, true],
		[false, false],
	])('stays away where files want none: certificates ignored %s', async (allow, skips) => {
		const { proved, requests } = await open('a.wav', {
			platform: { recordings: { options: [], isAuthenticated: false, find: () => ({ url: '' }) } },
			credentials: { allowUnauthorizedCerts: allow },
		});
		expect(proved).toEqual([false]);
		expect(requests[0].options.skipSslCertificateValidation).toBe(skips);
	});

	it('stays away where the platform says nothing of recordings', async () => {
		const { proved } = await open('a.wav', { platform: { recordings: undefined } });
		expect(proved).toEqual([false]);
	});

	it('stays away from another port of the same host', async () => {
		expect((await open('https://pbx.example.com:8089/a.wav')).proved).toEqual([false]);
	});
});

it.each(['a.wav', 'http://pbx.example.com/a.wav'])(
	'%s is asked for as a stream, unpacked, whatever its status, and counted',
	async (url) => {
		const { requests, connection } = await open(url, { options: { timeout: 1234 } });
		expect(requests[0].options).toMatchObject({
			headers: { accept: 'audio/*, */*;q=0.5', 'accept-encoding': 'identity' },
			timeout: 1234,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: url.startsWith('http') ? true : { ignore: true, except: [401] },
			disableFollowRedirect: true,
		});
		expect(connection.report.requests).toBe(1);
	},
);

describe('a host', () => {
	it('that nobody allowed is not asked', async () => {
		const { found, asked } = await open('https://rec.example.com/a.wav');
		expect(found).toBeInstanceOf(InputError);
		expect((found as Error).message).toContain('The recording is on rec.example.com');
		expect(asked).toEqual([]);
	});

	it('that the user typed for this purpose is, on that port alone', async () => {
		const link = { url: 'https://rec.example.com:444/a.wav', isChosen: true };
		expect((await open(link)).asked).toEqual([link.url]);
		const { found, asked } = await open(link, {
			respond: sendingOn('https://rec.example.com:445/a.wav'),
		});
		expect(found).toBeInstanceOf(InputError);
		expect(asked).toEqual([link.url]);
	});
});

describe('a redirect', () => {
	it.each([301, 302, 303, 307, 308])('with HTTP %i is followed', async (status) => {
		const { asked, requests, reply, connection } = await open('a/b.wav', {
			respond: (_url, number) =>
				number === 1 ? { status, headers: { location: '../c.wav' }, body: 'moved' } : {},
		});
		expect(asked).toEqual([`${OWN}/base/a/b.wav`, `${OWN}/base/c.wav`]);
		expect(reply.url.href).toBe(`${OWN}/base/c.wav`);
		expect(requests.map(({ body }) => body.destroyed)).toEqual([true, false]);
		expect(connection.report.requests).toBe(2);
	});

	it.each([
		['HTTP 200', { status: 200, headers: { location: '/b.wav' } }],
		['HTTP 304', { status: 304, headers: { location: '/b.wav' } }],
		['HTTP 302 without an address', { status: 302 }],
		['HTTP 302 with something else', { status: 302, headers: { location: ['/b.wav'] } }],
	])('%s is none', async (_what, answer) => {
		const { reply, asked } = await open('a.wav', { respond: () => answer });
		expect(reply.response.statusCode).toBe(answer.status);
		expect(asked).toHaveLength(1);
	});

	it('decides anew who gets the credential', async () => {
		const { proved } = await open('a.wav', {
			allowed: ['rec.example.com'],
			respond: sendingOn('https://rec.example.com/a.wav', `${OWN}/b.wav`),
		});
		expect(proved).toEqual([true, false, true]);
	});

	it('decides anew which hosts are allowed', async () => {
		const { found, requests } = await open('a.wav', {
			respond: sendingOn('https://rec.example.com/a.wav'),
		});
		expect((found as Error).message).toContain('rec.example.com');
		expect(requests).toHaveLength(1);
		expect(requests[0].body.destroyed).toBe(true);
	});

	const NO_END = {
		problem: {
			kind: 'unknown',
			message:
				'Fake PBX at pbx.example.com:8088 redirects on and on instead of sending the recording',
			description: 'Open the recording in a browser; perhaps the platform wants a login there.',
		},
	};

	it.each([
		[5, 'sound'],
		[6, NO_END],
	])('is followed at most five times: %i', async (times, outcome) => {
		const { found, reply, requests } = await open('a.wav', {
			respond: sendingOn(...Array<string>(times).fill('/a.wav')),
		});
		expect(requests).toHaveLength(6);
		if (outcome === 'sound') expect(reply.response.statusCode).toBe(200);
		else expect(found).toEqual(outcome);
	});

	it('to no address is given up', async () => {
		const { found } = await open('a.wav', { respond: sendingOn('http://') });
		expect(found).toEqual(NO_END);
	});
});

describe('a reply', () => {
	it.each([
		['with the credential', 'a.wav'],
		['without the credential', 'http://pbx.example.com/a.wav'],
	])('asked for %s is closed when it is not needed, or the run is stopped', async (_how, url) => {
		const closed = await open(url);
		const [request] = closed.requests;
		expect([request.body.destroyed, request.signal?.aborted]).toEqual([false, false]);
		closed.reply.close();
		expect([request.body.destroyed, request.signal?.aborted]).toEqual([true, true]);

		const run = new AbortController();
		const stopped = await open(url, { signal: run.signal });
		expect(stopped.requests[0].signal?.aborted).toBe(false);
		run.abort();
		expect(stopped.requests[0].signal?.aborted).toBe(true);
	});

	it('is closed in versions of n8n that cannot stop a run', async () => {
		for (const url of ['a.wav', 'http://pbx.example.com/a.wav']) {
			const { reply, requests } = await open(url, { signal: null });
			reply.close();
			expect(requests[0].body.destroyed).toBe(true);
			expect(requests[0].signal?.aborted).toBe(true);
		}
	});

	it.each([
		['a.wav', 'pbx.example.com:8088'],
		['https://user:secret@rec.example.com/a.wav', 'rec.example.com'],
	])('that does not come is a problem of that host: %s', async (url, host) => {
		const { found } = await open(url, {
			allowed: ['rec.example.com'],
			respond: () => Object.assign(new Error('the-password'), { code: 'ECONNREFUSED' }),
		});
		expect(found).toMatchObject({
			problem: { kind: 'temporary', message: `Fake PBX at ${host} refuses the connection` },
		});
		expect(JSON.stringify(found)).not.toMatch(/secret|the-password/);
	});
});
