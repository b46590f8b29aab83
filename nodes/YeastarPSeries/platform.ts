import type { IDataObject } from 'n8n-workflow';

import { propertiesOf, readFields } from '../callRecords/fields';
import type { Platform, Settings } from '../callRecords/platform';
import { open, query, reply } from './envelope';
import { fields } from './fields';
import { prepare } from './prepare';
import { recordings } from './recordings';
import { errorCodes } from './errorCodes';
import { mapRow, recordIds, startOf } from './mapRow';
import { push } from './push';
import { DAYLIGHT_SAVING, isWallClock, timeFields, timeFormOf, timeOptions } from './timeForm';

/** The list of records that was found to have the calls, where it has a name. A filter `from` comes first. */
function listOf({ prepared: { from } }: Settings): IDataObject {
	return from === undefined ? {} : { from };
}

/** Yeastar P-Series: Appliance, Software and Cloud Edition (docs/vendors/yeastar-p-series.md). */
export const yeastarPSeries: Platform = {
	name: 'yeastarPSeries',
	title: 'Yeastar P-Series',
	credentialType: 'yeastarPSeriesApi',
	sessionField: () => 'accessToken',
	clock: (settings) => (isWallClock(settings) ? 'wall' : 'epoch'),
	pageSize: { default: 1000, max: 10_000 },
	clockToleranceSeconds: (settings) => (isWallClock(settings) ? DAYLIGHT_SAVING : 0),
	// One after the other, as clients in use do: an appliance also carries the calls
	// (docs/vendors/yeastar-p-series.md 3.3).
	requestsAtOnce: { default: 1, max: 4 },
	filters: propertiesOf(fields),
	options: timeOptions,
	readFilters: (given) => readFields(fields, given),
	prepare,
	request: ({ range, page, pageSize, filters: chosen }, settings) =>
		query('cdr/search', {
			page,
			page_size: pageSize,
			...timeFields(range, timeFormOf(settings)),
			...listOf(settings),
			...chosen,
		} as IDataObject),
	open,
	errorCodes,
	reply,
	recordIds,
	startOf,
	mapRow,
	recordings,
	// `from` chooses one of the two lists of an upgraded PBX.
	legs: { settleSeconds: 60, keepsCallsWhole: ['from'] },
	push,
};
