/**
 * What a fake server holds, read without anything of the product: whatever a node returns is compared with this.
 */

interface Held {
	/** When the call began, in Unix seconds. */
	start: number;
	row: object;
}

interface Holding {
	held(): Held[];
}

export interface Truth {
	/** Empty where the server sends none. */
	id: string;
	start: number;
}

/** Ids and starts of the rows whose calls began from `from` to `to`, both included, oldest first. */
export function rowsIn(
	server: Holding,
	idField: string,
	{ from, to }: { from: number; to: number },
): Truth[] {
	return server
		.held()
		.filter(({ start }) => start >= from && start <= to)
		.map(({ start, row }) => ({ id: idOf(row, idField), start }));
}

function idOf(row: object, field: string): string {
	const value = (row as Record<string, unknown>)[field];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** What is in the first list and not in the second, as often as it is more there. */
export function lessThan(wanted: string[], got: string[]): string[] {
	const left = new Map<string, number>();
	for (const entry of got) left.set(entry, (left.get(entry) ?? 0) + 1);
	return wanted.filter((entry) => {
		const count = left.get(entry) ?? 0;
		left.set(entry, count - 1);
		return count <= 0;
	});
}

/** A row as both sides can name it: its start, and its id where the server sends one. */
export const nameOf = ({ id, start }: Truth): string =>
	id === '' ? `at ${start}` : `${id} at ${start}`;
