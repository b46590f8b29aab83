import type { PlatformSandbox } from './sandbox';
import { formatWall, parseWall, wallOf } from './wall';
import type { HappenedCall } from './calls';
import { createLists } from './lists';
import { startServer, type OwnServer, type Sandbox, type ServerOptions } from './server';
import { createStore, storedCall, type Store, type Stored } from './store';
import { usualVariants } from './variants';

/** A row of `/api/cdrs` (docs/vendors/infin8linx.md 2). */
export interface Infin8linxRow {
	id: number | string;
	extnumber: string;
	disnumber: string;
	callnumber: string;
	context: string;
	starttime: string;
	answertime: string;
	endtime: string;
	duration: number;
	billsec: number;
	clientip: string;
	downloadip: string;
	hangupdirection: string;
	anumber: string;
	astarttime: string;
	aanswertime: string;
	aendtime: string;
	aduration: number;
	abillsec: number;
	callmethod?: string;
	userid?: string;
	memberid?: string;
}

export const INFIN8LINX_SECRETS = {
	username: 'canary-username-41e0',
	ip: 'canary-domain-8c35.example',
	appId: 'canary-appid-d2f6',
	accessKey: 'canary-accesskey-07be',
};

/** How long side a of a double call rings, and how long until then the other side is dialled. */
const A_RINGS = 9;
const A_AHEAD = 10;

/** How a call was made; rows do not always say. */
export function methodOf(call: HappenedCall): string {
	if (call.direction === 'internal') return '2';
	if (call.direction === 'inbound') return call.number % 3 === 0 ? '6' : '2';
	return String(call.method);
}

function sideA(call: HappenedCall, at: (instant: number) => string) {
	const end = call.start + call.ringSeconds + call.talkSeconds;
	if (methodOf(call) !== '4') {
		// As in the vendor's example: filled, and without meaning.
		return {
			anumber: '',
			astarttime: at(call.start),
			aanswertime: '',
			aendtime: at(end),
			aduration: end - call.start,
			abillsec: 0,
		};
	}
	const dialled = call.start - A_AHEAD;
	return {
		anumber: `1390000${call.extension}`,
		astarttime: at(dialled),
		aanswertime: at(dialled + A_RINGS),
		aendtime: at(end),
		aduration: end - dialled,
		abillsec: end - dialled - A_RINGS,
	};
}

export function infin8linxRow(call: HappenedCall, zone: string): Infin8linxRow {
	const at = (instant: number) => formatWall(wallOf(instant, zone));
	const talks = call.talkSeconds > 0;
	const answered = call.start + call.ringSeconds;
	const isInternal = call.direction === 'internal';
	const isInbound = call.direction === 'inbound';
	const method = methodOf(call);
	const isDouble = method === '4';
	const custom = {
		callmethod: method,
		userid: call.number % 5 === 0 ? `E${call.number % 40}` : '',
		memberid: call.number % 7 === 0 ? `M${call.number % 60}` : '',
	};
	return {
		id: 700_000 + call.number,
		extnumber: isDouble || call.number % 11 === 0 ? '' : call.extension,
		disnumber: isInternal ? call.extension : isInbound ? call.customer : call.line,
		callnumber: isInternal ? call.otherExtension : isInbound ? call.line : call.customer,
		context: isInbound ? 'callin' : 'callout',
		starttime: at(call.start),
		answertime: talks ? at(answered) : '',
		endtime: at(answered + call.talkSeconds),
		duration: call.ringSeconds + call.talkSeconds,
		billsec: call.talkSeconds,
		clientip: call.number % 2 === 0 ? '198.51.100.7' : '',
		downloadip: call.recorded ? '203.0.113.9' : '',
		hangupdirection: call.hungUpBy,
		...sideA(call, at),
		...(isDouble || call.number % 4 !== 0 ? custom : {}),
	};
}

export interface Infin8linxSandbox extends Sandbox, OwnServer {
	/** What it holds, as it would send it. */
	held(): Array<{ start: number; row: Infin8linxRow }>;
	store: Store<Infin8linxRow>;
	/** Adds a row for a call that happened. */
	add(call: HappenedCall): void;
	/** The rows that answer a question, whatever page they are on; what a test compares with. */
	truth(matches: (row: Infin8linxRow, method: string) => boolean): Infin8linxRow[];
	/** There are no sessions to end. */
	endSessions(): void;
	/** When set, every request is answered with this code. */
	refuseAll?: number;
	/** What an API error holds as `data`, and its HTTP status; the documentation leaves both open. */
	refusalData: unknown;
	refusalStatus: number;
	/** The most rows in a reply, whatever is asked for; undocumented. */
	mostPerPage: number;
}

export interface Infin8linxOptions extends ServerOptions {
	calls: HappenedCall[];
	zone?: string;
}

type Fields = Record<string, string>;

const EQUAL = ['extnumber', 'disnumber', 'callnumber', 'context', 'userid', 'memberid'] as const;
const NUMBERS = ['extnumber', 'disnumber', 'callnumber'];
const KNOWN = new Set([
	...['username', 'ip', 'appid', 'accesskey', 'starttime', 'endtime', 'page', 'per_page'],
	...['callmethod', ...EQUAL],
]);

