import { While1VoiceApi } from '../../../credentials/While1VoiceApi.credentials';
import { While1Voice } from '../../../nodes/While1Voice/While1Voice.node';
import { while1Voice } from '../../../nodes/While1Voice/platform';
import { WHILE1_VOICE_SECRETS, startWhile1Voice } from '../../vendors/while1Voice';
import { createWhile1Legs } from '../../vendors/while1Voice/legs';
import type { PlatformKit } from './kit';

/** The platform has no codes; these messages are what ours are read from. */
const MESSAGES: Record<string, string> = {
	filter: 'Invalid filter: from_idxx',
	hash: 'Invalid api_hash',
	token: 'Invalid token',
	rate: 'Too many requests',
	temporary: 'Please try again later',
};

export const while1VoiceKit: PlatformKit = {
	platform: while1Voice,
	node: () => new While1Voice(),
	credential: () => new While1VoiceApi(),
	zone: 'Europe/Bucharest',
	vendorFilters: [
		'project_id',
		'user_id',
		'inbound_route_id',
		'direction',
		'call_status',
		'telephone_like',
		'telephone',
		'source',
		'destination',
		'hour_between',
		'from_id',
		'uniqueid',
		'linkedid',
		'external_id',
		'has_transcription',
		'has_monitor_file',
		'has_recording_file',
	],
	async start(options) {
		const sandbox = await startWhile1Voice({
			...options,
			rows: (options.truths ?? []).flatMap(createWhile1Legs(options.zone ?? 'Europe/Bucharest')),
		});
		return Object.assign(sandbox, {
			ids: () => sandbox.store.all().map(({ row }) => String(row.id)),
		});
	},
	credentials: ({ url }, zone = 'Europe/Bucharest') => ({
		baseUrl: url,
		apiToken: WHILE1_VOICE_SECRETS.apiToken,
		apiKey: WHILE1_VOICE_SECRETS.apiKey,
		timezone: zone,
		allowUnauthorizedCerts: false,
	}),
	secrets: Object.values(WHILE1_VOICE_SECRETS),
	answers: {
		paths: {
			rows: 'results',
			total: 'pagination.row_count',
			pageSize: 'pagination.page_size',
			lastPage: 'pagination.max_page',
		},
		refuse: (code, words) => ({
			has_error: true,
			messages: [MESSAGES[code], words].filter(Boolean),
			pagination: [],
			results: [],
		}),
		later: {
			transcription_id: '17',
			transcription_text: 'Alo?',
			recording_file: 'a.mp3',
			recording_url: 'https://old-host.example.com/monitor/a.mp3',
			comments: 'called back',
		},
		proofs: ['authorization', 'api_hash'],
		idField: 'id',
	},
	recordings: {
		isFile: ({ path }) => path.startsWith('/monitor/') || path === '/tools/play-record',
		arrange: (sandbox) => Object.assign(sandbox, { recordingBase: sandbox.url }),
		proofs: ['authorization'],
	},
};
