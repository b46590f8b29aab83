import { make, sorters } from 'covertable';
import type { IDataObject } from 'n8n-workflow';

import { lessThan, nameOf, rowsIn, type Truth } from '../vendors/oracle';
import { usualVariants, type VariantName, type Variants } from '../vendors/variants';
import type { EngineResult } from './engine';
import type { PlatformKit } from './kits';
import { startScene, type Scene } from './reading';
import { harmlessValues } from './variantTable';

/** Two days around the end of a month, away from changes of clocks; calls also begin before and after. */
const FROM = Date.UTC(2025, 1, 28) / 1000;
const TO = FROM + 2 * 86_400 - 1;
const MARGIN = 86_400;
/** For servers that never finish; long enough for a busy machine, short enough for a test. */
const TIMEOUT_MS = 1500;
const NEVER_FINISHED: Array<Variants['reply']> = ['dripping', 'endless', 'huge', 'bomb'];

/** Nothing that works takes as long, or as many requests. */
const HANGING_MS = 60_000;
const MOST_REQUESTS = 2000;

/** How many requests more than a read without any trouble may end in an error. */
export const MORE_REQUESTS = 20;

export interface VariantScene extends Scene {
	/** Get Many, or an export, of the window. Cancelled after more requests than `most`, or when it hangs. */
	run(parameters?: IDataObject, most?: number): Promise<EngineResult>;
	/** What the server holds for the window now. */
	truth(): Truth[];
}

export async function startVariantScene(
	kit: PlatformKit,
	variants: Partial<Variants>,
): Promise<VariantScene> {
	const count = kit.platform.pageSize.fixed ? 900 : 200;
	// Ids that begin again come twice in the window only if the month before begins in it.
	const before = variants.ids === 'restartingMonthly' ? 0 : MARGIN;
	const scene = await startScene(kit, { count, from: FROM - before, to: TO + MARGIN });
	Object.assign(scene.sandbox.variants, variants);
	const isSlow = NEVER_FINISHED.includes(scene.sandbox.variants.reply);
	return {
		...scene,
		async run(parameters = {}, most = MOST_REQUESTS) {
			const stopped = new AbortController();
			scene.sandbox.fault = ({ number }) => {
				if (number > most) stopped.abort();
				return number > most ? { reset: 'before' } : undefined;
			};
			const options = {
				...(isSlow ? { timeout: TIMEOUT_MS } : {}),
				...(parameters.options as IDataObject | undefined),
			};
			return await scene.getMany(
				{ startTime: FROM, endTime: TO, ...parameters, options },
				{ signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(HANGING_MS)]) },
			);
		},
		truth: () => rowsIn(scene.sandbox, kit.answers.idField, { from: FROM, to: TO }),
	};
}

const startOf = ({ startedAt }: IDataObject) => Date.parse(String(startedAt)) / 1000;

/** What was returned, named as the oracle names it. */
function namesOf(items: IDataObject[], withIds: boolean): string[] {
	return items.map((item) =>
		nameOf({ id: withIds ? String(item.platformRecordId) : '', start: startOf(item) }),
	);
}

/** What is wrong with a list of records; empty when nothing is. Rows may come and go during the read. */
export function faultsOf(
	items: IDataObject[],
	{ before, after }: { before: Truth[]; after: Truth[] },
): string[] {
	const withIds = before.every(({ id }) => id !== '');
	const got = namesOf(items, withIds);
	const [first, last] = [before.map(nameOf), after.map(nameOf)];
	const steady = lessThan(first, lessThan(first, last));
	const ever = [...first, ...lessThan(last, first)];
	const twice = got.length - new Set(items.map(({ recordId }) => recordId)).size;
	return [
		...lessThan(steady, got).map((name) => `missing: ${name}`),
		...lessThan(got, ever).map((name) => `not there, or twice: ${name}`),
		...(twice > 0 ? [`${twice} record ids twice`] : []),
	];
}

/** A report of at most a few lines, for a test to compare with `[]`. */
export const few = (faults: string[]): string[] =>
	faults.length <= 3 ? faults : [...faults.slice(0, 3), `and ${faults.length - 3} more`];

/** One error, in words, and nothing else. */
export function errorFaults({ error, json }: EngineResult): string[] {
	const { message = '' } = error ?? {};
	return [
		...(error === undefined ? ['no error'] : []),
		...(error !== undefined && !/\w+ \w+ \w+/.test(message) ? [`no words: ${message}`] : []),
		...(json.length > 0 ? [`${json.length} records though there is an error`] : []),
	];
}

/** 2 for every day; more for a run by hand over many combinations. */
const STRENGTH = Number(process.env.VARIANT_STRENGTH ?? 2);

/** Combinations in which every two (three, …) values meet once, of the values with which all records must come out. */
export function combinations(platform: string): Variants[] {
	const rows = make(harmlessValues(platform), { sorter: sorters.hash, seed: 7, length: STRENGTH });
	return rows.map((row) => ({ ...usualVariants(), ...row }) as unknown as Variants);
}

/** What differs from what most vendors do. */
export function labelOf(variants: Variants): string {
	const usual = usualVariants();
	const names = (Object.keys(usual) as VariantName[]).filter((n) => variants[n] !== usual[n]);
	return names.map((name) => `${name} ${variants[name]}`).join(', ');
}
