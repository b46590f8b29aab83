import { ItnioTechApi } from '../../../credentials/ItnioTechApi.credentials';
import { ItnioTech } from '../../../nodes/ItnioTech/ItnioTech.node';
import { itnioTech } from '../../../nodes/ItnioTech/platform';
import { ITNIO_SECRETS, startItnioTech } from '../../vendors/itnioTech';
import { withTruths, type PlatformKit } from './kit';

export const itnioTechKit: PlatformKit = {
	platform: itnioTech,
	node: () => new ItnioTech(),
	credential: () => new ItnioTechApi(),
	zone: 'Asia/Shanghai',
	vendorFilters: [
		'voiceGroupId',
		'sipGroupName',
		'seatId',
		'seatNameList',
		'callType',
		'hangupReason',
		'calledOrCaller',
		'ccode',
		'hangingDirection',
		'labelNames',
	],
	async start(options) {
		const sandbox = await startItnioTech({ ...options, calls: withTruths(options) });
		return Object.assign(sandbox, {
			ids: () => sandbox.store.all().map(({ row }) => String(row.keyId)),
			endSessions: () => undefined,
		});
	},
	credentials: ({ url }, zone = 'Asia/Shanghai') => ({
		baseUrl: url,
		apiKey: ITNIO_SECRETS.apiKey,
		apiSecret: ITNIO_SECRETS.apiSecret,
		timezone: zone,
	}),
	secrets: Object.values(ITNIO_SECRETS),
	answers: {
		paths: {
			rows: 'data.records',
			total: 'data.total',
			pageSize: 'data.size',
			lastPage: 'data.pages',
		},
		refuse: (code, words) => ({ status: code, reason: words }),
		later: {
			remark: 'asked for a quote',
			updateTime: '2025-03-05 09:16:09',
			labelNameList: ['hot'],
			voiceUrl: 'agent-call-record-250304/25030409150000001.wav',
		},
		proofs: ['sign', 'api-key'],
		idField: 'keyId',
	},
	recordings: {
		isFile: ({ path }) => path.startsWith('/files/'),
		options: ({ url }) => ({ recordingBaseUrl: `${url}/files/` }),
		proofs: [],
		hasFolders: true,
	},
};
