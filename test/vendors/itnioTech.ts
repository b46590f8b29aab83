import type { PlatformSandbox } from './sandbox';
import { createHash } from 'node:crypto';

import { z } from 'zod';

import { parseWall, wallOf } from './wall';
import { AGENTS, GROUPS, type HappenedCall } from './calls';
import { agentId, groupId, itnioRow, tagsOf, type ItnioRow } from './itnioRow';
import { createLists } from './lists';
import { createRecordingFiles, type RecordingFiles } from './recordings';
import { startServer, type OwnServer, type Sandbox, type ServerOptions } from './server';
import { createStore, storedCall, type Store, type Stored } from './store';
import { clockAheadOf, usualVariants } from './variants';

export const ITNIO_SECRETS = {
	apiKey: 'canary-apikey-2f7d',
	apiSecret: 'canary-apisecret-c81e',
	seatPassword: 'canary-seat-password-40b9',
};

export const TAGS: Record<number, string[]> = { 7: ['hot', 'cold', 'vip'], 12: ['callback'] };

export interface ItnioTechSandbox extends Sandbox, OwnServer {
	/** What it holds, as it would send it. */
	held(): Array<{ start: number; row: ItnioRow }>;
	store: Store<ItnioRow>;
	/** Adds a row for a call that happened. */
	add(call: HappenedCall): void;
	/** The rows that answer a question, whatever page they are on; what a test compares with. */
	truth(matches: (row: ItnioRow) => boolean): ItnioRow[];
	/** How far the time of a request may be from the server's clock. Undocumented. */
	clockWindowSeconds: number;
	/** How far the server's clock is ahead. */
	clockAheadSeconds: number;
	/** The address of the client is not on the allow-list. */
	isBlocked: boolean;
	/** When set, every request is answered with this `status`. */
	refuseAll?: string;
	/** What "not more than 93 days" is counted in: seconds between the ends, seconds with both ends, calendar days. */
	rangeRule: 'between' | 'inclusive' | 'dates';
	/** A question that more rows match than this is refused with -23. */
	dataCap: number;
	/** The older form of the list of agents, which needs a time range (docs/vendors/itnio-tech.md 4). */
	agentsNeedRange: boolean;
	/** How many entries a page of agents has at most. */
	agentPage: number;
	/** The time format that is understood; the documentation shows both. */
	timeFormat: 'both' | 'plain' | 'iso';
	/** Below `/files/`, by their path. */
	recordings: RecordingFiles;
}

export interface ItnioTechOptions extends ServerOptions {
	calls: HappenedCall[];
	zone?: string;
}

const MAX_SPAN = 93 * 86_400;
const DAY = 86_400;

const whole = z.number().int().nonnegative();
const list = <T extends z.ZodTypeAny>(of: T) => z.array(of).optional();
const code = (...allowed: number[]) =>
	list(whole.refine((value) => allowed.includes(value), 'no such code'));
const listQuestion = z
	.object({
		current: whole.min(1),
		size: whole.min(1).max(100),
		params: z.object({}).passthrough(),
	})
	.strict();
