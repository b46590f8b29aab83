import { ThreeCxApi } from '../../../credentials/ThreeCxApi.credentials';
import { threeCx } from '../../../nodes/ThreeCx/platform';
import { ThreeCx } from '../../../nodes/ThreeCx/ThreeCx.node';
import { SIP_PASSWORD, startThreeCx, THREE_CX_SECRETS } from '../../vendors/threeCx';
import { createThreeCxLegs } from '../../vendors/threeCxRow';
import type { PlatformKit } from './kit';

export const threeCxKit: PlatformKit = {
	platform: threeCx,
	node: () => new ThreeCx(),
	credential: () => new ThreeCxApi(),
	zone: 'UTC',
	vendorFilters: ['callsType', 'sourceFilter', 'destinationFilter', 'hidePcalls'],
	async start(options) {
		const sandbox = await startThreeCx({
			...options,
			rows: (options.truths ?? []).flatMap(createThreeCxLegs()),
		});
		return Object.assign(sandbox, {
			ids: () => sandbox.store.all().map(({ row }) => String(row.CdrId)),
		});
	},
	credentials: ({ url }, zone = 'UTC') => ({
		baseUrl: url,
		...THREE_CX_SECRETS,
		timezone: zone,
		allowUnauthorizedCerts: false,
	}),
	secrets: [...Object.values(THREE_CX_SECRETS), SIP_PASSWORD],
	answers: {
		paths: { rows: 'value' },
		refuse(code, words) {
			if (code === 'invalid_client') return { error: code, error_description: words };
			const limit =
				code === 'TOP_LIMIT' ? "The limit of '50' for Top query has been exceeded. " : '';
			return { error: { code: code.replace('HTTP ', ''), message: `${limit}${words}` } };
		},
		later: { DstRecId: 77, Transcription: 'Good morning' },
		proofs: ['authorization', 'client_id', 'client_secret'],
		idField: 'CdrId',
	},
	recordings: {
		isFile: ({ path }) => path.includes('DownloadRecording'),
		proofs: ['authorization'],
	},
};
