import { asRow } from '../callRecords/callRecord';
import { InputError, type ApiRequest, type Settings } from '../callRecords/platform';
import type { Seconds } from '../callRecords/time';
import { callLog, get, reply } from './api';
import { ROLE } from './errorCodes';
import { instantOf } from './mapRow';

/** Builds before 20.0.7 do not have it, and a role may be without it (docs/vendors/3cx.md 1.1, 4.8). */
const WITHHELD = ['HTTP 403', 'HTTP 404', 'HTTP 405'];

/** The newest call may still be going on, so that the report does not have it yet. Then one of this time before it is looked for. */
const BEFORE: Seconds[] = [1, 30 * 86_400];

/**
 * With too low a role, 3CX answers that there are no calls at all (docs/vendors/3cx.md 4.5). So it has to find the newest
 * call that it names itself.
 * @throws InputError when it does not
 */
export async function prepare(
	apiRequest: ApiRequest,
	settings: Settings,
): Promise<Partial<Settings>> {
	const newest = await newestCall(apiRequest);
	if (newest !== null && !(await isFound(apiRequest, newest))) {
		throw new InputError(
			'Client ID',
			'3CX finds none of its calls, though it names the time of the newest one',
			`Nothing was read, since calls are missing. ${ROLE}`,
		);
	}
	// Only what times are printed in: 3CX itself speaks of instants.
	return { zone: settings.zone || 'UTC' };
}

async function newestCall(apiRequest: ApiRequest): Promise<Seconds | null> {
	const answer = await apiRequest(get('LastCdrAndChatMessageTimestamp'), WITHHELD);
	const [row] = 'payload' in answer ? reply(answer.payload).rows : [];
	return instantOf(asRow(row).LastCdrStartedAt);
}

async function isFound(apiRequest: ApiRequest, newest: Seconds): Promise<boolean> {
	for (const before of BEFORE) {
		const answer = await apiRequest(callLog({ from: newest - before, to: newest + 1 }, {}, 1));
		if (!('payload' in answer) || reply(answer.payload).rows.length > 0) return true;
	}
	return false;
}