/** A server that speaks the bill interface as strictly as its contract (docs/vendors/infin8linx.md). */
export async function startInfin8linx(options: Infin8linxOptions): Promise<Infin8linxSandbox> {
	const zone = options.zone ?? 'Asia/Shanghai';
	const methods = new WeakMap<Infin8linxRow, string>();
	const stored = (call: HappenedCall): Stored<Infin8linxRow> => {
		const row = infin8linxRow(call, zone);
		methods.set(row, methodOf(call));
		return storedCall(call, wallOf(call.start, zone), row);
	};
	const method = (row: Infin8linxRow) => methods.get(row) ?? '';
	const store = createStore(options.calls.map(stored));
	const variants = usualVariants();
	const add = (call: HappenedCall) => store.insert(stored(call));
	const later = { downloadip: '203.0.113.10', clientip: '198.51.100.8' };
	const lists = createLists({ store, variants, idField: 'id', later, add });
	const own: Omit<Infin8linxSandbox, keyof Sandbox> = {
		store,
		variants,
		held: () => lists.held(),
		isRead: ({ path }) => path === '/api/cdrs',
		outage: () => ({ code: 1000, msg: 'system error' }),
		add,
		truth: (matches) =>
			store
				.all()
				.map(({ row }) => row)
				.filter((row) => matches(row, method(row))),
		endSessions: () => undefined,
		refuseAll: undefined,
		refusalData: undefined,
		refusalStatus: 200,
		mostPerPage: 1000,
	};

	const success = (data: unknown) => ({ code: 1, msg: 'successful request', data });
	const refuse = (code: number, msg: string) => ({
		code,
		msg,
		...(own.refusalData === undefined ? {} : { data: own.refusalData }),
	});

	/** What is wrong with who asks; the account is named by user name or address, not by both and not by neither. */
	const stranger = (fields: Fields) => {
		const { username = '', ip = '', appid, accesskey } = fields;
		if ((username === '') === (ip === '')) return refuse(1001, 'parameter error: username or ip');
		const isKnown =
			appid === INFIN8LINX_SECRETS.appId &&
			accesskey === INFIN8LINX_SECRETS.accessKey &&
			(username ? username === INFIN8LINX_SECRETS.username : ip === INFIN8LINX_SECRETS.ip);
		return isKnown
			? undefined
			: refuse(1005, `username ${username}${ip} or appid ${appid} or accesskey ${accesskey} error`);
	};

	const cdrs = (fields: Fields) => {
		const unknown = Object.keys(fields).find((name) => !KNOWN.has(name));
		if (unknown) return refuse(1001, `parameter error: ${unknown}`);
		const from = parseWall(fields.starttime);
		const to = parseWall(fields.endtime);
		const page = count(fields.page, 1);
		const asked = count(fields.per_page, 10);
		if (from === null || to === null || page === null || asked === null) {
			return refuse(1001, 'parameter error');
		}
		if (fields.context && !/^call(in|out)$/.test(fields.context)) {
			return refuse(1001, 'parameter error: context');
		}
		if (fields.callmethod && !/^[2-6]$/.test(fields.callmethod)) {
			return refuse(1001, 'parameter error: callmethod');
		}
		if (NUMBERS.some((name) => fields[name] && !/^\d+$/.test(fields[name]))) {
			return refuse(1008, 'wrong number format');
		}
		const listed = lists.page({
			...{ from, to, page, size: Math.min(asked, own.mostPerPage) },
			matches: (row) =>
				(!fields.callmethod || method(row) === fields.callmethod) &&
				EQUAL.every((name) => !fields[name] || row[name] === fields[name]),
		});
		if (listed.isError) return refuse(1011, 'no data');
		const { rows, size, total } = listed;
		return success({ data: rows, page, per_page: size, total });
	};

	/** Calls a number and speaks a code: another endpoint of the platform, which knows the account by App ID alone. */
	const voiceCode = ({ appid, accesskey, code, phone }: Fields) => {
		if (appid !== INFIN8LINX_SECRETS.appId || accesskey !== INFIN8LINX_SECRETS.accessKey) {
			return refuse(1005, 'appid or accesskey error');
		}
		if (!/^\d{4}$/.test(code ?? '')) return refuse(1001, 'parameter error: code');
		return /^\d+$/.test(phone ?? '')
			? success({ customuuid: `otp-${phone}` })
			: refuse(1008, 'wrong number format');
	};

	return await startServer(
		own,
		(app) => {
			const answer = (path: string, respond: (fields: Fields) => { code: number }) =>
				app.post(path, async (request, reply) => {
					const fields = (request.body ?? {}) as Fields;
					const said =
						own.refuseAll === undefined ? respond(fields) : refuse(own.refuseAll, 'refused');
					return await reply.code(said.code === 1 ? 200 : own.refusalStatus).send(said);
				});
			answer('/api/cdrs', (fields) => stranger(fields) ?? cdrs(fields));
			answer('/api/voiceCode', voiceCode);
		},
		options,
	);
}

/** A count from 1; null for what is none. */
function count(given: string | undefined, normal: number): number | null {
	if (given === undefined || given === '') return normal;
	return /^[1-9]\d*$/.test(String(given)) ? Number(given) : null;
}

/** What `npm start` and the end-to-end tests start. */
export const sandbox: PlatformSandbox = {
	platform: 'infin8linx',
	port: 3,
	prefix: '86',
	start: startInfin8linx,
};
