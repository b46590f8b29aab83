import { propertiesOf, readFields } from '../callRecords/fields';
import { InputError, type Platform } from '../callRecords/platform';
import { callLog, open, reply } from './api';
import { errorCodes } from './errorCodes';
import { fields } from './fields';
import { instantOf, mapRow, recordIds } from './mapRow';
import { prepare } from './prepare';

/** 3CX V20, Configuration API (docs/vendors/3cx.md). */
export const threeCx: Platform = {
	name: 'threeCx',
	title: '3CX',
	credentialType: 'threeCxApi',
	sessionField: () => 'accessToken',
	hasOneSession: true,
	clock: () => 'epoch',
	// What every PBX was seen to take; some take more. Too much is refused, and OData names a next page (docs/vendors/3cx.md 3).
	pageSize: { default: 100, max: 1000 },
	requestsAtOnce: { default: 2, max: 6 },
	filters: propertiesOf(fields),
	options: [],
	readFilters: (given) => readFields(fields, given),
	prepare,
	request: ({ range, page, pageSize, filters }) =>
		callLog(range, filters, pageSize, (page - 1) * pageSize),
	open,
	errorCodes,
	reply,
	recordIds,
	startOf: ({ StartTime }) => instantOf(StartTime),
	mapRow,
	recordings: {
		options: [],
		isAuthenticated: true,
		find(recording) {
			if (!/^\d+$/.test(recording)) {
				throw new InputError(
					'Recording',
					"'Recording' is not the ID of a recording",
					'Give the recordingFile of a call record: digits only.',
				);
			}
			const url = `/xapi/v1/Recordings/Pbx.DownloadRecording(recId=${recording})`;
			return { url, missing: ['FILE_NOT_FOUND'] };
		},
	},
	legs: { settleSeconds: 60, keepsCallsWhole: ['hidePcalls'] },
};
