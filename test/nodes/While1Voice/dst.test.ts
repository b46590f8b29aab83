import { makeCalls } from '../../vendors/calls';
import { runNode } from '../../support/engine';
import type { KitSandbox } from '../../support/kits';
import { while1VoiceKit } from '../../support/kits/while1Voice';

const COUNT = 600;
const at = (iso: string) => Date.parse(iso) / 1000;

/** Days of 25 and of 23 hours in Bucharest, and the instant at which the clocks change. */
const DAYS = [
	{
		name: 'autumn',
		from: at('2025-10-26T00:00:00+03:00'),
		to: at('2025-10-26T23:59:59+02:00'),
		change: at('2025-10-26T01:00:00Z'),
	},
	{
		name: 'spring',
		from: at('2025-03-30T00:00:00+02:00'),
		to: at('2025-03-30T23:59:59+03:00'),
		change: at('2025-03-30T01:00:00Z'),
	},
];

describe.each(DAYS)(
	'While1 Voice on the day the clocks change in $name',
	({ from, to, change }) => {
		const calls = makeCalls({ count: COUNT, from, to });
		const byId = new Map(calls.map((call) => [String(29_000 + call.number), call]));
		let sandbox: KitSandbox;

		beforeAll(async () => {
			sandbox = await while1VoiceKit.start({ calls, zone: 'Europe/Bucharest' });
		});
		afterAll(async () => await sandbox.stop());

		const get = async (startTime: string | number, endTime: string | number) => {
			const { json, error } = await runNode({
				node: while1VoiceKit.node(),
				credential: while1VoiceKit.credential(),
				credentials: while1VoiceKit.credentials(sandbox, 'Europe/Bucharest'),
				timezone: 'Europe/Bucharest',
				parameters: {
					resource: 'callRecord',
					period: 'custom',
					startTime,
					endTime,
					returnAll: true,
				},
			});
			expect(error).toBeUndefined();
			return json;
		};
		const idsIn = (first: number, last: number) =>
			calls
				.filter(({ start }) => start >= first && start <= last)
				.map(({ number }) => String(29_000 + number))
				.sort();

		it('gives every call of the day once, at the right instant and with the right end', async () => {
			const date = new Date(change * 1000).toISOString().slice(0, 10);
			const json = await get(`${date}T00:00:00`, `${date}T23:59:59`);
			expect(json.map(({ platformRecordId }) => platformRecordId).sort()).toEqual(idsIn(from, to));
			for (const hour of [change - 3600, change]) {
				expect(idsIn(hour, hour + 3599).length).toBeGreaterThan(5);
			}
			for (const { platformRecordId, startedAt, endedAt, timeIsAmbiguous } of json) {
				const call = byId.get(String(platformRecordId))!;
				expect({
					started: at(String(startedAt)),
					ended: at(String(endedAt)),
					timeIsAmbiguous,
				}).toEqual({
					started: call.start,
					ended: call.start + call.ringSeconds + call.talkSeconds,
					timeIsAmbiguous: false,
				});
			}
		});

		it.each([-3600, -1800, -1, 0, 1800, 3600])(
			'gives exactly the calls of a period that begins or ends %i seconds from the change',
			async (seconds) => {
				const border = change + seconds;
				const ids = async (first: number, last: number) =>
					(await get(first, last)).map(({ platformRecordId }) => platformRecordId).sort();
				expect(await ids(from, border)).toEqual(idsIn(from, border));
				expect(await ids(border + 1, to)).toEqual(idsIn(border + 1, to));
			},
		);
	},
);
