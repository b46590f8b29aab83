import type { IDataObject } from 'n8n-workflow';

import { readMatch } from '../../../nodes/callRecords/node/match';
import { InputError, type Platform } from '../../../nodes/callRecords/platform';
import { FROM, getMany } from '../../support/getManyScene';
import { pollScene } from '../../support/pollScene';

const mapRow: Platform['mapRow'] = (row, id) => ({
	id,
	direction: Number(row.at) % 2 === 0 ? 'inbound' : 'outbound',
	outcome: 'answered',
	from: `+4072200000${Number(row.at) % 10}`,
	talkSeconds: Number(row.at) % 10,
	durationSeconds: 20,
	started: { instant: Number(row.at) },
});

/** Ten calls, a second apart; the last digit of their start is that of their number and their talk time. */
const TIMES = Array.from({ length: 10 }, (_, i) => FROM + i);

async function read(match: IDataObject, more: IDataObject = {}) {
	const { work, hints } = await getMany({
		times: TIMES,
		platform: { mapRow },
		parameters: { resource: 'call', match, ...more },
	});
	return { items: (await work)[0].map(({ json }) => json), hints };
}

describe('Match Calls', () => {
	it('lets every call through when it is empty', async () => {
		expect((await read({})).items).toHaveLength(10);
		expect((await read({ direction: [], number: '', minTalkSeconds: 0 })).items).toHaveLength(10);
	});

	it('returns the calls that meet all conditions', async () => {
		const { items } = await read({ direction: ['inbound'], minTalkSeconds: 5 });
		expect(items.map(({ talkSeconds }) => talkSeconds).sort()).toEqual([6, 8]);
	});

	it('finds a number that Personal Data removes', async () => {
		const { items } = await read(
			{ number: '0722 000 003' },
			{ options: { personalData: 'remove' } },
		);
		expect(items).toMatchObject([{ talkSeconds: 3, from: null }]);
	});

	it('with a limit reads on until so many calls match, and claims no total', async () => {
		const { items, hints } = await read(
			{ direction: ['outbound'] },
			{ returnAll: false, limit: 3 },
		);
		expect(items.map(({ talkSeconds }) => talkSeconds)).toEqual([9, 7, 5]);
		expect(hints).toEqual([]);
	});

	it.each([
		['getStatistics', (json: IDataObject) => json.calls],
		['getReport', (json: IDataObject) => json.calls],
		['export', (json: IDataObject) => json.records],
	])('holds for %s', async (operation, count) => {
		const { items } = await read({ direction: ['inbound'] }, { operation });
		expect(count(items[0])).toBe(5);
	});

	it('holds for triggers, which emit nothing and start nothing when no call matches', async () => {
		const START = Date.UTC(2026, 5, 10, 9) / 1000;
		let now = START;
		jest.spyOn(Date, 'now').mockImplementation(() => now * 1000);
		const scene = pollScene({
			parameters: { emit: 'calls', match: { direction: ['inbound'] } },
			platform: { mapRow },
		});
		await scene.poll();
		now += 300;
		scene.add(now - 61);
		expect(await scene.poll()).toBeNull();
		scene.add(now - 60);
		now += 60;
		expect(await scene.poll()).toMatchObject([{ direction: 'inbound' }]);
		jest.restoreAllMocks();
	});

	it.each<[string, IDataObject]>([
		['Direction', { direction: ['sideways'] }],
		['Outcome', { outcome: 'answered, lost' }],
		['Number', { number: 'Ann' }],
		['Minimum Talk Seconds', { minTalkSeconds: -1 }],
	])('says what is wrong with %s', (label, given) => {
		const attempt = () => readMatch(given);
		expect(attempt).toThrow(InputError);
		expect(attempt).toThrow(`'${label}'`);
	});

	it('takes lists as text, as AI agents write them', () => {
		expect(readMatch({ outcome: 'missed, voicemail' })?.outcomes.sort()).toEqual([
			'missed',
			'voicemail',
		]);
	});
});
