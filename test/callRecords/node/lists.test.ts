import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { loadEntries, loadList } from '../../../nodes/callRecords/node/lists';
import type { Platform } from '../../../nodes/callRecords/platform';
import type * as Clock from '../../support/clock';
import { fakeConnection, fakePlatform, thrownBy } from '../../support/fakePlatform';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof Clock>('../../support/clock')
		.withVirtualSleep(jest.requireActual<object>('n8n-workflow')),
);

const REQUEST = { method: 'GET' as const, url: '/lists' };

function editor(answer: unknown, options?: IDataObject, credentials?: IDataObject) {
	const connection = fakeConnection({
		respond: () => ({ body: answer }),
		...(credentials ? { credentials: credentials as never } : {}),
	});
	const context = {
		...connection.context,
		getCurrentNodeParameter: (name: string) => (name === 'options' ? options : undefined),
	} as unknown as ILoadOptionsFunctions;
	return { context, connection };
}

const named = (payload: unknown): INodePropertyOptions[] =>
	(payload as string[]).map((name) => ({ name, value: name }));

const listed = async (names: string[], options?: IDataObject, platform?: Partial<Platform>) =>
	(
		await loadList(
			editor({ ok: names }, options).context,
			{ ...fakePlatform, ...platform },
			REQUEST,
			named,
		)
	).map(({ name }) => name);

describe('a drop-down', () => {
	it('is sorted by name as people sort: by numbers, and without regard to case', async () => {
		expect(await listed(['8010', '901', 'b', 'A', '8001', 'Ä', 'C'])).toEqual([
			'901',
			'8001',
			'8010',
			'A',
			'Ä',
			'b',
			'C',
		]);
	});

	it('leaves out what has no value', async () => {
		expect(await listed(['b', '', 'a'])).toEqual(['a', 'b']);
	});

	it('is empty where the platform says that there is nothing, or too much', async () => {
		const list = async (code: string) =>
			await loadList(editor({ no: code }).context, fakePlatform, REQUEST, (payload) =>
				payload === null ? [] : named(payload),
			);
		expect(await list('none')).toEqual([]);
		expect(await list('much')).toEqual([]);
	});

	it('may be put together from several answers, and knows the settings of the credential', async () => {
		const { context, connection } = editor({ ok: ['a'] });
		const entries = await loadEntries(context, fakePlatform, async (apiRequest, settings) => {
			const answers = [await apiRequest(REQUEST), await apiRequest({ ...REQUEST, url: '/more' })];
			return [
				...answers.map((_, i) => ({ name: `${2 - i}`, value: i })),
				...named([settings.host]),
			];
		});
		expect(entries.map(({ name }) => name)).toEqual(['1', '2', 'pbx.example.com:8088']);
		expect(connection.requests.map(({ url }) => new URL(url).pathname)).toEqual([
			'/lists',
			'/more',
		]);
	});

	it('asks nothing before, and needs no time zone', async () => {
		const { context, connection } = editor({ ok: ['a'] }, undefined, {
			baseUrl: 'http://pbx.example.com',
			timezone: '',
			sessionToken: 'token',
		});
		const platform = {
			...fakePlatform,
			prepare: async () => await Promise.reject(new Error('asked before')),
		};
		expect(await loadList(context, platform, REQUEST, named)).toHaveLength(1);
		expect(connection.requests).toHaveLength(1);
	});

	it('waits as long as the options of the node say, whatever else they say', async () => {
		const { context, connection } = editor(
			{ ok: ['a'] },
			{ timeout: 7000, longestWait: 1, pageSize: 'many', requestsAtOnce: -1 },
		);
		expect(await loadList(context, fakePlatform, REQUEST, named)).toHaveLength(1);
		expect(connection.requests[0].timeout).toBe(7000);
		const slow = editor({ no: 'later' }, { longestWait: 1 });
		await thrownBy(loadList(slow.context, fakePlatform, REQUEST, named));
		expect(slow.connection.requests).toHaveLength(1);
	});

	it('that cannot be had says why', async () => {
		const { context } = editor({ no: 'odd' });
		const error = await thrownBy(loadList(context, fakePlatform, REQUEST, named));
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toBe('Fake PBX does not accept a filter (code odd)');
		const wrong = editor({ ok: [] }, { timeout: -1 });
		const refused = await thrownBy(loadList(wrong.context, fakePlatform, REQUEST, named));
		expect(refused.name).toBe('NodeOperationError');
		expect(refused.message).toContain("'Timeout'");
		expect(refused.node.name).toBe('Fake');
		expect(wrong.connection.requests).toEqual([]);
	});
});
