import { createRecordingFiles, type RecordingFiles } from '../vendors/recordings';
import { startServer, type Sandbox } from '../vendors/server';

/** A server of somebody else, with recordings on it. `localhost` is another host than 127.0.0.1. */
export interface OtherHost extends Sandbox {
	files: RecordingFiles;
	/** Where it sends whoever asks. */
	redirect: string | undefined;
	address: string;
}

const started: OtherHost[] = [];

export async function stopOthers(): Promise<void> {
	for (const server of started.splice(0)) await server.stop();
}

export async function startOther(): Promise<OtherHost> {
	const own = {
		files: createRecordingFiles(),
		redirect: undefined as string | undefined,
		address: '',
	};
	const server = await startServer(own, (app) => {
		app.get<{ Params: { '*': string } }>('/*', async ({ params }, reply) => {
			if (own.redirect !== undefined) return await reply.redirect(own.redirect);
			await own.files.send(reply, params['*'].split('/').pop() ?? '');
			return undefined;
		});
	});
	server.address = server.url.replace('127.0.0.1', 'localhost');
	started.push(server);
	return server;
}

/** Nothing that proves who asks: no token, no key, no hash, in no header and no field. */
export function expectUnproved(requests: Sandbox['requests'], secrets: string[]): void {
	expect(requests.length).toBeGreaterThan(0);
	for (const { headers, fields, path } of requests) {
		const given = JSON.stringify({ headers, fields, path });
		expect(headers.authorization).toBeUndefined();
		for (const secret of secrets) expect(given).not.toContain(secret);
		expect(Object.keys(fields)).toEqual([]);
	}
}
