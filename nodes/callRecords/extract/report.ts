import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../transport/connection';
import type { RequestReport } from '../transport/request';
import { toIso, type TimeRange } from '../time';
import type { ReadEvent } from './verdict';

/** What a run did: shown when it was unusual, or when asked for. */
export interface ReadReport {
	records: number;
	/** The vendor's own count for the window; null when it gave none. */
	readonly total: number | null;
	note(event: ReadEvent): void;
	hints(title: string): string[];
	figures(window: TimeRange, connection: Connection): IDataObject;
}

export function createReport(requests: RequestReport): ReadReport {
	let total: number | null = null;
	let windows = 0;
	let readAgain = 0;
	let pageSize: number | null = null;

	return {
		records: 0,
		get total() {
			return total;
		},
		note(event) {
			if (event.kind === 'slice') windows++;
			if (event.kind === 'total') total = event.total;
			if (event.kind === 'readAgain') readAgain++;
			if (event.kind === 'smallerPages') pageSize = event.pageSize;
		},
		hints(title) {
			const hints: string[] = [];
			if (readAgain > 0) {
				hints.push(
					`${title} contradicted itself ${readAgain} ${readAgain === 1 ? 'time' : 'times'}; those parts were read again until they added up.`,
				);
			}
			if (requests.retries > 0) {
				hints.push(
					`${requests.retries} of ${requests.requests} requests to ${title} had to be repeated.`,
				);
			}
			if (pageSize !== null) {
				hints.push(`${title} sends only ${pageSize} records in one reply, fewer than asked for.`);
			}
			return hints;
		},
		figures(window, { settings, platform }) {
			return {
				platform: platform.name,
				host: settings.host,
				from: toIso(window.from, settings.zone),
				to: toIso(window.to, settings.zone),
				records: this.records,
				vendorTotal: total,
				requests: requests.requests,
				retries: requests.retries,
				logins: requests.logins,
				windows,
				windowsReadAgain: readAgain,
			};
		},
	};
}
