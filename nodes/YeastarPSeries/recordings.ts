import { asRow, text } from '../callRecords/callRecord';
import type { Recordings } from '../callRecords/platform';
import { query } from './envelope';

/**
 * A link is asked for by the name of the file, and fetched with a token that is alive
 * (docs/vendors/yeastar-p-series.md 7). Stereo recordings that are delivered as mp3 are converted on demand, of which
 * the PBX bears one at a time.
 */
export const recordings: Recordings = {
	options: [],
	isAuthenticated: true,
	isOneAtATime: (recording) => /\.mp3$/i.test(recording),
	find: (recording) => ({
		apiRequest: query('recording/download', { file: recording }),
		missing: ['60001'],
		link(payload) {
			const { file, download_resource_url: url } = asRow(payload);
			const path = text(url);
			return path === null ? null : { url: path, fileName: text(file) };
		},
	}),
};
