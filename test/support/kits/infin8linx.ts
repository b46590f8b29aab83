import { Infin8linxApi } from '../../../credentials/Infin8linxApi.credentials';
import { Infin8linx } from '../../../nodes/Infin8linx/Infin8linx.node';
import { infin8linx } from '../../../nodes/Infin8linx/platform';
import { INFIN8LINX_SECRETS, startInfin8linx } from '../../vendors/infin8linx';
import { withTruths, type PlatformKit } from './kit';

export const infin8linxKit: PlatformKit = {
	platform: infin8linx,
	node: () => new Infin8linx(),
	credential: () => new Infin8linxApi(),
	zone: 'Asia/Shanghai',
	vendorFilters: [
		'extnumber',
		'disnumber',
		'callnumber',
		'context',
		'callmethod',
		'userid',
		'memberid',
	],
	async start(options) {
		const sandbox = await startInfin8linx({ ...options, calls: withTruths(options) });
		return Object.assign(sandbox, {
			ids: () => sandbox.store.all().map(({ row }) => String(row.id)),
		});
	},
	credentials: ({ url }, zone = 'Asia/Shanghai') => ({
		baseUrl: url,
		identifyBy: 'username',
		username: INFIN8LINX_SECRETS.username,
		// n8n keeps what was filled in before, though another field is used.
		ip: INFIN8LINX_SECRETS.ip,
		appId: INFIN8LINX_SECRETS.appId,
		accessKey: INFIN8LINX_SECRETS.accessKey,
		timezone: zone,
	}),
	secrets: Object.values(INFIN8LINX_SECRETS),
	answers: {
		paths: { rows: 'data.data', total: 'data.total', pageSize: 'data.per_page' },
		refuse: (code, words) => ({ code: Number(code), msg: words }),
		later: { downloadip: '203.0.113.10', clientip: '198.51.100.8' },
		proofs: ['username', 'ip', 'appid', 'accesskey'],
		idField: 'id',
	},
};
