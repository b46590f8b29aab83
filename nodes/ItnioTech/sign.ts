import { createHash } from 'crypto';

import type { IDataObject } from 'n8n-workflow';

/**
 * The headers that authenticate a request (docs/vendors/itnio-tech.md 2). The platform takes a time for a while only, and how
 * long is not documented, so every request gets its own.
 * @param seconds Unix time
 */
export function signature(apiKey: string, apiSecret: string, seconds: number) {
	const timestamp = String(seconds);
	const sign = createHash('md5').update(`${apiKey}${apiSecret}${timestamp}`, 'utf8').digest('hex');
	return { 'Api-Key': apiKey, Timestamp: timestamp, Sign: sign };
}

/** `headers` with `more` in the place of those that have the same names, however they are written. */
export function withHeaders(headers: IDataObject = {}, more: IDataObject): IDataObject {
	const names = new Set(Object.keys(more).map((name) => name.toLowerCase()));
	const others = Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()));
	return { ...Object.fromEntries(others), ...more };
}
