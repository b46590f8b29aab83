import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { testCredential } from '../support/credentialTest';
import { runNode } from '../support/engine';
import { httpRequestNode } from '../support/httpRequest';
import { KITS, type KitSandbox } from '../support/kits';
import { startRawServer, type RawServer } from '../support/rawServer';
import { DAY_FROM, DAY_TO } from '../support/reading';

const STATUSES = [301, 302, 303, 307, 308];

describe.each(KITS.map((kit) => ({ kit, name: kit.platform.title })))('$name', ({ kit }) => {
	let sandbox: KitSandbox;
	let other: RawServer;
	let stored: ICredentialDataDecryptedObject;
	beforeEach(async () => {
		sandbox = await kit.start({ calls: [] });
		other = await startRawServer((_request, response) => void response.end('{}'));
		stored = kit.credentials(sandbox);
	});
	afterEach(async () => {
		await sandbox.stop();
		await other.stop();
	});

	/** Redirects to another host: every request, or only those that follow a login. */
	function redirect(status: number, which: 'every' | 'reads'): void {
		const headers = { location: `${other.otherUrl}/elsewhere` };
		const testPaths = new Set(['/openapi/v1.0/cdr/list', '/v3/cc/seatGroup/query']);
		sandbox.fault = (request) =>
			which === 'every' ||
			sandbox.isRead(request) ||
			testPaths.has(request.path) ||
			request.path.includes('GetCallLogData')
				? { status, headers, body: '' }
				: undefined;
	}

	describe.each(STATUSES)('HTTP %i', (status) => {
		it.each(['every', 'reads'] as const)('the test button stays here: %s', async (which) => {
			redirect(status, which);
			const { status: verdict, message } = await testCredential(kit.credential(), stored);
			expect(other.arrived).toEqual([]);
			expect(verdict).toBe('Error');
			expect(message).toMatch(/redirects/);
			expect(message).toContain("'Base URL'");
			for (const secret of kit.secrets) expect(message).not.toContain(secret);
		});

		it.each(['every', 'reads'] as const)('a node stays here: %s', async (which) => {
			redirect(status, which);
			const { error } = await runNode({
				node: kit.node(),
				credential: kit.credential(),
				credentials: stored,
				parameters: {
					resource: 'callRecord',
					operation: 'getAll',
					period: 'custom',
					startTime: DAY_FROM,
					endTime: DAY_TO,
					returnAll: true,
				},
			});
			expect(other.arrived).toEqual([]);
			expect(error?.message).toMatch(/redirects elsewhere/);
			expect(error?.description).toContain("'Base URL'");
			expect(sandbox.requests.length).toBeLessThan(5);
		});

		it.each(['GET', 'POST'])("n8n's HTTP Request node stays here: %s", async (method) => {
			redirect(status, 'every');
			const options = {
				method,
				uri: `${sandbox.url}/anything`,
				followRedirect: true,
				followAllRedirects: true,
				maxRedirects: 21,
				...(method === 'POST' ? { body: {}, json: true } : {}),
			};
			await runNode({
				node: httpRequestNode(kit.platform.credentialType, options),
				credential: kit.credential(),
				credentials: stored,
				parameters: {},
			});
			expect(other.arrived).toEqual([]);
			expect(sandbox.requests.length).toBeGreaterThan(0);
		});
	});

	it('the test button does not take a time zone that is none', async () => {
		const { status, message } = await testCredential(kit.credential(), {
			...stored,
			timezone: 'Bucharest',
		});
		expect(status).toBe('Error');
		expect(message).toContain(
			'The \'Time Zone\' of the credential, "Bucharest", is not a time zone',
		);
		expect(sandbox.requests).toEqual([]);
	});
});
