import { CommoApi } from '../../../credentials/CommoApi.credentials';
import { Commo } from '../../../nodes/Commo/Commo.node';
import { commo } from '../../../nodes/Commo/platform';
import { COMMO_SECRETS, startCommo } from '../../vendors/commo';
import { withTruths, type PlatformKit } from './kit';

export const commoKit: PlatformKit = {
	platform: commo,
	node: () => new Commo(),
	credential: () => new CommoApi(),
	zone: 'Asia/Shanghai',
	vendorFilters: [
		'syncflag',
		'direction',
		'callmethod',
		'extnumber',
		'destnumber',
		'userid',
		'memberid',
		'chengshudu',
		'customuuid',
	],
	async start(options) {
		const sandbox = await startCommo({ ...options, calls: withTruths(options) });
		return Object.assign(sandbox, {
			ids: () => sandbox.store.all().map(({ row }) => String(row.id)),
		});
	},
	credentials: ({ url }, zone = 'Asia/Shanghai') => ({
		baseUrl: url,
		authentication: 'login',
		appId: COMMO_SECRETS.appId,
		accessKey: COMMO_SECRETS.accessKey,
		timezone: zone,
		allowUnauthorizedCerts: false,
	}),
	secrets: Object.values(COMMO_SECRETS),
	answers: {
		paths: {
			rows: 'data.result.bills',
			total: 'data.result.totalitems',
			pageSize: 'data.result.itemsperpage',
		},
		// Codes from 1001 on stand inside an answer with `ret` 200 (docs/vendors/commo.md 1.3).
		refuse: (code, words) =>
			Number(code) > 1000
				? { ret: 200, data: { status: 1, desc: words, errors: { code, codemsg: words } }, msg: '' }
				: { ret: Number(code), data: [], msg: words },
		later: {
			recordfilename: '20250303_8001_1.mp3',
			downloadip: '203.0.113.10',
			hangupcause: 10002,
		},
		proofs: ['token', 'appid', 'accesskey'],
		idField: 'id',
	},
	recordings: { isFile: ({ path }) => path.startsWith('/rec/'), proofs: [] },
};
