import type { IDataObject } from 'n8n-workflow';

import { asRow, text } from '../callRecords/callRecord';
import { InputError, type ApiRequest, type Settings } from '../callRecords/platform';
import { wallOf, zoneOfOffset, type Seconds } from '../callRecords/time';
import {
	hoursOf,
	isDateFormat,
	parseDisplay,
	recognise,
	type DateFormat,
	type Hours,
} from './display';
import { query, reply } from './envelope';
import { instantOf } from './mapRow';
import {
	DAYLIGHT_SAVING,
	EPOCH,
	readTimeWish,
	timeFields,
	type TimeForm,
	type TimeWish,
} from './timeForm';

/** What `system/information` tells (docs/vendors/yeastar-p-series.md 5.3). Null = it does not say. */
interface Information {
	firmware: string | null;
	dateFormat: DateFormat | null;
	hours: Hours | null;
	/** Of the PBX's clock from UTC, now. */
	offset: Seconds | null;
}

const NOTHING: Information = { firmware: null, dateFormat: null, hours: null, offset: null };

/** How a PBX says that it does not give this information, to this client or at all. */
const WITHHELD = ['10001', '10005', '10009', '60001', '70084'];

/** How a PBX says that it cannot read a time, if it says so. */
const NOT_UNDERSTOOD = ['40001', '40002'];

/** So many rows are asked for when a time form is tried; one is enough. */
export const TRIED_ROWS = 999;

const DAY = 86_400;

/** In which form each PBX was seen to understand times, by its address, firmware and display format. */
const proved = new Map<string, TimeForm>();
const MOST_PROVED = 1000;

/**
 * Finds out what reading depends on: the offset of the PBX's clock, and the form in which it understands times.
 *
 * A PBX that does not understand a time may answer that there are no calls (docs/vendors/yeastar-p-series.md 4.3), so a
 * form is only used after it has found a call that is known to be there: the newest of `cdr/list`, which takes no
 * times.
 * @throws InputError naming the option or the field of the credential that has to be filled in
 */
export async function prepare(
	apiRequest: ApiRequest,
	settings: Settings,
): Promise<Partial<Settings>> {
	const wish = readTimeWish(settings.options);
	const isNeeded = settings.zone === '' || wish.form !== 'epoch';
	const information = isNeeded ? await askInformation(apiRequest) : NOTHING;
	const zone = settings.zone || zoneOf(information);
	const timeForm = await provedForm(apiRequest, { ...settings, zone }, wish, information);
	const isDisplay = timeForm.form === 'displayFormat';
	return {
		zone,
		prepared: {
			timeForm: timeForm.form,
			dateFormat: isDisplay ? timeForm.dateFormat : information.dateFormat,
			hours: isDisplay ? timeForm.hours : information.hours,
			firmware: information.firmware,
		},
	};
}

async function askInformation(apiRequest: ApiRequest): Promise<Information> {
	const answer = await apiRequest(query('system/information'), WITHHELD);
	if (!('payload' in answer) || answer.payload === null) return NOTHING;
	const data = asRow(asRow(answer.payload).data);
	const seen = recognise(data.system_time, instantOf(data));
	const named = text(data.system_date_format)?.toUpperCase();
	const timeName = text(data.system_time_format);
	const date = isDateFormat(named) && (seen?.dates.includes(named) ?? true) ? named : null;
	return {
		firmware: text(data.firmware_version),
		dateFormat: date ?? (seen?.dates.length === 1 ? seen.dates[0] : null),
		hours: seen?.hours ?? (timeName === null ? null : hoursOf(timeName)),
		offset: seen?.offset ?? null,
	};
}

function zoneOf({ offset }: Information): string {
	if (offset !== null) return zoneOfOffset(offset);
	throw new InputError(
		'Time Zone',
		'The PBX does not tell its time zone',
		"Enter it as 'Time Zone' in the credential, like Europe/Bucharest.",
	);
}

/** @throws InputError when it cannot be known in which form the PBX understands times */
async function provedForm(
	apiRequest: ApiRequest,
	settings: Settings,
	wish: TimeWish,
	information: Information,
): Promise<TimeForm> {
	const { firmware, dateFormat, hours } = information;
	const key = JSON.stringify([settings.baseUrl, firmware, dateFormat, hours, wish]);
	const known = proved.get(key);
	if (known) return known;
	const call = await askNewestCall(apiRequest);
	const wished = displayForm(wish, information, call);
	const seen = displayForm({}, information, call);
	if (call) {
		const form = await formThatFinds(call, { apiRequest, zone: settings.zone, wish, wished, seen });
		remember(key, form);
		return form;
	}
	// Without a call nothing can be proved; but then no form can miss one.
	if (wish.form !== 'displayFormat') return EPOCH;
	if (wished) return wished;
	throw unknownFormat();
}

