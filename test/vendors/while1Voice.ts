import type { PlatformSandbox } from './sandbox';
import { createHash } from 'node:crypto';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { parseWall, wallOf } from './wall';
import { AGENTS, type HappenedCall } from './calls';
import { createLists } from './lists';
import { httpBuildQuery, phpFromForm, phpFromJson, plain, type PhpMap, type PhpValue } from './php';
import { createRecordingFiles, type RecordingFiles } from './recordings';
import { HTML, startServer, type OwnServer, type Sandbox, type ServerOptions } from './server';
import { createStore, storedCall, type Store, type Stored } from './store';
import { usualVariants } from './variants';
import { PROJECT_IDS, while1Row, type While1Row } from './while1Row';

export const WHILE1_VOICE_SECRETS = {
	apiToken: 'canary-token-41c7d2',
	apiKey: 'canary key+ț/9e02',
};

/** How a proof that is wrong is answered; the documentation leaves it open (11.8). */
export type Answer = 'envelope' | 'wordless' | 'http401' | 'http403' | 'http401Envelope';

export interface While1Sandbox extends Sandbox, OwnServer {
	/** What it holds, as it would send it. */
	held(): Array<{ start: number; row: While1Row }>;
	store: Store<While1Row>;
	/** Adds a row for a call that happened. */
	add(call: HappenedCall): void;
	/** The rows that answer a question, whatever page they are on; what a test compares with. */
	truth(matches: (row: While1Row) => boolean): While1Row[];
	/** There are no sessions. */
	endSessions(): void;
	/** Null: the PBX has no key, and looks at no hash. */
	apiKey: string | null;
	badToken: Answer;
	badHash: Answer;
	/** What is said of a wrong proof; it gets the proof that came. */
	words: { token(given: string): string; hash(given: string): string };
	/** When set, every request is answered with these messages. */
	refuseAll?: { messages: string[]; status?: number };
	/** What `row_count` means: all matching rows, the rows of the page, or nothing (11.7). */
	rowCount: 'total' | 'page' | 'zero';
	/** What comes behind the last page (11.7). */
	behindLastPage: 'empty' | 'lastPage';
	recordings: RecordingFiles;
	/** What the URLs of recordings begin with, when not with the old host that rows name. */
	recordingBase: string | undefined;
}

export interface While1Options extends ServerOptions {
	calls: HappenedCall[];
	zone?: string;
	/** Rows besides those of the calls, as `createWhile1Legs` makes them. */
	rows?: Array<Stored<While1Row>>;
}

const PAGE_SIZE = 100;
/** Of the URLs in rows (docs/vendors/while1-voice.md 1). */
const OLD_HOST = 'https://old-host.example.com';

/** A filter says what is wrong with its value by throwing. */
type Filter = (value: unknown) => (row: While1Row) => boolean;

class Refused extends Error {}

const refuse = (message: string): never => {
	throw new Refused(message);
};

const scalar = (value: unknown, name: string): string =>
	typeof value === 'string' || typeof value === 'number'
		? String(value)
		: refuse(`Invalid value for filter: ${name}`);

const ids = (value: unknown, name: string): string[] => {
	const list = (Array.isArray(value) ? value : [value]).map((entry) => scalar(entry, name));
	return list.every((id) => /^\d+$/.test(id)) ? list : refuse(`Invalid value for filter: ${name}`);
};

const oneOf = (value: unknown, name: string, words: string[]): string => {
	const given = scalar(value, name);
	return words.includes(given) ? given : refuse(`Invalid value for filter: ${name}`);
};

const flag = (name: string, has: (row: While1Row) => boolean): Filter => {
	return (value) => (String(value) === '1' ? has : refuse(`Invalid value for filter: ${name}`));
};

const compact = (status: string) => status.replace(' ', '');

