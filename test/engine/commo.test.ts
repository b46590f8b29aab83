import { CommoApi } from '../../credentials/CommoApi.credentials';
import { Commo } from '../../nodes/Commo/Commo.node';
import { makeCalls } from '../sandbox/calls';
import { COMMO_SECRETS, startCommo, type CommoSandbox } from '../sandbox/commo';
import { runNode } from '../support/engine';

const FROM = Date.UTC(2025, 2, 3) / 1000;

describe('Commo in the n8n engine', () => {
	let sandbox: CommoSandbox;
	afterEach(async () => await sandbox.stop());

	const get = async (parameters: object) =>
		await runNode({
			node: new Commo(),
			credential: new CommoApi(),
			credentials: {
				baseUrl: `${sandbox.url}/`,
				authentication: 'login',
				appId: COMMO_SECRETS.appId,
				accessKey: COMMO_SECRETS.accessKey,
				timezone: 'Asia/Shanghai',
			},
			parameters: {
				resource: 'callRecord',
				operation: 'getAll',
				period: 'custom',
				startTime: '2025-03-03T00:00:00',
				endTime: '2025-03-09T23:59:59',
				...parameters,
			},
		});

	it.each([0, 1, 999, 1000, 1001, 25_000])(
		'returns all of %i records, each once',
		async (count) => {
			sandbox = await startCommo({
				calls: makeCalls({ count, from: FROM, to: FROM + 7 * 86_400 - 1, shape: 'office' }),
			});
			const { json, error } = await get({ returnAll: true, output: 'original' });
			expect(error).toBeUndefined();
			const ids = (rows: Array<{ id?: unknown }>) => rows.map(({ id }) => String(id)).sort();
			expect(ids(json)).toEqual(ids(sandbox.truth(() => true)));
			console.log(count, sandbox.requests.length);
		},
	);
});
