// A PostgreSQL of our own: its data in a temporary folder, its port a free one, gone when stopped.
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import { freePort } from '../../../tools/lib/ports.mjs';
import { Problem } from '../../../tools/lib/problem.mjs';
import { run, start, stop } from '../../../tools/lib/processes.mjs';

const installed = '/usr/lib/postgresql';

/** PostgreSQL refuses to run as root: as the user that Debian's package made, then. */
async function ownUser() {
	if (process.getuid?.() !== 0) return {};
	const id = async (/** @type {string} */ option) =>
		Number((await run('id', [option, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

async function binFolder() {
	const versions = await readdir(installed).catch(() => []);
	const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
	if (newest) return join(installed, newest, 'bin');
	throw new Problem('PostgreSQL is missing: install it with "apt-get install postgresql".');
}

/** @returns {Promise<{ port: number, user: string, query: (sql: string) => Promise<any[]>, stop: () => Promise<void> }>} */
export async function startPostgres() {
	const bin = await binFolder();
	const user = await ownUser();
	const folder = await mkdtemp(join(tmpdir(), 'call-records-postgres-'));
	if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const made = await run(
		join(bin, 'initdb'),
		['-D', data, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C'],
		{ ...user, cwd: folder },
	);
	if (made.code !== 0) throw new Problem(`initdb failed: ${made.stderr}`);
	const port = await freePort();
	const server = start(
		join(bin, 'postgres'),
		['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-F'],
		{ ...user, cwd: folder, stdio: 'ignore' },
	);
	const settings = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' };
	const query = async (/** @type {string} */ sql) => {
		const client = new pg.Client(settings);
		try {
			await client.connect();
			return (await client.query(sql)).rows;
		} finally {
			await client.end();
		}
	};
	for (let tries = 1; ; tries++) {
		const answer = await query('SELECT 1').catch((error) => {
			if (tries > 100) throw error;
		});
		if (answer) break;
		await sleep(100);
	}
	return {
		port,
		user: 'postgres',
		query,
		async stop() {
			// SIGTERM would wait until n8n has closed its connections.
			await stop(server, 1000);
			await rm(folder, { recursive: true, force: true });
		},
	};
}
