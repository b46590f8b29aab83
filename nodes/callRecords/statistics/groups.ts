import type { CallFacts } from './callFacts';
import type { GroupKey } from './options';

export type GroupValue = string | number | null;

const DAY = 86_400;

/** What a call is grouped by. Null is a group of its own: calls without an agent, a queue, a readable start. */
const VALUES: Record<GroupKey, (facts: CallFacts) => GroupValue> = {
	hour: ({ wall }) => (wall === null ? null : Math.floor((wall % DAY) / 3600)),
	day: ({ wall }) => (wall === null ? null : dayText(Math.floor(wall / DAY))),
	// 1 January 1970 was a Thursday; Monday is 1.
	weekday: ({ wall }) => (wall === null ? null : ((Math.floor(wall / DAY) + 3) % 7) + 1),
	agent: ({ call }) => call.agentName ?? call.agentExtension,
	queue: ({ call }) => call.queue,
	line: ({ call }) => call.lineNumber,
	direction: ({ call }) => call.direction,
};

export interface Group<Content> {
	values: GroupValue[];
	content: Content;
}

export interface Groups<Content> {
	of(facts: CallFacts): Content;
	/** Sorted by their values: numbers and texts upwards, null last. */
	sorted(): Array<Group<Content>>;
}

/** The groups that occur, each made when its first call comes. Without keys there is one group, also without calls. */
export function createGroups<Content>(
	keys: readonly GroupKey[],
	create: () => Content,
): Groups<Content> {
	if (keys.length === 0) {
		const content = create();
		return { of: () => content, sorted: () => [{ values: [], content }] };
	}
	const readers = keys.map((key) => VALUES[key]);
	const groups = new Map<string, Group<Content>>();
	return {
		of(facts) {
			let key = '';
			for (const read of readers) key += keyPart(read(facts));
			let group = groups.get(key);
			if (!group) {
				group = { values: readers.map((read) => read(facts)), content: create() };
				groups.set(key, group);
			}
			return group.content;
		},
		sorted: () => [...groups.values()].sort((a, b) => compareValues(a.values, b.values)),
	};
}

/** With its length in front, so that no text can pass for two. */
function keyPart(value: GroupValue): string {
	if (value === null) return '-';
	return typeof value === 'number' ? `${value};` : `${value.length}:${value}`;
}

function compareValues(a: GroupValue[], b: GroupValue[]): number {
	const at = a.findIndex((value, i) => value !== b[i]);
	if (at === -1) return 0;
	const [left, right] = [a[at], b[at]];
	if (left === null || right === null) return left === null ? 1 : -1;
	return left < right ? -1 : 1;
}

let remembered = new Map<number, string>();

/** `YYYY-MM-DD` of the days since 1970, remembered since thousands of calls share one. */
function dayText(days: number): string {
	let text = remembered.get(days);
	if (text === undefined) {
		text = new Date(days * DAY * 1000).toISOString().slice(0, 10);
		if (remembered.size > 5000) remembered = new Map();
		remembered.set(days, text);
	}
	return text;
}
