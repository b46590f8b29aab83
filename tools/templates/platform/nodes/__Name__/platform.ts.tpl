import { propertiesOf, readFields } from '../callRecords/fields';
import type { Platform } from '../callRecords/platform';
import { errorCodes } from './errorCodes';
import { fields } from './fields';
import { fillIn } from './fillIn';
import { mapRow, recordIds, startOf } from './mapRow';

/** Call records of __Title__ (docs/vendors/__kebab__.md). */
export const __name__: Platform = {
	name: '__name__',
	title: '__Title__',
	credentialType: '__name__Api',
	clock: () => 'wall',
	pageSize: { default: 100, max: 100 },
	requestsAtOnce: { default: 2, max: 10 },
	filters: propertiesOf(fields),
	options: [],
	readFilters: (given) => readFields(fields, given),
	request: () =>
		fillIn(
			'request({ range, page, pageSize, filters }) in nodes/__Name__/platform.ts: method, url below the base URL, and where the times and the page go',
		),
	open: () =>
		fillIn(
			'open(body) in nodes/__Name__/platform.ts: { payload }, { apiError: { code, text } } or { unrecognised: true }',
		),
	errorCodes,
	reply: () => fillIn('reply(payload) in nodes/__Name__/platform.ts: { rows, total, pageSize }'),
	recordIds,
	startOf,
	mapRow,
};