/** Every documented filter (docs/vendors/while1-voice.md 4) but `date_between`. */
const FILTERS: Record<string, Filter> = {
	project_id: (value) => {
		const [id] = Array.isArray(value)
			? refuse('Invalid value for filter: project_id')
			: ids(value, 'project_id');
		return (row) => PROJECT_IDS[row.project] === id;
	},
	user_id: (value) => {
		const list = ids(value, 'user_id');
		return (row) => list.includes(String(row.user_id));
	},
	inbound_route_id: (value) => {
		const list = ids(value, 'inbound_route_id');
		return (row) => list.includes(String(row.inbound_route_id));
	},
	direction: (value) => {
		const direction = oneOf(value, 'direction', ['IN', 'OUT']);
		return (row) => row.direction === direction;
	},
	call_status: (value) => {
		const words = ['NO ANSWER', 'CONGESTION', 'FAILED', 'BUSY', 'ANSWERED'];
		const status = compact(oneOf(value, 'call_status', words));
		return (row) => compact(row.call_status) === status;
	},
	telephone_like: (value) => {
		const part = scalar(value, 'telephone_like');
		return (row) => row.source.includes(part) || row.destination.includes(part);
	},
	telephone: (value) => {
		const number = scalar(value, 'telephone');
		return (row) => row.source === number || row.destination === number;
	},
	source: (value) => {
		const part = scalar(value, 'source');
		return (row) => row.source.includes(part);
	},
	destination: (value) => {
		const part = scalar(value, 'destination');
		return (row) => row.destination.includes(part);
	},
	hour_between: (value) => {
		const [from, to, ...rest] = Array.isArray(value) ? value.map(String) : [];
		const isHour = (hour?: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(hour ?? '');
		if (!isHour(from) || !isHour(to) || rest.length > 0)
			refuse('Invalid value for filter: hour_between');
		return ({ time }) => time.slice(11, 16) >= from && time.slice(11, 16) <= to;
	},
	from_id: (value) => {
		const [id] = ids(value, 'from_id');
		return (row) => BigInt(row.id) >= BigInt(id);
	},
	uniqueid: (value) => {
		const id = scalar(value, 'uniqueid');
		return (row) => row.uniqueid === id;
	},
	linkedid: (value) => {
		const id = scalar(value, 'linkedid');
		return (row) => row.linkedid === id;
	},
	external_id: (value) => {
		const id = scalar(value, 'external_id');
		return (row) => row.external_id === id;
	},
	has_transcription: flag('has_transcription', (row) => row.transcription_id !== null),
	has_monitor_file: flag('has_monitor_file', (row) => row.monitor_files !== null),
	has_recording_file: flag('has_recording_file', (row) => row.recording_file !== null),
};

/** A server that speaks the While1 Voice API as strictly as its contract (docs/vendors/while1-voice.md). */
export async function startWhile1Voice(options: While1Options): Promise<While1Sandbox> {
	const zone = options.zone ?? 'Europe/Bucharest';
	const stored = (call: HappenedCall): Stored<While1Row> =>
		storedCall(call, wallOf(call.start, zone), while1Row(call, zone));
	const store = createStore([...options.calls.map(stored), ...(options.rows ?? [])]);
	const variants = usualVariants();
	const add = (call: HappenedCall) => store.insert(stored(call));
	const later = { transcription_id: '17', transcription_text: 'Alo?', comments: 'called back' };
	const lists = createLists({ store, variants, idField: 'id', later, add });
	const own: Omit<While1Sandbox, keyof Sandbox> = {
		store,
		variants,
		held: () => lists.held(),
		isRead: ({ path }) => path === '/api/cdr',
		outage: () => apiError('Please try again later'),
		add,
		truth: (matches) =>
			store
				.all()
				.map(({ row }) => row)
				.filter(matches),
		endSessions: () => undefined,
		apiKey: WHILE1_VOICE_SECRETS.apiKey,
		badToken: 'envelope',
		badHash: 'envelope',
		words: { token: () => 'Invalid token', hash: () => 'Invalid api_hash' },
		refuseAll: undefined,
		rowCount: 'total',
		behindLastPage: 'empty',
		recordings: createRecordingFiles(),
		recordingBase: undefined,
	};

	const apiError = (...messages: string[]) => ({
		has_error: true,
		messages,
		pagination: [],
		results: [],
	});
	const success = (results: unknown, pagination: unknown) => ({
		has_error: false,
		messages: [],
		pagination,
		results,
	});

	const badProof = async (reply: FastifyReply, how: Answer, message: string) => {
		if (how === 'http401Envelope') return await reply.code(401).send(apiError(message));
		if (how === 'envelope' || how === 'wordless') {
			return await reply.send(how === 'envelope' ? apiError(message) : apiError());
		}
		return await reply
			.code(Number(how.slice(4)))
			.type('text/html')
			.send(HTML);
	};

	const cdr = (parameters: PhpMap) => {
		const page = Number(parameters.get('page') ?? 1);
		if (!Number.isInteger(page) || page < 1) return apiError('Invalid page');
		const { date_between: between, ...chosen } = plainFilters(parameters.get('filters'));
		const matches = Object.entries(chosen)
			.filter(([, value]) => value !== null)
			.map(([name, value]) => {
				if (value === '') refuse(`Invalid value for filter: ${name}`);
				return (FILTERS[name] ?? refuse(`Invalid filter: ${name}`))(value);
			});
		const [from, to] = spanOf(between);
		const matchesAll = (row: While1Row) => matches.every((fits) => fits(row));
		const asked = { from, to, page, size: PAGE_SIZE, matches: matchesAll };
		let listed = lists.page(asked);
		const last = listed.pages ?? page;
		if (own.behindLastPage === 'lastPage' && page > last) {
			listed = lists.page({ ...asked, page: Math.max(1, last) });
		}
		if (listed.isError) return apiError('No results');
		const rows = listed.rows || [];
		const counts = { total: listed.total, page: rows.length, zero: 0 };
		return success(rows.length > 0 ? rows.map(moved) : listed.rows, {
			row_count: counts[own.rowCount],
			page_size: listed.size,
			current_page: listed.pages === 0 ? 0 : listed.page,
			max_page: listed.pages,
		});
	};

	const usersStatus = (parameters: PhpMap) => {
		const type = String(parameters.get('type'));
		if (type !== 'sip' && type !== 'iax') return apiError(`Invalid type: ${type}`);
		const users = AGENTS.map((agent, i) => {
			const username = agent.toLowerCase().replace(' ', '-');
			const extension = String(8001 + i);
			return [username, { username, in_use: 0, ringing: 0, on_hold: 0, status: 'OK', extension }];
		});
		return success(Object.fromEntries(users), []);
	};

	const moved = (row: While1Row): While1Row => {
		if (own.recordingBase === undefined) return row;
		const here = (url: string | null) => url?.replaceAll(OLD_HOST, own.recordingBase!) ?? null;
		return { ...row, monitor_urls: here(row.monitor_urls), recording_url: here(row.recording_url) };
	};

	/** Section 10: whoever is not logged in sees a page, and who asks for what is not there gets next to nothing. */
	const play = async (request: FastifyRequest, reply: FastifyReply, name: string) => {
		if (request.headers.authorization !== `Bearer ${WHILE1_VOICE_SECRETS.apiToken}`) {
			return await reply.type('text/html').send(HTML);
		}
		const isKnown = store
			.all()
			.some(({ row }) => `${row.monitor_files}\n${row.recording_file}`.split('\n').includes(name));
		if (!isKnown) return await reply.type('text/plain').send('no file');
		await own.recordings.send(reply, name);
	};

	const answer = (endpoint: (parameters: PhpMap) => unknown) => {
		return async (request: FastifyRequest, reply: FastifyReply) => {
			if (own.refuseAll) {
				const { messages, status } = own.refuseAll;
				return await reply.code(status ?? 200).send(apiError(...messages));
			}
			const token = String(request.headers.authorization ?? '').replace(/^Bearer /, '');
			if (token !== WHILE1_VOICE_SECRETS.apiToken) {
				return await badProof(reply, own.badToken, own.words.token(token));
			}
			const parameters = parametersOf(request);
			const hash = String(parameters.get('api_hash') ?? '');
			parameters.delete('api_hash');
			if (own.apiKey !== null && hash !== md5(httpBuildQuery(parameters) + own.apiKey)) {
				return await badProof(reply, own.badHash, own.words.hash(hash));
			}
			try {
				return endpoint(parameters);
			} catch (error) {
				if (error instanceof Refused) return apiError(error.message);
				throw error;
			}
		};
	};

	return await startServer(
		own,
		(app) => {
			// Forms stay text here, for PHP has names of its own for them, and their order counts.
			const asText = ['application/x-www-form-urlencoded', 'text/xml'];
			app.removeContentTypeParser('application/x-www-form-urlencoded');
			app.addContentTypeParser(asText, { parseAs: 'string' }, (_request, body, done) =>
				done(null, { form: body }),
			);
			app.get<{ Params: { name: string } }>('/monitor/:name', async (request, reply) => {
				await play(request, reply, request.params.name);
			});
			app.get<{ Querystring: { monitor?: string } }>(
				'/tools/play-record',
				async (request, reply) => {
					await play(request, reply, request.query.monitor ?? '');
				},
			);
			app.route({ method: ['GET', 'POST'], url: '/api/cdr', handler: answer(cdr) });
			app.route({
				method: ['GET', 'POST'],
				url: '/api/users-status',
				handler: answer(usersStatus),
			});
		},
		options,
	);
}

function md5(text: string): string {
	return createHash('md5').update(text, 'utf8').digest('hex');
}

function parametersOf({ method, url, body }: FastifyRequest): PhpMap {
	if (method === 'GET') return phpFromForm(url.split('?')[1] ?? '');
	const { form } = (body ?? {}) as { form?: unknown };
	if (typeof form === 'string') return phpFromForm(form);
	return phpFromJson(body ?? {}) as PhpMap;
}

function plainFilters(filters: PhpValue | undefined): Record<string, unknown> {
	return filters instanceof Map && filters.size > 0
		? (plain(filters) as Record<string, unknown>)
		: {};
}

function spanOf(between: unknown): [number, number] {
	if (between === undefined || between === null) return [0, Infinity];
	const [from, to, ...rest] = Array.isArray(between) ? between.map(String) : [];
	const isTime = (time?: string) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time ?? '');
	const range = [from, to].map((time) => (isTime(time) ? parseWall(time) : null));
	if (rest.length > 0 || range[0] === null || range[1] === null) {
		return refuse('Invalid value for filter: date_between');
	}
	return [range[0], range[1]];
}

/** What `npm start` and the end-to-end tests start. */
export const sandbox: PlatformSandbox = {
	platform: 'while1Voice',
	port: 2,
	prefix: '40',
	start: startWhile1Voice,
};
