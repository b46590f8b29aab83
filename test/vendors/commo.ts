import type { PlatformSandbox } from './sandbox';
import { randomBytes } from 'node:crypto';

import { formatWall, parseWall, wallOf } from './wall';
import { EXTENSIONS, type HappenedCall } from './calls';
import { createLists } from './lists';
import { createRecordingFiles, type RecordingFiles } from './recordings';
import { startServer, type OwnServer, type Sandbox, type ServerOptions } from './server';
import { createStore, storedCall, type Store, type Stored } from './store';
import { usualVariants } from './variants';

/** A row of `App.Sip_Cdr.GetBill` (docs/vendors/commo.md 3.1). */
export interface CommoRow {
	id: number | string;
	extnumber: string;
	destnumber: string;
	displaynumber: string;
	starttime: string;
	answertime: string | null;
	endtime: string;
	duration: number;
	billsec: number;
	direction: string;
	callmethod: number;
	userid: string;
	memberid: string;
	chengshudu: string;
	customuuid: string;
	recordfilename: string;
	downloadip: string;
	hangupdirection: number;
	hangupcause: number;
	userkey: string;
}

export const COMMO_SECRETS = {
	appId: 'canary-appid-5b1d',
	accessKey: 'canary-accesskey-93af',
	sipPassword: 'canary-sip-password-77c2',
};

const CAUSES: Record<HappenedCall['end'], number> = {
	answered: 10001,
	unanswered: 10016,
	busy: 10006,
	failed: 10009,
	canceled: 10002,
	rejected: 10003,
	voicemail: 10016,
};

export function commoRow(call: HappenedCall, zone: string): CommoRow {
	const at = (instant: number) => formatWall(wallOf(instant, zone));
	const talks = call.talkSeconds > 0;
	const answered = call.start + call.ringSeconds;
	const isInternal = call.direction === 'internal';
	const isInbound = call.direction === 'inbound';
	return {
		id: 20_000 + call.number,
		extnumber: call.number % 11 === 0 && !isInternal ? '' : call.extension,
		destnumber: isInternal ? call.otherExtension : isInbound ? call.line : call.customer,
		displaynumber: isInternal ? call.extension : isInbound ? call.customer : call.line,
		starttime: at(call.start),
		answertime: talks ? at(answered) : call.number % 2 === 0 ? null : '',
		endtime: at(answered + call.talkSeconds),
		duration: call.ringSeconds + call.talkSeconds,
		billsec: call.talkSeconds,
		direction: isInbound ? 'callin' : 'callout',
		callmethod: isInternal ? 1 : call.method,
		userid: call.number % 5 === 0 ? `E${call.number % 40}` : '0',
		memberid: call.number % 7 === 0 ? `M${call.number % 60}` : '0',
		chengshudu: call.number % 9 === 0 ? String((call.number / 9) % 3) : '0',
		customuuid: call.reference ?? '0',
		recordfilename: call.recorded
			? `${at(call.start).replace(/\D/g, '')}_${call.extension}_${call.number}.mp3`
			: '',
		downloadip: call.recorded ? '203.0.113.9' : '',
		hangupdirection: call.hungUpBy === 'caller' ? 10040 : 10041,
		hangupcause: CAUSES[call.end],
		userkey: '',
	};
}

export interface CommoSandbox extends Sandbox, OwnServer {
	/** What it holds, as it would send it. */
	held(): Array<{ start: number; row: CommoRow }>;
	store: Store<CommoRow>;
	/** Adds a row for a call that happened. */
	add(call: HappenedCall): void;
	/** The rows that answer a question, whatever page they are on; what a test compares with. */
	truth(matches: (row: CommoRow) => boolean): CommoRow[];
	/** Sessions of all logins end, as after 12 hours. */
	endSessions(): void;
	logins: number;
	/** What wrong login data is answered with; the documentation leaves it open. */
	badLogin: 'ret601' | 'level2';
	/** When set, every request is answered with this `ret`. */
	refuseAll?: number;
	recordings: RecordingFiles;
	/** Where links to recordings lead; empty = to this server. */
	linkBase: string;
	/** All links to recordings end, as after some hours. */
	endLinks(): void;
}

export interface CommoOptions extends ServerOptions {
	calls: HappenedCall[];
	zone?: string;
}

const TOKEN_LIFE_MS = 12 * 3_600_000;