const recordQuestion = listQuestion.extend({
	params: z
		.object({
			startTime: z.string(),
			endTime: z.string(),
			voiceGroupId: whole.optional(),
			sipGroupName: z.string().optional(),
			seatId: list(whole),
			seatNameList: list(z.string()),
			callType: code(1, 2, 3),
			hangupReason: code(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
			calledOrCaller: z
				.string()
				.regex(/^[\d*]+$/)
				.optional(),
			ccode: list(z.string().regex(/^\d+$/)),
			hangingDirection: code(0, 1, 3),
			labelNames: list(z.string()),
		})
		.strict(),
});
const agentQuestion = listQuestion.extend({
	params: z
		.object({
			voiceGroupId: whole.optional(),
			name: z.string().optional(),
			strTime: z.string().optional(),
			endTime: z.string().optional(),
		})
		.strict(),
});

type Filters = z.infer<typeof recordQuestion>['params'];

/** Whether a row is one of those asked for, the time aside. */
export function matches(row: ItnioRow, filters: Partial<Filters>): boolean {
	const has = <T>(wanted: T[] | undefined, value: T | undefined) =>
		wanted === undefined || (value !== undefined && wanted.includes(value));
	const number = filters.calledOrCaller;
	return (
		(filters.voiceGroupId === undefined || groupId(row.sipGroupName) === filters.voiceGroupId) &&
		(filters.sipGroupName === undefined || row.sipGroupName === filters.sipGroupName) &&
		has(filters.seatId, agentId(row.seatName)) &&
		has(filters.seatNameList, row.seatName ?? undefined) &&
		has(filters.callType, row.callType) &&
		has(filters.hangupReason, row.hangupReason) &&
		(number === undefined || [row.caller, row.called, row.encryptCalled].includes(number)) &&
		has(filters.ccode, row.ccode.split('(')[0]) &&
		has(filters.hangingDirection, row.hangingDirection) &&
		(filters.labelNames === undefined || tagsOf(row).some((tag) => has(filters.labelNames, tag)))
	);
}

interface Time {
	value: number;
	isInstant: boolean;
}

/** A server that speaks `/v3/cc` as strictly as its contract (docs/vendors/itnio-tech.md 8). */
export async function startItnioTech(options: ItnioTechOptions): Promise<ItnioTechSandbox> {
	const zone = options.zone ?? 'Asia/Shanghai';
	const stored = (call: HappenedCall): Stored<ItnioRow> =>
		storedCall(call, wallOf(call.start, zone), itnioRow(call, zone));
	const store = createStore(options.calls.map(stored));
	const variants = usualVariants();
	const add = (call: HappenedCall) => store.insert(stored(call));
	const later = { remark: 'asked for a quote', labelNameList: ['hot'] };
	const lists = createLists({ store, variants, idField: 'keyId', later, add });
	const own: Omit<ItnioTechSandbox, keyof Sandbox> = {
		store,
		variants,
		held: () => lists.held(),
		isRead: ({ path }) => path === '/v3/cc/record/query',
		outage: () => refuse('-18', 'system error'),
		add,
		truth: (isWanted) =>
			store
				.all()
				.map(({ row }) => row)
				.filter(isWanted),
		clockWindowSeconds: 300,
		clockAheadSeconds: 0,
		isBlocked: false,
		refuseAll: undefined,
		rangeRule: 'between',
		dataCap: Infinity,
		agentsNeedRange: false,
		agentPage: 100,
		timeFormat: 'both',
		recordings: createRecordingFiles(),
	};

	const refuse = (status: string, reason: string) => ({ status, reason });
	const parameter = (reason: string) => refuse('-22', `parameter exception: ${reason}`);

	/** Why a request is not let in; undefined when it is. */
	const apiErrorOf = (headers: Record<string, unknown>) => {
		const { sign, timestamp, 'api-key': key } = headers;
		if (own.refuseAll !== undefined) return refuse(own.refuseAll, 'refused');
		if (own.isBlocked) return refuse('-2', 'IP restriction');
		if (typeof timestamp !== 'string' || !/^\d{10}$/.test(timestamp)) {
			return refuse('-1', 'authentication error: Timestamp');
		}
		const proof = `${ITNIO_SECRETS.apiKey}${ITNIO_SECRETS.apiSecret}${timestamp}`;
		const expected = createHash('md5').update(proof).digest('hex');
		if (key !== ITNIO_SECRETS.apiKey || String(sign).toLowerCase() !== expected) {
			return refuse('-1', `authentication error: ${String(key)}, Sign ${String(sign)}`);
		}
		const now = Math.floor(Date.now() / 1000) + own.clockAheadSeconds + clockAheadOf(variants);
		return Math.abs(now - Number(timestamp)) > own.clockWindowSeconds
			? refuse('-16', 'timestamp expires')
			: undefined;
	};

	const timeOf = (given: string): Time | null => {
		const isIso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/.test(given);
		if (isIso && own.timeFormat !== 'plain') {
			return { value: Date.parse(given) / 1000, isInstant: true };
		}
		const isPlain = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(given);
		const wall = isPlain && own.timeFormat !== 'iso' ? parseWall(given) : null;
		return wall === null ? null : { value: wall, isInstant: false };
	};

	const isTooLong = ({ value: from }: Time, { value: to }: Time) => {
		if (own.rangeRule === 'dates') return Math.floor(to / DAY) - Math.floor(from / DAY) > 93;
		return to - from + (own.rangeRule === 'inclusive' ? 1 : 0) > MAX_SPAN;
	};

	const records = (body: unknown) => {
		const asked = recordQuestion.safeParse(body);
		if (!asked.success) return parameter(asked.error.issues[0].path.join('.'));
		const { current, size, params } = asked.data;
		const from = timeOf(params.startTime);
		const to = timeOf(params.endTime);
		if (!from || !to || from.isInstant !== to.isInstant || to.value < from.value) {
			return parameter('startTime, endTime');
		}
		if (isTooLong(from, to)) {
			return refuse('-76', 'The search time interval cannot be greater than 93 days!');
		}
		const listed = lists.page({
			...{ from: from.value, to: to.value, page: current, size },
			clock: from.isInstant ? 'instant' : 'wall',
			matches: (row) => matches(row, params),
		});
		if (listed.found > own.dataCap) return refuse('-23', 'data caps');
		if (listed.isError) return refuse('-24', 'no data');
		return {
			status: 0,
			reason: 'success',
			data: {
				total: listed.total,
				size: listed.size,
				current,
				searchCount: true,
				pages: listed.pages,
				records: listed.rows,
			},
		};
	};

	const page = (all: object[], current: number, size: number) => ({
		status: '0',
		reason: 'success',
		data: {
			total: all.length,
			size,
			current,
			pages: Math.ceil(all.length / size),
			records: all.slice((current - 1) * size, current * size),
		},
	});

	const groups = (body: unknown) => {
		const asked = listQuestion.safeParse(body);
		if (!asked.success) return parameter('current, size, params');
		const all = GROUPS.map(({ id, name }) => ({
			voiceGroupId: id,
			groupName: name,
			appName: 'app-a',
			callinStrategy: 1,
			countSeat: AGENTS.filter((_, i) => groupOf(i).id === id).length,
		}));
		return page(all, asked.data.current, asked.data.size);
	};

	const agents = (body: unknown) => {
		const asked = agentQuestion.safeParse(body);
		if (!asked.success) return parameter(asked.error.issues[0].path.join('.'));
		const { current, size, params } = asked.data;
		const from = parseWall(params.strTime);
		const to = parseWall(params.endTime);
		if (own.agentsNeedRange !== (from !== null && to !== null)) return parameter('strTime');
		if (from !== null && to !== null && (to < from || to - from > 32 * DAY)) {
			return parameter('strTime, endTime');
		}
		const all = AGENTS.map((name, i) => ({
			keyId: agentId(name),
			empNo: `E${i + 1}`,
			petName: '',
			name,
			account: `a100${i + 1}`,
			password: ITNIO_SECRETS.seatPassword,
			voiceGroupId: groupOf(i).id,
			groupName: groupOf(i).name,
			enable: 1,
			status: 2,
		})).filter(
			({ voiceGroupId }) =>
				params.voiceGroupId === undefined || params.voiceGroupId === voiceGroupId,
		);
		return page(all, current, Math.min(size, own.agentPage));
	};

	const settings = (given: unknown) => {
		const group = GROUPS.find(({ id }) => String(id) === given);
		if (!group) return parameter('voiceGroupId');
		return {
			status: '0',
			reason: 'success',
			data: {
				seatGroupId: group.id,
				groupName: group.name,
				appName: 'app-a',
				labelName: TAGS[group.id],
				encryptNumber: 0,
				fsNode: 'SG_FS',
			},
		};
	};

	return await startServer(
		own,
		(app) => {
			// Where recordings are is undocumented (section 5); here they are open to everybody.
			app.get<{ Params: { '*': string } }>('/files/*', async ({ params }, reply) => {
				const path = params['*'];
				const isKnown = store.all().some(({ row }) => row.voiceUrl === path);
				if (!isKnown) return await reply.code(404).send('Not Found');
				await own.recordings.send(reply, path);
			});
			app.addHook('preHandler', async (request, reply) => {
				if (request.url.startsWith('/files/')) return;
				const apiError = apiErrorOf(request.headers);
				if (apiError) return await reply.send(apiError);
				const type = String(request.headers['content-type']);
				if (request.method === 'POST' && !/^application\/json\b/i.test(type)) {
					return await reply.send(parameter('Content-Type'));
				}
			});
			app.post('/v3/cc/record/query', async ({ body }) => records(body));
			app.post('/v3/cc/seatGroup/query', async ({ body }) => groups(body));
			app.post('/v3/cc/seat/query', async ({ body }) => agents(body));
			app.get('/v3/cc/seatGroup/basicSettingResp', async ({ query }) =>
				settings((query as Record<string, unknown>).voiceGroupId),
			);
			app.get('/sms/getBalance', async () => ({
				status: '0',
				reason: 'success',
				balance: '99.5',
				gift: '0',
				credit: '0',
			}));
		},
		options,
	);
}

/** Agents take turns in the groups. */
function groupOf(agent: number) {
	return GROUPS[agent % GROUPS.length];
}

/** What `npm start` and the end-to-end tests start. */
export const sandbox: PlatformSandbox = {
	platform: 'itnioTech',
	port: 5,
	prefix: '86',
	start: startItnioTech,
};
