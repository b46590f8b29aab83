import { randomBytes } from 'node:crypto';

import type { FastifyReply } from 'fastify';

import { AGENTS, EXTENSIONS, type HappenedCall } from './calls';
import { createLists } from './lists';
import { createRecordingFiles, type RecordingFiles } from './recordings';
import type { PlatformSandbox } from './sandbox';
import { HTML, startServer, type OwnServer, type Sandbox, type ServerOptions } from './server';
import { createStore, storedCall, type Store, type Stored } from './store';
import { threeCxRow, type ThreeCxRow } from './threeCxRow';
import { usualVariants, type Variants } from './variants';

export const THREE_CX_SECRETS = {
	clientId: 'canaryclient3cx5b1d77',
	clientSecret: 'canaryapikey93af77c25b1d0e41',
};
/** What rows of users hold besides, which nobody needs. */
export const SIP_PASSWORD = 'canarysippassword0e41';

export interface ThreeCxSandbox extends Sandbox, OwnServer {
	/** What it holds, as it would send it. */
	held(): Array<{ start: number; row: ThreeCxRow }>;
	store: Store<ThreeCxRow>;
	add(call: HappenedCall): void;
	/** How long tokens live, as the reply says: seconds (docs/vendors/3cx.md 2.2). */
	lifeSeconds: number;
	/** A login ends the session before it (docs/vendors/3cx.md 2.3). */
	hasOneSession: boolean;
	logins: number;
	endSessions(): void;
	/** How logins are answered; `broken` as when the database is in trouble (docs/vendors/3cx.md 2.4). */
	login: 'works' | 'broken' | 'denied';
	/** `admin` is refused; `blind` gets empty answers (docs/vendors/3cx.md 1.1, 4.5). */
	role: 'owner' | 'admin' | 'blind';
	/** The largest `$top` (docs/vendors/3cx.md 3). */
	mostRows: number;
	/** Whether `LastCdrAndChatMessageTimestamp` exists (docs/vendors/3cx.md 9). */
	namesNewest: boolean;
	/** A call that has begun and is not in the report yet. */
	running?: number;
	/** More days in one request are answered with 504 (docs/vendors/3cx.md 4.5). */
	mostDays: number;
	/** As before Update 6: rows without ids (docs/vendors/3cx.md 9). */
	isOld: boolean;
	recordings: RecordingFiles;
	/** Recordings that are not there any more. */
	lost: Set<string>;
}

export interface ThreeCxOptions extends ServerOptions {
	calls: HappenedCall[];
	/** Rows besides those of the calls, as `createThreeCxLegs` makes them. */
	rows?: Array<Stored<ThreeCxRow>>;
}

