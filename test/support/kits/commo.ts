import { CommoApi } from '../../../credentials/CommoApi.credentials';
import { Commo } from '../../../nodes/Commo/Commo.node';
import { commo } from '../../../nodes/Commo/platform';
import { COMMO_SECRETS, startCommo } from '../../sandbox/commo';
import type { PlatformKit } from './kit';

export const commoKit: PlatformKit = {
	platform: commo,
	node: () => new Commo(),
	credential: () => new CommoApi(),
	zone: 'Asia/Shanghai',
	async start(options) {
		const sandbox = await startCommo(options);
		return Object.assign(sandbox, {
			ids: () => sandbox.store.all().map(({ row }) => String(row.id)),
			isRead: ({ fields }: { fields: Record<string, unknown> }) =>
				fields.service === 'App.Sip_Cdr.GetBill',
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
};