function remember(key: string, form: TimeForm): void {
	if (proved.size >= MOST_PROVED) proved.clear();
	proved.set(key, form);
}

/** The newest call of the PBX, or any, if it does not sort. Its old and new records are lists of their own (4.1). */
async function askNewestCall(apiRequest: ApiRequest): Promise<IDataObject | null> {
	for (const from of [{}, { from: 'legacy' }]) {
		const answer = await apiRequest(
			query('cdr/list', { page: 1, page_size: 1, sort_by: 'time', order_by: 'desc', ...from }),
		);
		const [call] = 'payload' in answer ? reply(answer.payload).rows : [];
		if (call) return call;
	}
	return null;
}

/** As the user says, else as the PBX says, else as the times of the call look. */
function displayForm(
	wish: TimeWish,
	information: Information,
	call: IDataObject | null,
): TimeForm | null {
	const seen = call ? recognise(call.time, instantOf(call)) : null;
	const looksLike = seen?.dates.length === 1 ? seen.dates[0] : null;
	const dateFormat = wish.dateFormat ?? information.dateFormat ?? looksLike;
	const hours = wish.hours ?? information.hours ?? seen?.hours ?? null;
	return dateFormat && hours ? { form: 'displayFormat', dateFormat, hours } : null;
}

interface Trial {
	apiRequest: ApiRequest;
	zone: string;
	wish: TimeWish;
	/** As the PBX displays times, by the user's word where there is one. */
	wished: TimeForm | null;
	/** As the PBX displays times, by its own word and looks. */
	seen: TimeForm | null;
}

/** The first of the forms that may be used that finds the call. The others are only tried to say what is wrong. */
async function formThatFinds(call: IDataObject, trial: Trial): Promise<TimeForm> {
	const { wish, wished, seen } = trial;
	const allowed = [EPOCH, wished].filter(
		(form) => form !== null && (wish.form === undefined || form.form === wish.form),
	);
	const all = [...allowed, EPOCH, seen];
	const tried = new Set<string>();
	for (const form of all) {
		const key = JSON.stringify(form);
		if (form === null || tried.has(key)) continue;
		tried.add(key);
		if (!(await finds(call, form, trial))) continue;
		if (allowed.includes(form)) return form;
		throw wrongForm(form);
	}
	const [chosen] = allowed;
	if (wish.form !== undefined && chosen) return chosen;
	throw wish.form === undefined ? unprovedForm() : unknownFormat();
}

/** Whether the PBX, asked for the time around a call that it has, answers with what began then. */
async function finds(
	call: IDataObject,
	form: TimeForm,
	{ apiRequest, zone }: Trial,
): Promise<boolean> {
	const instant = instantOf(call);
	const shown = form.form === 'displayFormat' ? parseDisplay(call.time, form.dateFormat) : null;
	const counted = instant === null || form.form === 'epoch' ? instant : wallOf(instant, zone);
	const at = shown ?? counted;
	if (at === null) return false;
	const around = form.form === 'epoch' ? 1 : DAYLIGHT_SAVING;
	const fields = timeFields({ from: at - around, to: at + around }, form);
	const answer = await apiRequest(
		query('cdr/search', { page: 1, page_size: TRIED_ROWS, ...fields }),
		NOT_UNDERSTOOD,
	);
	const rows = 'payload' in answer ? reply(answer.payload).rows : [];
	return rows.length > 0 && rows.every((row) => !isFarFrom(instant, row));
}

/** Calls of other days show that the times were not looked at. */
function isFarFrom(instant: Seconds | null, row: IDataObject): boolean {
	const began = instantOf(row);
	return instant !== null && began !== null && Math.abs(began - instant) > DAY;
}

function wrongForm(works: TimeForm): InputError {
	const choice =
		works.form === 'epoch'
			? "'Time Format' Unix Seconds"
			: `'Time Format' Display Format, 'Date Format' ${works.dateFormat} and 'Hour Format' ${works.hours} Hours`;
	return new InputError(
		'Time Format',
		"The PBX does not find its own newest call when it is asked in the 'Time Format' chosen in the options",
		`Choose Automatic, or what it was found with: ${choice}.`,
	);
}

function unprovedForm(): InputError {
	return new InputError(
		'Time Format',
		'The PBX does not find its own newest call, whether it is asked in Unix seconds or as it displays times',
		"Nothing was read, since calls might be missing. Choose 'Time Format', 'Date Format' and 'Hour Format' in the options as System > Date and Time on the PBX shows them.",
	);
}

function unknownFormat(): InputError {
	return new InputError(
		'Date Format',
		'The PBX does not tell how it displays times',
		"Choose 'Date Format' and 'Hour Format' in the options as System > Date and Time on the PBX shows them.",
	);
}
