import initSqlJs, { type Database } from 'sql.js';

import type { OfficeCall } from './office';
import type { Unsaid } from './officeCalls';

/**
 * The figures of an office by SQL (SQLite): a second reading of the same definitions that shares no code with the
 * package. Calendars come from `Intl`, which knows when clocks change.
 */
export interface SqlQuestion {
	zone: string;
	from: number;
	to: number;
	now: number;
	serviceLevelSeconds: number;
	serviceLevelFormula: 'offered' | 'answered' | 'offeredLessShort';
	shortAbandonSeconds: number;
	callBackHours: number;
}

export type SqlRow = Record<string, string | number | null>;

const SCHEMA = `
CREATE TABLE calls (id TEXT PRIMARY KEY, start INT, "end" INT, direction TEXT, outcome TEXT, wait INT, talk INT,
  talk_from INT, number TEXT, agent TEXT, queue TEXT, line TEXT, day TEXT, hour INT, weekday INT);
CREATE INDEX by_number ON calls (number, start);
CREATE TABLE offsets (since INT PRIMARY KEY, seconds INT);
CREATE TABLE clock_hours (start INT PRIMARY KEY, "end" INT);`;

const CALENDAR = `
UPDATE calls SET day = strftime('%Y-%m-%d', start + o, 'unixepoch'),
  hour = CAST(strftime('%H', start + o, 'unixepoch') AS INT),
  weekday = (CAST(strftime('%w', start + o, 'unixepoch') AS INT) + 6) % 7 + 1
FROM (SELECT id AS i, (SELECT seconds FROM offsets WHERE since <= start ORDER BY since DESC LIMIT 1) AS o FROM calls)
WHERE id = i;`;

const DERIVED = `
CREATE TABLE counted AS SELECT * FROM calls WHERE start BETWEEN $from AND $to;
CREATE TABLE talk_hours AS SELECT c.id, h.start AS hour_start,
  min(h."end", c.talk_from + c.talk) - max(h.start, c.talk_from) AS seconds
FROM counted c JOIN clock_hours h ON h.start > c.talk_from - 3600 AND h.start < c.talk_from + c.talk
WHERE c.talk > 0 AND h."end" > c.talk_from;
CREATE TABLE call_backs AS SELECT m.id, (SELECT min(a.start) - m."end" FROM calls a WHERE a.number = m.number
  AND a.outcome = 'answered' AND a.start > m."end" AND a.start <= m."end" + $within) AS seconds,
  m."end" + $within > $now AS still_open
FROM counted m WHERE m.direction = 'inbound' AND m.outcome <> 'answered' AND m.number IS NOT NULL;`;

