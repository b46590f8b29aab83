import { __Name__Api } from '../../../credentials/__Name__Api.credentials';
import { fillIn } from '../../../nodes/__Name__/fillIn';
import { __Name__ } from '../../../nodes/__Name__/__Name__.node';
import { __name__ } from '../../../nodes/__Name__/platform';
import { start__Name__, __CONST___SECRETS } from '../../vendors/__name__';
import { withTruths, type PlatformKit } from './kit';

export const __name__Kit: PlatformKit = {
	platform: __name__,
	node: () => new __Name__(),
	credential: () => new __Name__Api(),
	zone: 'UTC',
	vendorFilters: [],
	async start(options) {
		const sandbox = await start__Name__({ ...options, calls: withTruths(options) });
		return Object.assign(sandbox, {
			ids: () => sandbox.store.all().map(({ row }) => String(row.id)),
		});
	},
	credentials: ({ url }, zone = 'UTC') => ({
		baseUrl: url,
		apiKey: __CONST___SECRETS.apiKey,
		timezone: zone,
		allowUnauthorizedCerts: false,
	}),
	secrets: Object.values(__CONST___SECRETS),
	answers: {
		paths: { rows: 'data', total: 'total' },
		refuse: () => fillIn('answers.refuse(code, words) in test/support/kits/__name__.ts'),
		later: {},
		proofs: ['authorization'],
		idField: 'id',
	},
};