/** A server that speaks the Common API as strictly as its contract (docs/vendors/commo.md). */
export async function startCommo(options: CommoOptions): Promise<CommoSandbox> {
	const zone = options.zone ?? 'Asia/Shanghai';
	const stored = (call: HappenedCall): Stored<CommoRow> =>
		storedCall(call, wallOf(call.start, zone), commoRow(call, zone));
	const store = createStore(options.calls.map(stored));
	const tokens = new Map<string, number>();
	const queried = new Set<number | string>();
	/** Names of files by the key in their link. */
	const links = new Map<string, string>();
	const variants = usualVariants();
	const add = (call: HappenedCall) => store.insert(stored(call));
	const later = { recordfilename: '20250303_8001_1.mp3', downloadip: '203.0.113.10' };
	const lists = createLists({ store, variants, idField: 'id', later, add });
	const own: Omit<CommoSandbox, keyof Sandbox> = {
		store,
		variants,
		held: () => lists.held(),
		isRead: ({ fields }) => fields.service === 'App.Sip_Cdr.GetBill',
		outage: () => refuse2('1001', 'system error', 'get fail'),
		add,
		truth: (matches) =>
			store
				.all()
				.map(({ row }) => row)
				.filter(matches),
		endSessions: () => tokens.clear(),
		logins: 0,
		badLogin: 'ret601',
		refuseAll: undefined,
		recordings: createRecordingFiles(),
		linkBase: '',
		endLinks: () => links.clear(),
	};

	const success = (result: unknown, desc = 'get success') => {
		const now = Math.floor(Date.now() / 1000);
		return { ret: 200, data: { status: 0, desc, result, reqtime: now, rsptime: now }, msg: '' };
	};
	const refuse = (ret: number, msg: string) => ({ ret, data: [], msg });
	const refuse2 = (code: string, codemsg: string, desc: string) => ({
		ret: 200,
		data: { status: 1, desc, errors: { code, codemsg }, reqtime: 0, rsptime: 0 },
		msg: '',
	});

	const services: Record<string, (fields: Record<string, string>) => unknown> = {
		'App.Sip_Auth.Login': ({ appid, accesskey }) => {
			if (appid !== COMMO_SECRETS.appId || accesskey !== COMMO_SECRETS.accessKey) {
				return own.badLogin === 'ret601'
					? refuse(601, `appid ${appid} not authorised with ${accesskey}`)
					: refuse2('1003', 'operation failed', 'login fail');
			}
			own.logins++;
			const token = randomBytes(16).toString('hex');
			tokens.set(token, Date.now() + TOKEN_LIFE_MS);
			const result = {
				companycode: '42',
				companyname: 'Example Ltd',
				token,
				authtime: '2031-01-01 00:00:00',
				authmodel: '',
			};
			return success(result, 'login success');
		},
		'App.Sip_Cdr.GetBill': (fields) => getBill(fields),
		'App.Sip_Cdr.GetRecodeFile': (fields) => getRecodeFile(fields),
		'App.Sip_Sipnum.GetSipnumberInfo': () =>
			success(
				EXTENSIONS.map((extnumber, i) => ({
					extnumber,
					password: COMMO_SECRETS.sipPassword,
					status: 1016,
					register: i % 2 === 0 ? 'reg' : 'nreg',
				})),
			),
	};

	/** Section 4. The file must be one of a bill. */
	const getRecodeFile = ({ filename }: Record<string, string>) => {
		if (!filename || !store.all().some(({ row }) => row.recordfilename === filename)) {
			return refuse2('1029', 'file not exist', 'no record file');
		}
		const key = randomBytes(8).toString('hex');
		links.set(key, filename);
		const ends = formatWall(wallOf(Date.now() / 1000 + 4 * 3600, zone));
		return success({
			downurl: `${own.linkBase || sandbox.url}/rec/${filename}?k=${key}`,
			expiredtime: `Expiration time:${ends}`,
		});
	};

	const getBill = (fields: Record<string, string>) => {
		const from = parseWall(fields.starttime);
		const to = parseWall(fields.endtime);
		const page = number(fields.currentpage, 1);
		const size = number(fields.itemsperpage, 10);
		if (from === null || to === null || !(size >= 1 && size <= 1000) || !(page >= 1)) {
			return refuse(400, 'illegal request');
		}
		const syncflag = number(fields.syncflag, 1);
		const direction = number(fields.direction, 3);
		const callmethod = number(fields.callmethod, 3);
		const extensions = (fields.extnumber ?? '').split(',').filter(Boolean);
		const equal = (given: string | undefined, value: string) => !given || given === value;
		const listed = lists.page({
			...{ from, to, page, size },
			matches: (row) =>
				(syncflag === 3 || queried.has(row.id) === (syncflag === 2)) &&
				(direction === 3 || row.direction === (direction === 1 ? 'callin' : 'callout')) &&
				(callmethod === 0 || row.callmethod === callmethod) &&
				(extensions.length === 0 || extensions.includes(row.extnumber)) &&
				equal(fields.destnumber, row.destnumber) &&
				equal(fields.userid, row.userid) &&
				equal(fields.memberid, row.memberid) &&
				equal(fields.chengshudu, row.chengshudu) &&
				equal(fields.customuuid, row.customuuid),
		});
		if (syncflag === 1) for (const { id } of listed.rows || []) queried.add(id);
		if (listed.isError) return refuse2('1024', 'no data', 'get fail');
		return success({
			totalitems: listed.total,
			currentpage: page,
			itemsperpage: listed.size,
			bills: listed.rows,
		});
	};

	const sandbox: CommoSandbox = await startServer(
		own,
		(app) => {
			app.get<{ Params: { file: string }; Querystring: { k?: string } }>(
				'/rec/:file',
				async ({ params, query }, reply) => {
					if (links.get(query.k ?? '') !== params.file)
						return await reply.code(403).send('expired');
					await own.recordings.send(reply, params.file);
				},
			);
			app.post('/', async (request) => {
				const fields = (request.body ?? {}) as Record<string, string>;
				if (own.refuseAll !== undefined) return refuse(own.refuseAll, 'refused');
				const service = services[fields.service];
				if (!service) return refuse(400, 'illegal request: service');
				if (fields.service !== 'App.Sip_Auth.Login') {
					if (!fields.token) return refuse(400, 'illegal request: token');
					if (!((tokens.get(fields.token) ?? 0) > Date.now()))
						return refuse(600, `token ${fields.token} invalid`);
				}
				return service(fields);
			});
		},
		options,
	);
	return sandbox;
}

function number(given: string | undefined, normal: number): number {
	return given === undefined || given === '' ? normal : Number(given);
}

/** What `npm start` and the end-to-end tests start. */
export const sandbox: PlatformSandbox = {
	platform: 'commo',
	port: 1,
	prefix: '86',
	start: startCommo,
};