const FIGURES = `
WITH grouped AS (SELECT json_array(KEYS) AS g, * FROM counted),
counts AS (SELECT g, count(*) AS calls,
  count(*) FILTER (WHERE direction = 'inbound') AS inbound,
  count(*) FILTER (WHERE direction = 'outbound') AS outbound,
  count(*) FILTER (WHERE direction = 'internal') AS internal,
  count(*) FILTER (WHERE direction = 'inbound' AND outcome = 'answered') AS answered,
  count(*) FILTER (WHERE direction = 'inbound' AND outcome = 'voicemail') AS voicemail,
  count(*) FILTER (WHERE direction = 'inbound' AND outcome NOT IN ('answered', 'voicemail')) AS missed,
  count(*) FILTER (WHERE direction = 'inbound' AND outcome NOT IN ('answered', 'voicemail') AND wait > $short) AS abandoned,
  count(*) FILTER (WHERE direction = 'inbound' AND outcome NOT IN ('answered', 'voicemail') AND wait <= $short) AS short_abandoned,
  count(*) FILTER (WHERE direction = 'inbound' AND outcome = 'answered' AND wait <= $level) AS in_time,
  count(*) FILTER (WHERE direction = 'inbound' AND outcome = 'answered' AND wait IS NOT NULL) AS answered_with_wait,
  avg(wait) FILTER (WHERE direction = 'inbound' AND outcome = 'answered') AS average_wait,
  max(wait) FILTER (WHERE direction = 'inbound') AS longest_wait,
  count(*) FILTER (WHERE direction = 'inbound' AND outcome <> 'answered' AND number IS NOT NULL) AS reachable,
  count(*) FILTER (WHERE direction = 'outbound' AND outcome = 'answered') AS outbound_answered,
  count(*) FILTER (WHERE direction = 'outbound' AND outcome = 'busy') AS busy,
  count(*) FILTER (WHERE direction = 'outbound' AND outcome = 'failed') AS failed,
  count(*) FILTER (WHERE outcome = 'answered') AS talks,
  count(*) FILTER (WHERE talk > 0) AS known_talks,
  sum(talk) FILTER (WHERE talk > 0) AS talk_seconds,
  avg(talk) FILTER (WHERE talk > 0) AS average_talk
  FROM grouped GROUP BY g),
hours AS (SELECT g, hour_start, sum(seconds) AS seconds FROM grouped JOIN talk_hours USING (id) GROUP BY g, hour_start),
busiest AS (SELECT g, max(seconds) / 3600.0 AS erlangs FROM hours GROUP BY g),
steps AS (SELECT g, talk_from AS t, 1 AS step FROM grouped WHERE talk > 0
  UNION ALL SELECT g, talk_from + talk, -1 FROM grouped WHERE talk > 0),
running AS (SELECT g, sum(step) OVER (PARTITION BY g ORDER BY t, step ROWS UNBOUNDED PRECEDING) AS at_once FROM steps),
peaks AS (SELECT g, max(at_once) AS peak FROM running GROUP BY g),
backs AS (SELECT g, count(*) FILTER (WHERE seconds IS NULL AND NOT still_open) AS never,
  count(*) FILTER (WHERE seconds IS NULL AND still_open) AS still_open
  FROM grouped JOIN call_backs USING (id) GROUP BY g),
ranked AS (SELECT g, seconds, row_number() OVER (PARTITION BY g ORDER BY seconds) AS n, count(*) OVER (PARTITION BY g) AS of
  FROM grouped JOIN call_backs USING (id) WHERE seconds IS NOT NULL),
medians AS (SELECT g, avg(seconds) AS seconds FROM ranked WHERE n IN ((of + 1) / 2, (of + 2) / 2) GROUP BY g)
SELECT g, calls, inbound, outbound, internal, answered, voicemail, missed,
  CASE WHEN missed = 0 OR abandoned + short_abandoned > 0 THEN abandoned END AS abandoned,
  CASE WHEN missed = 0 OR abandoned + short_abandoned > 0 THEN short_abandoned END AS shortAbandoned,
  1.0 * answered / nullif(inbound, 0) AS answerRate,
  CASE WHEN answered > 0 AND answered_with_wait = 0 THEN NULL
    WHEN $formula = 'offered' THEN 1.0 * in_time / nullif(inbound, 0)
    WHEN $formula = 'answered' THEN 1.0 * in_time / nullif(answered, 0)
    WHEN missed = 0 OR abandoned + short_abandoned > 0 THEN 1.0 * in_time / nullif(inbound - short_abandoned, 0)
  END AS serviceLevel,
  $level AS serviceLevelSeconds, $formula AS serviceLevelFormula,
  average_wait AS averageWaitSeconds, longest_wait AS longestWaitSeconds,
  outbound_answered AS outboundAnswered, busy, failed,
  CASE WHEN talks = 0 OR known_talks > 0 THEN coalesce(talk_seconds, 0) END AS totalTalkSeconds,
  average_talk AS averageTalkSeconds,
  CASE WHEN talks = 0 OR known_talks > 0 THEN coalesce(erlangs, 0) END AS busiestHourErlangs,
  CASE WHEN talks = 0 OR known_talks > 0 THEN coalesce(peak, 0) END AS peakSimultaneousCalls,
  CASE WHEN missed + voicemail = 0 OR reachable > 0 THEN coalesce(never, 0) END AS notCalledBack,
  CASE WHEN missed + voicemail = 0 OR reachable > 0 THEN coalesce(still_open, 0) END AS callBackOpen,
  medians.seconds AS medianCallBackSeconds
FROM counts LEFT JOIN busiest USING (g) LEFT JOIN peaks USING (g) LEFT JOIN backs USING (g) LEFT JOIN medians USING (g)`;

