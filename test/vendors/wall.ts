import { DateTime, IANAZone } from 'luxon';

/** The clocks of the servers, without anything of the product: walls are seconds as if the clock's time were UTC. */

const QUARTER = 900;
const offsets = new Map<string, Map<number, number>>();

/** What a zone's clock shows at an instant. Offsets change at quarters of an hour only. */
export function wallOf(instant: number, zone: string): number {
	const known = offsets.get(zone) ?? new Map<number, number>();
	offsets.set(zone, known);
	const quarter = Math.floor(instant / QUARTER);
	const offset =
		known.get(quarter) ?? Math.round(IANAZone.create(zone).offset(quarter * QUARTER * 1000) * 60);
	known.set(quarter, offset);
	return instant + offset;
}

export function formatWall(wall: number): string {
	return new Date(wall * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `YYYY-MM-DD HH:mm:ss`, and nothing else; null for what is no time. */
export function parseWall(text: unknown): number | null {
	const read = DateTime.fromFormat(String(text), 'yyyy-MM-dd HH:mm:ss', { zone: 'utc' });
	return read.isValid ? read.toSeconds() : null;
}
