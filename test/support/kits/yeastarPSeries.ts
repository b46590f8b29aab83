import { YeastarPSeriesApi } from '../../../credentials/YeastarPSeriesApi.credentials';
import { yeastarPSeries } from '../../../nodes/YeastarPSeries/platform';
import { YeastarPSeries } from '../../../nodes/YeastarPSeries/YeastarPSeries.node';
import { startYeastarPSeries, YEASTAR_SECRETS } from '../../vendors/yeastarPSeries';
import { createYeastarLegs } from '../../vendors/yeastarPSeries/legs';
import type { PlatformKit } from './kit';

export const yeastarPSeriesKit: PlatformKit = {
	platform: yeastarPSeries,
	node: () => new YeastarPSeries(),
	credential: () => new YeastarPSeriesApi(),
	zone: 'Europe/Bucharest',
	vendorFilters: ['call_from', 'call_to', 'extension_group', 'status', 'enable_fuzzy_search'],
	async start(options) {
		// A row for each call, as the suites count them; the legs of calls have tests of their own.
		const sandbox = await startYeastarPSeries({
			...options,
			hasLegs: false,
			rows: (options.truths ?? []).flatMap(createYeastarLegs()),
		});
		return Object.assign(sandbox, {
			ids: () => sandbox.store.all().map(({ row }) => String(row.new_id)),
		});
	},
	credentials: ({ url }, zone = 'Europe/Bucharest') => ({
		baseUrl: url,
		clientId: YEASTAR_SECRETS.clientId,
		clientSecret: YEASTAR_SECRETS.clientSecret,
		timezone: zone,
		allowUnauthorizedCerts: false,
	}),
	secrets: Object.values(YEASTAR_SECRETS),
	answers: {
		paths: { rows: 'data', total: 'total_number' },
		refuse: (code, words) => ({ errcode: Number(code), errmsg: words }),
		later: { record_file: '20250303-1.wav', reason: 'dst hangup ', talk_duration: 9 },
		proofs: ['access_token', 'username', 'password', 'refresh_token'],
		idField: 'new_id',
	},
	recordings: { isFile: ({ path }) => path.startsWith('/api/download/'), proofs: ['access_token'] },
};