const CALL_LOG = /^\/xapi\/v1\/ReportCallLogData\/Pbx\.GetCallLogData\((.*)\)$/;
const RECORDING = /^\/xapi\/v1\/Recordings\/Pbx\.DownloadRecording\(recId=(\d+)\)$/;
const INSTANT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`;
const TEXT = "'((?:[^']|'')*)'";
/** All of them, in this order; a PBX answers 404 to anything else (docs/vendors/3cx.md 3). */
const ARGUMENTS = new RegExp(
	[
		`^periodFrom=(${INSTANT})`,
		`periodTo=(${INSTANT})`,
		'sourceType=(\\d+)',
		`sourceFilter=${TEXT}`,
		'destinationType=(\\d+)',
		`destinationFilter=${TEXT}`,
		'callsType=([012])',
		'callTimeFilterType=0',
		"callTimeFilterFrom='0:00:0'",
		"callTimeFilterTo='0:00:0'",
		'hidePcalls=(true|false)$',
	].join(','),
);

const DAY = 86_400;
const refusal = (code: string, message: string) => ({ error: { code, message } });

/** A server that speaks the Configuration API as strictly as its contract (docs/vendors/3cx.md). */
export async function startThreeCx(options: ThreeCxOptions): Promise<ThreeCxSandbox> {
	const stored = (call: HappenedCall) => storedCall(call, call.start, threeCxRow(call));
	const store = createStore([...options.calls.map(stored), ...(options.rows ?? [])]);
	const variants: Variants = usualVariants();
	const add = (call: HappenedCall) => store.insert(stored(call));
	const later = { DstRecId: 77, Transcription: 'Good morning', Summary: 'A greeting' };
	const lists = createLists<ThreeCxRow>({
		...{ store, idField: 'CdrId', later, add },
		// A page that is too long is refused and never cut, and nothing is counted (docs/vendors/3cx.md 3, 4.3).
		variants: new Proxy(variants, {
			get: (target, name) =>
				name === 'pageSize' ? 'asAsked' : name === 'counts' ? 'never' : Reflect.get(target, name),
		}),
	});
	const tokens = new Map<string, number>();
	const isAlive = (token: string) => (tokens.get(token) ?? 0) > Date.now();
	const own: Omit<ThreeCxSandbox, keyof Sandbox> = {
		...{ store, variants, add, held: () => lists.held() },
		// The probe for the newest call asks for one row and reads nothing.
		isRead: ({ path, fields }) => CALL_LOG.test(path) && fields.$top !== '1',
		outage: () => refusal('500', 'An error has occurred.'),
		...{ lifeSeconds: 60, hasOneSession: true, logins: 0, login: 'works', role: 'owner' },
		...{ mostRows: 1000, namesNewest: true, mostDays: Infinity, isOld: false },
		endSessions: () => tokens.clear(),
		recordings: createRecordingFiles(),
		lost: new Set(),
	};

	const token = (reply: FastifyReply, fields: Record<string, string>) => {
		if (own.login === 'broken') return reply.code(500).send('');
		if (own.login === 'denied') return reply.code(401).send('');
		const isKnown =
			fields.grant_type === 'client_credentials' &&
			fields.client_id === THREE_CX_SECRETS.clientId &&
			fields.client_secret === THREE_CX_SECRETS.clientSecret;
		if (!isKnown) return reply.code(400).send({ error: 'invalid_client' });
		own.logins++;
		if (own.hasOneSession) tokens.clear();
		const access_token = `canary${randomBytes(24).toString('base64url')}`;
		tokens.set(access_token, Date.now() + own.lifeSeconds * 1000);
		return { token_type: 'Bearer', expires_in: own.lifeSeconds, access_token };
	};

	const sent = (row: ThreeCxRow): ThreeCxRow => {
		if (!own.isOld) return row;
		const ids = ['CdrId', 'CallHistoryId', 'MainCallHistoryId'];
		const old = Object.entries(row).filter(([name]) => !ids.includes(name));
		return Object.fromEntries(old) as unknown as ThreeCxRow;
	};
	const bodyOf = (value: unknown) => ({
		'@odata.context': `${own.role}/xapi/v1/$metadata#ReportCallLogData`,
		value,
	});

	const callLog = (reply: FastifyReply, given: string, query: Record<string, string>) => {
		const match = ARGUMENTS.exec(given);
		const isKnown = Object.keys(query).every((name) => name === '$top' || name === '$skip');
		if (!match || !isKnown) return reply.code(404).send('');
		const [, from, to, sourceType, source, destinationType, destination, callsType] = match;
		if (sourceType !== '0' || destinationType !== '0') return reply.code(404).send('');
		const [size, skip] = [Number(query.$top), Number(query.$skip ?? 0)];
		if (size > own.mostRows) {
			const words = `The query specified in the URI is not valid. The limit of '${own.mostRows}' for Top query has been exceeded. The value from the incoming request is '${size}'.`;
			return reply.code(400).send(refusal('', words));
		}
		const range = { from: Date.parse(from) / 1000, to: Date.parse(to) / 1000 };
		if (range.to - range.from > own.mostDays * DAY) return reply.code(504).send(HTML);
		if (own.role === 'blind') return bodyOf([]);
		const listed = lists.page({
			...range,
			...{ page: Math.floor(skip / size) + 1, size },
			matches: (row) =>
				[row.SourceDn, row.SourceCallerId].join(' ').includes(source) &&
				[row.DestinationDn, row.DestinationCallerId].join(' ').includes(destination) &&
				(callsType === '0' || row.Answered === (callsType === '1')),
		});
		if (listed.isError) return reply.code(400).send(refusal('', 'WARNINGS.XAPI.NOT_FOUND'));
		return bodyOf(listed.rows ? listed.rows.map(sent) : listed.rows);
	};

	const newest = () => {
		const [last] = store.all().slice(-1);
		const at = own.running ?? last?.instant;
		return at === undefined ? [] : [{ LastCdrStartedAt: new Date(at * 1000).toISOString() }];
	};
	const users = EXTENSIONS.map((Number, i) => {
		const [FirstName, LastName] = AGENTS[i].split(' ');
		return { Id: i + 1, Number, FirstName, LastName, AuthPassword: SIP_PASSWORD };
	});
	const queues = [
		{ Id: 71, Number: '8001', Name: 'Sales' },
		{ Id: 72, Number: '8002', Name: 'Support' },
	];
	const entries = (
		rows: object[],
		{ $select, $top = '100', $skip = '0' }: Record<string, string>,
	) =>
		bodyOf(
			rows.slice(Number($skip), Number($skip) + Number($top)).map((row) => {
				const names = $select === undefined ? Object.keys(row) : $select.split(',');
				return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
			}),
		);

	const recording = async (reply: FastifyReply, id: string) => {
		const isKnown = store.all().some(({ row }) => String(row.DstRecId) === id);
		if (isKnown && !own.lost.has(id)) return await own.recordings.send(reply, id);
		return await reply.code(400).send(refusal('400', 'WARNINGS.XAPI.FILE_NOT_FOUND'));
	};

	return await startServer(
		own,
		(app) => {
			app.all('/*', async (request, reply) => {
				const path = decodeURIComponent(request.url.split('?')[0]);
				const query = request.query as Record<string, string>;
				if (request.method === 'POST' && path === '/connect/token') {
					return await token(reply, { ...(request.body as Record<string, string>) });
				}
				const bearer = String(request.headers.authorization ?? '').replace(/^Bearer /, '');
				if (!isAlive(bearer)) return await reply.code(401).send('');
				const set = path.replace(/^\/xapi\/v1\//, '');
				if (set === 'Users') return entries(users, query);
				if (set === 'Queues') return entries(queues, query);
				const [, given] = CALL_LOG.exec(request.url.split('?')[0]) ?? [];
				const [, id] = RECORDING.exec(path) ?? [];
				const isHistory = given !== undefined || id !== undefined;
				if (own.role === 'admin' && isHistory) return await reply.code(403).send('');
				if (set === 'LastCdrAndChatMessageTimestamp' && own.namesNewest) return bodyOf(newest());
				if (id !== undefined) return await recording(reply, id);
				// Colons come plain, so the arguments are looked at as they came.
				return given === undefined
					? await reply.code(404).send('')
					: await callLog(reply, given.replace(/%2B/g, '+').replace(/%23/g, '#'), query);
			});
		},
		options,
	);
}

/** What `npm start` and the end-to-end tests start. */
export const sandbox: PlatformSandbox = {
	platform: 'threeCx',
	port: 6,
	prefix: '40',
	start: startThreeCx,
};
