import type { PlatformSandbox } from './sandbox';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { DateTime } from 'luxon';

import { AGENTS, EXTENSIONS, GROUPS, type HappenedCall } from './calls';
import { createLists } from './lists';
import { createRecordingFiles, type RecordingFiles } from './recordings';
import { startServer, type OwnServer, type Sandbox, type ServerOptions } from './server';
import { createStore, storedCall, type Store, type Stored } from './store';
import { clockAheadOf, usualVariants, type Variants } from './variants';
import { membersOf, numberIn, TRUNK, yeastarRows, type YeastarRow } from './yeastarRow';
import { createTokens, type TokenStore } from './yeastarTokens';

export const YEASTAR_SECRETS = {
	clientId: 'canaryclientid5b1d77c293af0e6d41',
	clientSecret: 'canaryclientsecret93af77c25b1d0e',
};

/**
 * What the firmware can do (docs/vendors/yeastar-p-series.md 12.1): `strings` neither pages nor takes Unix seconds,
 * `epoch` takes them, `paging` does both and has the rows of the new CDR module.
 */
export type Generation = 'strings' | 'epoch' | 'paging';

const FIRMWARE: Record<Generation, string> = {
	strings: '37.9.0.16',
	epoch: '37.20.0.66',
	paging: '37.23.0.83',
};

/** As luxon writes them: the sandbox shares no code with what it tests. */
const DISPLAY: Record<string, string> = {
	'YYYY/MM/DD': 'yyyy/MM/dd',
	'MM/DD/YYYY': 'MM/dd/yyyy',
	'DD/MM/YYYY': 'dd/MM/yyyy',
	'YYYY-MM-DD': 'yyyy-MM-dd',
	'MM-DD-YYYY': 'MM-dd-yyyy',
	'DD-MM-YYYY': 'dd-MM-yyyy',
};

export interface YeastarSandbox extends Sandbox, OwnServer {
	/** What it holds, as it would send it. */
	held(): Array<{ start: number; row: YeastarRow }>;
	store: Store<YeastarRow>;
	/** Adds the rows of a call that happened. */
	add(call: HappenedCall): void;
	/** The rows that answer a question, whatever page they are on; what a test compares with. */
	truth(matches: (row: YeastarRow) => boolean): YeastarRow[];
	tokens: TokenStore;
	generation: Generation;
	/** The PBX's clock, and how it displays times. */
	zone: string;
	dateFormat: string;
	hours: 12 | 24;
	/** What a time in the wrong form is answered with. */
	wrongTime: 'empty' | 'refused';
	/** Which of the two times in the hour that comes twice it takes a text for. */
	repeatedHour: 'first' | 'second';
	/** Which list is meant where a request does not name one; on upgraded firmware they differ. */
	usualList: { list: 'new' | 'legacy'; search: 'new' | 'legacy' };
	/** Answers to everything: the API is off, or the address not allowed. */
	refuseAll?: number;
	/** Answers to one endpoint, as when the client may not use it. */
	refuse: Record<string, number>;
	/** Fields that `system/information` leaves out. */
	silentAbout: string[];
	endSessions(): void;
	recordings: RecordingFiles;
	/** All links to recordings end, as after half an hour. */
	endLinks(): void;
}

export interface YeastarOptions extends ServerOptions {
	calls: HappenedCall[];
	zone?: string;
	generation?: Generation;
	hasLegs?: boolean;
	/** Rows besides those of the calls, as `createYeastarLegs` makes them. */
	rows?: Array<Stored<YeastarRow>>;
	/**
	 * Of a PBX with new firmware: calls from before the upgrade, in a list of their own
	 * (docs/vendors/yeastar-p-series.md 4.1).
	 */
	legacyCalls?: HappenedCall[];
}

type Fields = Record<string, string>;

/** The largest page, and what a whole answer is limited to where there are no pages. */
const MOST = 10_000;
/** With this page size a client asks for rows only to learn how the PBX shows times. */
const FORM_ROWS = 999;

const KNOWN_TO_SEARCH = [
	'access_token page page_size start_time end_time call_from call_to extension_group status did',
	'disposition_code_list call_note_remark pin_code enable_fuzzy_search from',
]
	.join(' ')
	.split(' ');

/** Filters that came with newer firmware; older ignores them (docs/vendors/yeastar-p-series.md 4.2). */
const SINCE: Record<string, Generation[]> = {
	did: ['epoch', 'paging'],
	disposition_code_list: ['epoch', 'paging'],
	call_note_remark: ['epoch', 'paging'],
	pin_code: ['paging'],
	enable_fuzzy_search: ['strings', 'epoch'],
};