export interface SqlStatistics {
	figures(groupBy: readonly string[]): SqlRow[];
	close(): void;
}

export async function createSqlStatistics(
	truth: readonly OfficeCall[],
	unsaid: Unsaid,
	question: SqlQuestion,
): Promise<SqlStatistics> {
	const SQL = await initSqlJs();
	const db = new SQL.Database();
	db.exec(SCHEMA);
	fill(db, truth, unsaid);
	fillClock(db, question);
	db.exec(CALENDAR);
	const within = question.callBackHours * 3600;
	const { from, to, now } = question;
	db.exec(
		DERIVED.replaceAll('$from', String(from))
			.replaceAll('$to', String(to))
			.replaceAll('$within', String(within))
			.replaceAll('$now', String(now)),
	);
	return {
		figures(groupBy) {
			const statement = db.prepare(FIGURES.replace('KEYS', groupBy.join(', ')));
			statement.bind({
				$short: question.shortAbandonSeconds,
				$level: question.serviceLevelSeconds,
				$formula: question.serviceLevelFormula,
			});
			const rows: SqlRow[] = [];
			while (statement.step()) {
				const { g, ...figures } = statement.getAsObject() as SqlRow;
				const values = JSON.parse(g as string) as Array<string | number | null>;
				rows.push({ ...Object.fromEntries(groupBy.map((key, i) => [key, values[i]])), ...figures });
			}
			statement.free();
			return rows;
		},
		close: () => db.close(),
	};
}

function fill(db: Database, truth: readonly OfficeCall[], unsaid: Unsaid): void {
	const insert = db.prepare('INSERT INTO calls VALUES (?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,NULL)');
	db.exec('BEGIN');
	for (const call of truth) {
		const talked = call.talks.reduce((sum, talk) => sum + talk.to - talk.from, 0);
		insert.run([
			call.id,
			call.startedAt,
			call.endedAt,
			call.direction,
			call.ending,
			unsaid.waitSeconds ? null : call.waitSeconds,
			unsaid.talkSeconds ? null : talked,
			call.talks[0]?.from ?? null,
			unsaid.number ? null : call.customer,
			call.agent?.name ?? null,
			call.queue,
			call.line,
		]);
	}
	insert.free();
	db.exec('COMMIT');
}

/** Every change of the zone's offset, and every hour its clocks show, from a day before to two days after the period. */
function fillClock(db: Database, { zone, from, to }: SqlQuestion): void {
	const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
	const offsetAt = (instant: number): number => {
		const text = format.formatToParts(instant * 1000).find((p) => p.type === 'timeZoneName');
		const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(text?.value ?? '') ?? [];
		return sign === undefined
			? 0
			: Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60;
	};
	const insertOffset = db.prepare('INSERT INTO offsets VALUES (?, ?)');
	const insertHour = db.prepare('INSERT INTO clock_hours VALUES (?, ?)');
	db.exec('BEGIN');
	let last: number | null = null;
	let hourStart: number | null = null;
	for (let at = from - (from % 900) - 86_400; at < to + 4 * 86_400; at += 900) {
		const offset = offsetAt(at);
		const isFullHour = (at + offset) % 3600 === 0;
		if (isFullHour || offset !== last) {
			if (hourStart !== null) insertHour.run([hourStart, at]);
			hourStart = at;
		}
		if (offset !== last) insertOffset.run([at, offset]);
		last = offset;
	}
	insertOffset.free();
	insertHour.free();
	db.exec('COMMIT');
}
