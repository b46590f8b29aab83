import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../callRecords/platform';
import { filters } from './filters';
import { isWellFormed } from './phpQuery';

/** What of a filter goes into the request; undefined = the filter is not used; null = it cannot be used. */
type Value = string | 1 | string[] | undefined;
type Reader = (given: unknown) => Value | null;

interface Filter {
	read: Reader;
	/** The end of "The filter … takes". */
	takes: string;
}

const NUMBER: Filter = { read: readText, takes: 'a phone number, or a part of one, as text' };
const IDS: Filter = { read: readIds, takes: 'numeric IDs, separated by commas' };
const ID: Filter = { read: readId, takes: 'one numeric ID' };
const CALL_ID: Filter = {
	read: readCallId,
	takes: 'an Asterisk ID as text, like 1710401324.480 (as a number it would lose its last zeros)',
};
const FLAG: Filter = { read: readFlag, takes: 'true or false' };

/** In the order of the vendor's page (docs/vendors/while1-voice.md 4), which is the order they are sent in. */
const FILTERS: Record<string, Filter> = {
	project_id: ID,
	user_id: IDS,
	inbound_route_id: IDS,
	direction: oneOf('IN', 'OUT'),
	call_status: oneOf('NO ANSWER', 'CONGESTION', 'FAILED', 'BUSY', 'ANSWERED'),
	telephone_like: NUMBER,
	telephone: NUMBER,
	source: NUMBER,
	destination: NUMBER,
	hour_between: {
		read: readHours,
		takes: 'two hours of the day, the earlier one first, like 09:00-17:30',
	},
	from_id: ID,
	uniqueid: CALL_ID,
	linkedid: CALL_ID,
	external_id: { read: readText, takes: 'text' },
	has_transcription: FLAG,
	has_monitor_file: FLAG,
	has_recording_file: FLAG,
};

const LABELS = Object.fromEntries(filters.map(({ name, displayName }) => [name, displayName]));

/**
 * The filters as the request carries them: IDs and numbers as text, flags as 1. What is not used is left out, for
 * nobody says what an empty filter does (11.9).
 * @throws InputError naming the filter
 */
export function readFilters(given: IDataObject): IDataObject {
	const read = Object.entries(FILTERS).map(([name, { read: readOne, takes }]) => {
		const value = isBlank(given[name]) ? undefined : readOne(given[name]);
		if (value === null) {
			throw new InputError(
				LABELS[name],
				`The filter '${LABELS[name]}' (${name}) takes ${takes}, not ${shown(given[name])}`,
			);
		}
		return [name, value];
	});
	return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as IDataObject;
}

function isBlank(given: unknown): boolean {
	if (Array.isArray(given)) return given.every(isBlank);
	return (
		given === undefined || given === null || (typeof given === 'string' && given.trim() === '')
	);
}

function shown(given: unknown): string {
	return (JSON.stringify(given) ?? String(given)).slice(0, 80);
}

function oneOf(...allowed: string[]): Filter {
	return {
		read: (given) => allowed.find((word) => word === given) ?? null,
		takes: `one of ${allowed.join(', ')}`,
	};
}

function readText(given: unknown): string | null {
	if (Number.isSafeInteger(given)) return String(given);
	return typeof given === 'string' && isWellFormed(given) ? given.trim() : null;
}

function readId(given: unknown): string | null {
	const id = readText(given);
	return id !== null && /^\d+$/.test(id) ? id : null;
}

function readIds(given: unknown): string[] | null {
	const list: unknown[] = Array.isArray(given)
		? given
		: typeof given === 'string'
			? given.split(',')
			: [given];
	const ids = list.filter((entry) => !isBlank(entry)).map(readId);
	return ids.includes(null) ? null : (ids as string[]);
}

function readCallId(given: unknown): string | null {
	return typeof given === 'string' && /\d\.\d+$/.test(given.trim()) ? readText(given) : null;
}

function readFlag(given: unknown): 1 | undefined | null {
	const word = String(given).toLowerCase();
	if (word === 'true' || word === '1') return 1;
	return word === 'false' || word === '0' ? undefined : null;
}

/** The format of the two elements is not documented; hours and minutes are what the name suggests (11.6). */
function readHours(given: unknown): string[] | null {
	const parts: unknown[] = Array.isArray(given) ? given : String(given).split(/[-–]/);
	const hours = parts.map((part) => {
		const [, hour, minute = '00'] =
			/^\s*([01]?\d|2[0-3])(?::([0-5]\d))?(?::00)?\s*$/.exec(String(part)) ?? [];
		return hour === undefined ? null : `${hour.padStart(2, '0')}:${minute}`;
	});
	const [from, to] = hours;
	return hours.length === 2 && from && to && from <= to ? [from, to] : null;
}
