// One platform's sandbox with as many calls as wanted, in a process of its own: what it holds does not count for n8n.
import { createHash } from 'node:crypto';

import { CALL_RECORD_FIELDS, toCallRecord } from '../../nodes/callRecords/callRecord';
import type { Platform, Settings } from '../../nodes/callRecords/platform';
import { commo } from '../../nodes/Commo/platform';
import { itnioTech } from '../../nodes/ItnioTech/platform';
import { makeCalls } from '../../test/vendors/calls';
import { startCommo } from '../../test/vendors/commo';
import { startItnioTech } from '../../test/vendors/itnioTech';
import type { FileFault, RecordingFiles } from '../../test/vendors/recordings';
import type { Sandbox } from '../../test/vendors/server';
import type { Store } from '../../test/vendors/store';

interface Running extends Sandbox {
	store: Store<object>;
	recordings: RecordingFiles;
}

const ZONE = 'Asia/Shanghai';
const FROM = Date.UTC(2025, 2, 3) / 1000;
const TO = FROM + 60 * 86_400 - 1;

const PLATFORMS: Record<
	string,
	{
		platform: Platform;
		start: (options: { calls: ReturnType<typeof makeCalls> }) => Promise<Running>;
	}
> = {
	commo: { platform: commo, start: startCommo },
	itnioTech: { platform: itnioTech, start: startItnioTech },
};

/** Answers to questions of the parent process, by their names. */
type Answers = Record<string, (given: unknown) => unknown>;

async function main(): Promise<void> {
	const [name, count] = process.argv.slice(2);
	const { platform, start } = PLATFORMS[name];
	const calls = makeCalls({ count: Number(count), from: FROM, to: TO, shape: 'office', seed: 11 });
	const sandbox = await start({ calls });
	const settings = settingsOf(platform, sandbox.url);
	const answers: Answers = {
		requests: () => {
			const { length } = sandbox.requests;
			return { requests: length, mostAtOnce: sandbox.mostAtOnce };
		},
		forget: () => sandbox.forget(),
		truth: () => truthOf(sandbox, platform, settings),
		recording: (bytes) => recordingOf(sandbox, platform, settings, Number(bytes)),
		spoil: (given) => {
			const { fault, times } = given as { fault: FileFault; times: number };
			let left = times;
			sandbox.recordings.fault = () => (left-- > 0 ? fault : undefined);
		},
	};
	process.on(
		'message',
		({ id, question, given }: { id: number; question: string; given: unknown }) => {
			process.send?.({ id, answer: answers[question](given) ?? null });
		},
	);
	process.once('disconnect', () => process.exit());
	process.send?.({ url: sandbox.url, from: FROM, to: TO });
}

function settingsOf(platform: Platform, url: string): Settings {
	return {
		platform: platform.name,
		host: new URL(url).host,
		baseUrl: url,
		zone: ZONE,
		options: {},
		prepared: {},
	};
}

/**
 * The file that has to come out, line by line: the sandbox's rows as call records, oldest first, in the plainest CSV
 * there is. It shares the mapping with the node, and nothing of reading, ordering and writing.
 */
function truthOf({ store }: Running, platform: Platform, settings: Settings) {
	const rows = store.all().map(({ row }) => row as Record<string, never>);
	const ids = platform.recordIds(rows);
	const order = rows
		.map((row, i) => ({ i, id: ids[i], start: platform.startOf(row, settings) ?? 0 }))
		.sort((a, b) => a.start - b.start || Number(a.id) - Number(b.id));
	const hash = createHash('sha256');
	const text = (value: unknown) =>
		typeof value === 'string' ? `"${guarded(value).replace(/"/g, '""')}"` : String(value ?? '');
	let bytes = 0;
	const write = (values: readonly unknown[]) => {
		const line = `${values.map(text).join(',')}\r\n`;
		bytes += Buffer.byteLength(line);
		hash.update(line);
	};
	write(CALL_RECORD_FIELDS);
	for (const { i, id } of order) {
		const record = toCallRecord(platform.mapRow(rows[i], id, settings), settings);
		write(CALL_RECORD_FIELDS.map((field) => record[field]));
	}
	return { records: rows.length, bytes, sha256: hash.digest('hex') };
}

/** The names in the sandbox that spreadsheets would run begin with = and nothing else. */
function guarded(value: string): string {
	return value.startsWith('=') ? `'${value}` : value;
}

/** A recording of this size. */
function recordingOf(
	{ store, recordings }: Running,
	platform: Platform,
	settings: Settings,
	bytes: number,
) {
	const files = store
		.all()
		.map(({ row }) => platform.mapRow(row as Record<string, never>, '1', settings).recordingFile);
	const name = files.find((file) => typeof file === 'string') ?? '';
	recordings.sizes.set(name, bytes);
	return { name, bytes, sha256: recordings.sha256(name) };
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
