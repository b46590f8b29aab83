import { CALLS, clientOf, documentedFields, undocumented } from '../support/vendorPage';
import { start__Name__, __CONST___SECRETS } from './__name__';

describe('the fake server of __Title__', () => {
	it('sends rows with the fields of its page (docs/vendors/__kebab__.md 2)', async () => {
		const server = await start__Name__({ calls: CALLS });
		try {
			const headers = { authorization: `Bearer ${__CONST___SECRETS.apiKey}` };
			const { data } = await clientOf(server).get<{ data: object[] }>('/fill-in/the/path', {
				headers,
			});
			expect(data.data.length).toBeGreaterThan(0);
			expect(undocumented(data.data, documentedFields('__kebab__', '2'))).toEqual([]);
		} finally {
			await server.stop();
		}
	});
});
