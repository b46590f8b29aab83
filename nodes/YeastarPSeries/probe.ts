import type { IDataObject } from 'n8n-workflow';

import { InputError, type ApiRequest } from '../callRecords/platform';
import { wallOf, type Seconds } from '../callRecords/time';
import { namedFormat, parseDisplay, recognise } from './display';
import { query, reply } from './envelope';
import type { Information } from './information';
import { instantOf } from './mapRow';
import { DAYLIGHT_SAVING, EPOCH, timeFields, type TimeForm, type TimeWish } from './timeForm';

/** How a PBX says that it cannot read a time, or does not know a parameter, if it says so. */
const NOT_UNDERSTOOD = ['40001', '40002'];

/** So many rows are asked for when a time form is tried; one is enough. */
const TRIED_ROWS = 999;

const DAY = 86_400;

/**
 * The lists of records of an upgraded PBX. Undefined = none is named: which one is meant then may differ between
 * `cdr/list` and `cdr/search` (docs/vendors/yeastar-p-series.md 19).
 */
const LISTS = ['new', undefined, 'legacy'] as const;
type ListName = (typeof LISTS)[number];

export interface Probe {
	apiRequest: ApiRequest;
	zone: string;
	wish: TimeWish;
	information: Information;
}

/** What reading works with: the form of times, and the list that has calls. */
export interface Probed {
	form: TimeForm;
	from: ListName;
	/** There was a call to find. */
	isFound: boolean;
}

/**
 * A PBX that does not understand a time, or looks into another list, may answer that there are no calls
 * (docs/vendors/yeastar-p-series.md 4.3). So the first list is used whose newest call, which takes no times to get, is
 * found by its time; and the first form that finds it. A list in which nothing is found is no reason to stop.
 * @throws InputError when no list and no form finds a call that is known to be there
 */
export async function probe(given: Probe): Promise<Probed> {
	let problem: InputError | undefined;
	for (const from of LISTS) {
		const call = await newestCall(given.apiRequest, from);
		if (call === null) continue;
		const found = await formThatFinds(call, from, given);
		if (!(found instanceof InputError)) return { form: found, from, isFound: true };
		problem ??= found;
	}
	if (problem) throw problem;
	return { form: formWithoutCalls(given), from: undefined, isFound: false };
}

/** Without any call nothing can be found; but then no form can miss one. */
function formWithoutCalls({ wish, information }: Probe): TimeForm {
	if (wish.form !== 'displayFormat') return EPOCH;
	const form = displayForm(wish, information, null);
	if (form) return form;
	throw unknownFormat();
}

/** The newest call of a list, or any, if the PBX does not sort. */
async function newestCall(apiRequest: ApiRequest, from: ListName): Promise<IDataObject | null> {
	const newest = { page: 1, page_size: 1, sort_by: 'time', order_by: 'desc' };
	const answer = await apiRequest(
		query('cdr/list', { ...newest, ...namedList(from) }),
		from === undefined ? [] : NOT_UNDERSTOOD,
	);
	const [call] = 'payload' in answer ? reply(answer.payload).rows : [];
	return call ?? null;
}

function namedList(from: ListName): IDataObject {
	return from === undefined ? {} : { from };
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

/** Whether a form is one that the user allows. */
function fits(form: TimeForm, { form: wished, dateFormat, hours }: TimeWish): boolean {
	if (wished !== undefined && form.form !== wished) return false;
	if (form.form === 'epoch') return true;
	return (
		(dateFormat ?? form.dateFormat) === form.dateFormat && (hours ?? form.hours) === form.hours
	);
}

/**
 * The first of the forms that finds the call: those that the user allows, then the others, to say what is wrong. A form
 * that the PBX asks for by name is tried next.
 */
async function formThatFinds(
	call: IDataObject,
	from: ListName,
	given: Probe,
): Promise<TimeForm | InputError> {
	const { wish, information } = given;
	const wished = displayForm(wish, information, call);
	const forms = [EPOCH, wished, displayForm({}, information, call)];
	const isAllowed = (form: TimeForm | null) => form !== null && fits(form, wish);
	const waiting = [...forms.filter(isAllowed), ...forms.filter((form) => !isAllowed(form))];
	const tried = new Set<string>();
	while (waiting.length > 0) {
		const form = waiting.shift() ?? null;
		const key = JSON.stringify(form);
		if (form === null || tried.has(key)) continue;
		tried.add(key);
		const { isFound, wants } = await ask(call, form, from, given);
		if (isFound) return fits(form, wish) ? form : wrongForm(form);
		waiting.unshift(wants);
	}
	if (wish.form === undefined) return notFound();
	return (wish.form === 'epoch' ? EPOCH : wished) ?? unknownFormat();
}

/** Whether the PBX, asked for the time around a call that it has, answers with what began then; or what it wants. */
async function ask(
	call: IDataObject,
	form: TimeForm,
	from: ListName,
	{ apiRequest, zone }: Probe,
): Promise<{ isFound: boolean; wants: TimeForm | null }> {
	const instant = instantOf(call);
	const shown = form.form === 'displayFormat' ? parseDisplay(call.time, form.dateFormat) : null;
	const counted = instant === null || form.form === 'epoch' ? instant : wallOf(instant, zone);
	const at = shown ?? counted;
	if (at === null) return { isFound: false, wants: null };
	const around = form.form === 'epoch' ? 1 : DAYLIGHT_SAVING;
	const fields = timeFields({ from: at - around, to: at + around }, form);
	const answer = await apiRequest(
		query('cdr/search', { page: 1, page_size: TRIED_ROWS, ...fields, ...namedList(from) }),
		NOT_UNDERSTOOD,
	);
	if (!('payload' in answer)) return { isFound: false, wants: null };
	const { rows } = reply(answer.payload);
	const format = namedFormat(answer.said);
	return {
		isFound: rows.length > 0 && rows.every((row) => !isFarFrom(instant, row)),
		wants: format && { form: 'displayFormat', dateFormat: format.date, hours: format.hours },
	};
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

function notFound(): InputError {
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
