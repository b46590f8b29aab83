import type { IDataObject } from 'n8n-workflow';

import { KITS, type PlatformKit } from '../support/kits';
import { TRIGGERS } from '../support/kits/triggers';
import { createPoller } from '../support/poller';
import { few } from '../support/variantScene';
import { singleCases } from '../support/variantTable';
import { makeCall, makeCalls } from '../vendors/calls';
import { lessThan, nameOf, rowsIn } from '../vendors/oracle';
import { createRandom } from '../vendors/random';
import { clockAheadOf, type VariantName, type Variants } from '../vendors/variants';

/** The time by which node, engine and sandbox go, in Unix seconds. It moves on where somebody waits. */
const mockTime = { now: 0 };

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	async sleep(ms: number) {
		mockTime.now += Math.ceil(ms / 1000);
		await new Promise((resolve) => setImmediate(resolve));
	},
}));

const HOUR = 3600;
const DAY = 86_400;
/** Some hours before a month ends. */
const START = Date.UTC(2026, 5, 30, 20) / 1000;
/** More than any platform sends in one reply of a poll. */
const BURST = 450;

beforeEach(() => {
	mockTime.now = START;
	jest.spyOn(Date, 'now').mockImplementation(() => mockTime.now * 1000);
});
afterEach(() => jest.restoreAllMocks());

/** No poll needs as many. */
const MOST_REQUESTS = 300;

interface Followed {
	items: IDataObject[];
	errors: string[];
}

/** A busy hour, then quiet ones in which calls of the busy hour become visible late, then the day after. */
async function follow(kit: PlatformKit, variants: Partial<Variants>) {
	const calls = makeCalls({ count: 30, from: START - 2 * DAY, to: START - HOUR, seed: 5 });
	const sandbox = await kit.start({ calls });
	Object.assign(sandbox.variants, variants);
	const ahead = clockAheadOf(sandbox.variants);
	const trigger = createPoller({
		node: new TRIGGERS[kit.platform.name](),
		credential: kit.credential(),
		credentials: kit.credentials(sandbox),
		parameters: {
			filters: {},
			emit: 'callRecords',
			output: 'callRecord',
			options: { longestWait: 30, timeout: 2000 },
		},
	});
	const random = createRandom(9);
	let number = 1000;
	const appear = (count: number, from: number, to: number) => {
		const starts = Array.from({ length: count }, () => random.whole(from, to) + ahead);
		for (const start of starts.sort((a, b) => a - b)) {
			sandbox.add({ ...makeCall(number++, start, random, '86'), ringSeconds: 1, talkSeconds: 1 });
		}
	};
	const followed: Followed = { items: [], errors: [] };
	sandbox.fault = ({ number: asked }) => (asked > MOST_REQUESTS ? { reset: 'before' } : undefined);
	const poll = async () => {
		sandbox.forget();
		const items = await trigger.poll().catch((error: Error) => {
			followed.errors.push(error.message);
			return null;
		});
		followed.items.push(...(items ?? []));
	};

	await poll();
	mockTime.now += HOUR;
	appear(BURST, START + 1, mockTime.now - 60);
	await poll();
	for (const late of [3, 0, 5, 2]) {
		mockTime.now += HOUR;
		appear(10, mockTime.now - HOUR / 2, mockTime.now - 60);
		appear(late, START + 1, START + HOUR);
		await poll();
	}
	// What becomes visible with the last reply could not be found any more.
	sandbox.variants.rows = 'steady';
	for (let polls = 0; polls < 3; polls++) {
		mockTime.now += 8 * HOUR;
		await poll();
	}
	const held = rowsIn(sandbox, kit.answers.idField, { from: 0, to: Infinity });
	await sandbox.stop();
	return { ...followed, held };
}

const startOf = ({ startedAt }: IDataObject) => Date.parse(String(startedAt)) / 1000;

/**
 * What is wrong with what came. Where ids restart, calls of two months bear the same record id: a poll sees them months
 * apart and cannot know, so only the calls themselves are compared.
 */
function faultsOf({ items, held }: Awaited<ReturnType<typeof follow>>, value: string) {
	const mayVanish = value === 'deleted';
	const recordIds =
		value === 'restartingMonthly' ? [] : items.map(({ recordId }) => String(recordId));
	const withIds = held.every(({ id }) => id !== '');
	const got = items.map((item) =>
		nameOf({ id: withIds ? String(item.platformRecordId) : '', start: startOf(item) }),
	);
	const due = held.filter(({ start }) => start > START + 2 * 420).map(nameOf);
	const unexpected = lessThan(got, held.map(nameOf));
	return [
		...lessThan(due, got).map((name) => `missing: ${name}`),
		...(mayVanish ? [] : unexpected.map((name) => `not there, or twice: ${name}`)),
		...lessThan(recordIds, [...new Set(recordIds)]).map((id) => `twice: ${id}`),
	];
}

/** Replies that never end are the same to a poll; one of them stands for all. */
const OMITTED = ['endless', 'huge', 'bomb'];
const casesOf = (kit: PlatformKit) =>
	singleCases(kit.platform.name).filter(({ value }) => !OMITTED.includes(value));

describe.each(KITS.map((kit) => ({ kit, name: kit.platform.name })))(
	'the trigger of $name',
	({ kit }) => {
		it.each(casesOf(kit))(
			'with a vendor with $name: $value: emits each call once, late ones too ($expected)',
			async ({ name, value, expected }) => {
				const variants = { [name]: value } as Partial<Record<VariantName, string>>;
				const followed = await follow(kit, variants as Partial<Variants>);
				const faults = faultsOf(followed, value);
				if (expected === 'all') {
					expect(followed.errors).toEqual([]);
					expect(few(faults)).toEqual([]);
				} else if (followed.errors.length === 0) {
					expect(few(faults)).toEqual([]);
				} else {
					// What is missing is reported by the errors; nothing else is wrong.
					expect(few(faults.filter((fault) => !fault.startsWith('missing')))).toEqual([]);
				}
			},
		);
	},
);