const SUCCESS = { errcode: 0, errmsg: 'SUCCESS' };

/** A server that speaks the P-Series API as strictly as its contract (docs/vendors/yeastar-p-series.md). */
export async function startYeastarPSeries(options: YeastarOptions): Promise<YeastarSandbox> {
	const generation = options.generation ?? 'paging';
	const rowOptions = { isLegacy: generation !== 'paging', hasLegs: options.hasLegs ?? true };
	const stored = (call: HappenedCall): Array<Stored<YeastarRow>> =>
		yeastarRows(call, { ...rowOptions, hasLegs: rowOptions.hasLegs && !rowOptions.isLegacy })
			.reverse()
			.map((row, leg) => ({
				...storedCall(call, row.timestamp, row),
				number: call.number + leg / 10,
			}));
	const store = createStore([...options.calls.flatMap(stored), ...(options.rows ?? [])]);
	const legacy = createStore(
		(options.legacyCalls ?? []).flatMap((call) =>
			yeastarRows(call, { isLegacy: true, hasLegs: false }).map((row) =>
				storedCall(call, row.timestamp, row),
			),
		),
	);
	const variants: Variants = { ...usualVariants(), direction: 'up', empty: 'null' };
	const add = (call: HappenedCall) => stored(call).forEach((row) => store.insert(row));
	const lists = createLists<YeastarRow>({
		...{ store, variants, add },
		idField: generation === 'paging' ? 'new_id' : 'id',
		later: { record_file: '20250303-1.wav', reason: 'dst hangup ', talk_duration: 9 },
	});
	/** Older firmware has one list, and knows nothing of another. */
	const listOf = ({ from }: Fields, endpoint: 'list' | 'search') =>
		(from ?? own.usualList[endpoint]) === 'legacy' && own.generation === 'paging' ? legacy : store;
	const tokens = createTokens({
		id: YEASTAR_SECRETS.clientId,
		secret: YEASTAR_SECRETS.clientSecret,
	});
	const own: Omit<YeastarSandbox, keyof Sandbox> = {
		store,
		variants,
		held: () => lists.held(),
		// A request for a few rows, to learn how the PBX shows times, reads nothing.
		isRead: ({ path, fields }) =>
			path.endsWith('/cdr/search') && fields.page_size !== String(FORM_ROWS),
		outage: () => ({ errcode: -2, errmsg: 'SYSTEM ERROR' }),
		tokens,
		add,
		truth: (matches) =>
			store
				.all()
				.map(({ row }) => row)
				.filter(matches),
		generation,
		zone: options.zone ?? 'Europe/Bucharest',
		dateFormat: 'MM/DD/YYYY',
		hours: 24,
		wrongTime: 'empty',
		repeatedHour: 'first',
		usualList: { list: 'new', search: 'new' },
		refuseAll: undefined,
		refuse: {},
		silentAbout: [],
		endSessions: () => tokens.endAccess(),
		recordings: createRecordingFiles(),
		endLinks: () => links.clear(),
	};

	/** Section 7. A file that is wanted as mp3 is converted, of which the PBX bears one at a time. */
	const links = new Map<string, string>();
	let converting = 0;
	const link = async ({ file = '' }: Fields) => {
		const isMp3 = file.endsWith('.mp3');
		const isKnown = store
			.all()
			.some(
				({ row }) =>
					row.record_file && row.record_file.replace(/wav$/, isMp3 ? 'mp3' : 'wav') === file,
			);
		if (!isKnown) return { errcode: 60001, errmsg: 'DATA NOT FOUND' };
		if (isMp3 && converting > 0) return { errcode: 70082, errmsg: 'OVERLOAD_TASK_RUNNING' };
		if (isMp3) {
			converting++;
			await pause(30);
			converting--;
		}
		const key = `Recording-download-${randomBytes(6).toString('hex')}.${isMp3 ? 'mp3' : 'wav'}`;
		links.set(key, file);
		return { ...SUCCESS, file, download_resource_url: `/api/download/${key}` };
	};

	const display = () =>
		`${DISPLAY[own.dateFormat]} ${own.hours === 12 ? 'hh:mm:ss a' : 'HH:mm:ss'}`;
	const shown = (instant: number) =>
		DateTime.fromSeconds(instant, { zone: own.zone, locale: 'en' }).toFormat(display());
	const sent = (row: YeastarRow) => ({ ...row, time: shown(row.timestamp) });
	/** Newer firmware names the format that it wants, in the words of the language that it is written in. */
	const wordsOn = (field: string) =>
		own.generation === 'paging' && field.endsWith('_time')
			? {
					valid_msg: `${field} format invalid, valid format: ${goFormat(own.dateFormat, own.hours)}`,
				}
			: {};
	const invalid = (field: string) => ({
		errcode: 40002,
		errmsg: 'PARAMETER ERROR',
		invalid_param_list: [{ field, validation_type: 'format', ...wordsOn(field) }],
	});

	/** The instant that a bound means; undefined where there is none, null where it cannot be read. */
	const bound = (given: string | undefined): number | null | undefined => {
		if (given === undefined) return undefined;
		if (/^\d{9,11}$/.test(given)) return own.generation === 'strings' ? null : Number(given);
		const read = DateTime.fromFormat(given, display(), { zone: own.zone, locale: 'en' });
		if (!read.isValid) return null;
		const times = read.getPossibleOffsets().map((time) => time.toSeconds());
		return own.repeatedHour === 'first' ? Math.min(...times) : Math.max(...times);
	};

	const matches = (row: YeastarRow, fields: Fields): boolean => {
		const given = (name: string) =>
			(SINCE[name] ?? [own.generation]).includes(own.generation) ? fields[name] : undefined;
		const list = (name: string) => given(name)?.split(',');
		const [from, to] = [numberIn(row.call_from), numberIn(row.call_to)];
		const isLike = (asked: string | undefined, number: string) =>
			asked === undefined ||
			(given('enable_fuzzy_search') === '1' ? number.includes(asked) : number === asked);
		const members = fields.extension_group ? membersOf(Number(fields.extension_group)) : null;
		const codes = row.call_note?.disposition_code_list.map(({ id }) => String(id)) ?? [];
		const lines = [row.did_number, row.did_name].map((line) => `${line}:${row.src_trunk}`);
		return (
			isLike(fields.call_from, from) &&
			isLike(fields.call_to, to) &&
			(!members || members.includes(from) || members.includes(to)) &&
			(!fields.status || row.disposition === fields.status) &&
			(list('did')?.some((line) => lines.includes(line)) ?? true) &&
			(list('disposition_code_list')?.some((code) => codes.includes(code)) ?? true) &&
			(row.call_note?.remark ?? '').includes(given('call_note_remark') ?? '') &&
			(given('pin_code') === undefined || row.pin_code === given('pin_code'))
		);
	};

	const nothing = () => {
		if (variants.empty === 'errorCode') return { errcode: 60001, errmsg: 'DATA NOT FOUND' };
		if (variants.empty === 'missing') return SUCCESS;
		return {
			...SUCCESS,
			total_number: 0,
			data: { list: [], null: null, text: '' }[variants.empty],
		};
	};

	const search = (fields: Fields) => {
		const unknown = Object.keys(fields).find((name) => !KNOWN_TO_SEARCH.includes(name));
		if (unknown) return invalid(unknown);
		const status = fields.status ?? 'BUSY';
		if (!['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'VOICEMAIL'].includes(status))
			return invalid('status');
		if (!/^\d+$/.test(fields.extension_group ?? '1')) return invalid('extension_group');
		const [from, to] = [bound(fields.start_time), bound(fields.end_time)];
		if (from === null || to === null) {
			return own.wrongTime === 'empty'
				? nothing()
				: invalid(from === null ? 'start_time' : 'end_time');
		}
		const hasPages = own.generation === 'paging';
		const number = hasPages ? Number(fields.page ?? 1) : 1;
		const size = hasPages ? Number(fields.page_size ?? MOST) : MOST;
		if (!(number >= 1)) return invalid('page');
		if (!(size >= 1 && size <= MOST)) return invalid('page_size');
		const listed = lists.page({
			...{ from: from ?? 0, to: to ?? Infinity, page: number, size },
			store: listOf(fields, 'search'),
			matches: (row) => matches(row, fields),
		});
		if (listed.found === 0) return nothing();
		const data = listed.rows ? listed.rows.map(sent) : listed.rows;
		return { ...SUCCESS, total_number: listed.total, data };
	};

	const information = () => {
		const now = Math.floor(Date.now() / 1000) + clockAheadOf(variants);
		const data: Record<string, unknown> = {
			device_name: 'PBX',
			model_name: 'Yeastar P560',
			sn: '3631A2000001',
			firmware_version: FIRMWARE[own.generation],
			system_time: shown(now),
			up_time: 90_211,
			system_date_format: own.dateFormat,
			system_time_format: own.hours === 12 ? 'hh:mm:ss AM' : 'hh:mm:ss',
			timestamp: now,
		};
		for (const name of own.silentAbout) delete data[name];
		return { ...SUCCESS, data };
	};

	const list = (fields: Fields) => {
		const rows = listOf(fields, 'list').all();
		if (rows.length === 0) return nothing();
		const size = Number(fields.page_size ?? MOST);
		const first = (Number(fields.page ?? 1) - 1) * size;
		const all = fields.order_by === 'desc' ? [...rows].reverse() : rows;
		const data = all.slice(first, first + size).map(({ row }) => sent(row));
		return { ...SUCCESS, total_number: rows.length, data };
	};
	const entries = (rows: object[], fields: Fields) => {
		const size = Number(fields.page_size ?? 100);
		const first = (Number(fields.page ?? 1) - 1) * size;
		return { ...SUCCESS, total_number: rows.length, data: rows.slice(first, first + size) };
	};
	const groups = [{ id: 1, name: 'Default_All_Extensions' }, ...GROUPS];

	const queries: Record<string, (fields: Fields) => object | Promise<object>> = {
		'cdr/search': search,
		'recording/download': link,
		'cdr/list': list,
		'system/information': information,
		'system/get_menuoptions': ({ menu }) =>
			menu === 'ext_group'
				? { ...SUCCESS, data: groups.map(({ id, name }) => ({ text: name, value: String(id) })) }
				: invalid('menu'),
		'extensiongroup/list': (fields) => entries(groups, fields),
		'extension/list': (fields) =>
			entries(
				EXTENSIONS.map((number, i) => ({ id: i + 1, number, caller_id_name: AGENTS[i] })),
				fields,
			),
		del_token: ({ access_token }) => tokens.revoke(access_token),
	};
	const actions: Record<string, (fields: Fields) => object> = {
		get_token: ({ username, password }) => tokens.login(username, password),
		refresh_token: ({ refresh_token }) => tokens.refresh(refresh_token),
	};

	return await startServer(
		own,
		(app) => {
			app.get<{ Params: { key: string }; Querystring: Fields }>(
				'/api/download/:key',
				async ({ params, query }, reply) => {
					if (!tokens.isValid(query.access_token))
						return { errcode: 10004, errmsg: 'TOKEN EXPIRED' };
					const file = links.get(params.key);
					if (file === undefined) return { errcode: 60001, errmsg: 'DATA NOT FOUND' };
					await own.recordings.send(reply, file);
					return undefined;
				},
			);
			app.all('/*', async (request) => {
				const endpoint = request.url.split('?')[0].replace(/^\/openapi\/v1\.0\//, '');
				const { method, query, body } = request;
				if (!request.headers['user-agent']) return { errcode: 40002, errmsg: 'PARAMETER ERROR' };
				if (own.refuseAll !== undefined) return { errcode: own.refuseAll, errmsg: 'REFUSED' };
				if (method === 'POST' && actions[endpoint]) {
					return actions[endpoint]({ ...(body as Fields) });
				}
				const answer = method === 'GET' ? queries[endpoint] : undefined;
				if (!answer) return { errcode: 10001, errmsg: 'INTERFACE NOT EXISTED' };
				const fields = { ...(query as Fields) };
				if (!tokens.isValid(fields.access_token))
					return { errcode: 10004, errmsg: 'TOKEN EXPIRED' };
				const refused = own.refuse[endpoint];
				if (refused !== undefined) return { errcode: refused, errmsg: 'ACCESS DENIED' };
				return await answer(fields);
			});
		},
		options,
	);
}

/** The second of January 2006, 15:04:05, as it would be shown. */
function goFormat(dateFormat: string, hours: 12 | 24): string {
	const date = dateFormat.replace('YYYY', '2006').replace('MM', '01').replace('DD', '02');
	return `${date} ${hours === 12 ? '03:04:05 PM' : '15:04:05'}`;
}

export { TRUNK };

/** What `npm start` and the end-to-end tests start. */
export const sandbox: PlatformSandbox = {
	platform: 'yeastarPSeries',
	port: 4,
	prefix: '40',
	start: startYeastarPSeries,
};
