import { asRow, text } from '../callRecords/callRecord';
import { InputError, type ApiRequest } from '../callRecords/platform';
import { zoneOfOffset, type Seconds } from '../callRecords/time';
import { hoursOf, isDateFormat, recognise, type DateFormat, type Hours } from './display';
import { query } from './envelope';
import { instantOf } from './mapRow';

/** What `system/information` says (docs/vendors/yeastar-p-series.md 5.3). Null = it does not say. */
export interface Information {
	firmware: string | null;
	dateFormat: DateFormat | null;
	hours: Hours | null;
	/** Of the PBX's clock from UTC, now. */
	offset: Seconds | null;
}

export const NOTHING: Information = { firmware: null, dateFormat: null, hours: null, offset: null };

/** How a PBX says that it does not give this information, to this client or at all. */
const WITHHELD = ['10001', '10005', '10009', '60001', '70084'];

export async function askInformation(apiRequest: ApiRequest): Promise<Information> {
	const answer = await apiRequest(query('system/information'), WITHHELD);
	if (!('payload' in answer) || answer.payload === null) return NOTHING;
	const data = asRow(asRow(answer.payload).data);
	const shown = recognise(data.system_time, instantOf(data));
	const named = text(data.system_date_format)?.toUpperCase();
	const timeName = text(data.system_time_format);
	const date = isDateFormat(named) && (shown?.dates.includes(named) ?? true) ? named : null;
	return {
		firmware: text(data.firmware_version),
		dateFormat: date ?? (shown?.dates.length === 1 ? shown.dates[0] : null),
		hours: shown?.hours ?? (timeName === null ? null : hoursOf(timeName)),
		offset: shown?.offset ?? null,
	};
}

/** @throws InputError naming the field of the credential, where the PBX does not say how far its clock is from UTC */
export function zoneOf({ offset }: Information): string {
	if (offset !== null) return zoneOfOffset(offset);
	throw new InputError(
		'Time Zone',
		'The PBX does not report its time zone',
		"Enter it as 'Time Zone' in the credential, like Europe/Bucharest.",
	);
}
