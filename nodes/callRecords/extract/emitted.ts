import type { Seconds, TimeRange } from '../time';
import { sameId, type PageRow } from './verdict';

/** Each of two generations. About 20 MB in all. */
const GENERATION = 50_000;

/** The ids that a read has emitted, the latest 50,000 to 100,000 of them. */
export interface Emitted {
	/**
	 * The rows that were not emitted yet; they are remembered.
	 * @throws IncompleteRead when an id was emitted for a record that began at another time
	 */
	fresh<T>(range: TimeRange, rows: Array<PageRow<T>>): Array<PageRow<T>>;
	/** Whether all ids are still remembered. */
	isWhole(): boolean;
}

export function createEmitted(size = GENERATION): Emitted {
	let recent = new Map<string, Seconds | null>();
	let older = new Map<string, Seconds | null>();
	let isWhole = true;
	const startOf = (id: string) => (recent.has(id) ? recent.get(id) : older.get(id));
	return {
		isWhole: () => isWhole,
		fresh(range, rows) {
			return rows.filter(({ id, at }) => {
				const known = startOf(id);
				if (known === at) return false;
				if (known !== undefined && known !== null && at !== null) throw sameId(range);
				if (recent.size >= size) {
					if (older.size > 0) isWhole = false;
					older = recent;
					recent = new Map();
				}
				recent.set(id, at);
				return known === undefined;
			});
		},
	};
}
