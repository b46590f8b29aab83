import { storedCall, type Stored } from '../store';
import { happenedOf, type CallTruth } from '../truth';
import { formatWall, wallOf } from '../wall';
import { clock, while1Row, type While1Row } from '../while1Row';

/**
 * The rows of calls as While1 writes them: one for each person whom the outside party met, tied together by `linkedid`.
 * The time in menu and queue stands in the first of them.
 */
export function createWhile1Legs(zone: string): (call: CallTruth) => Array<Stored<While1Row>> {
	let rows = 0;
	return (call) => {
		const first = happenedOf(call, ++rows);
		const linkedid = `${call.startedAt}.${rows}`;
		const [talk, ...others] = call.talks;
		const end = talk?.to ?? call.endedAt;
		const head = {
			...first,
			talkSeconds: call.ending === 'answered' ? end - call.startedAt - call.waitSeconds : 0,
		};
		const waits = {
			qname: call.queue,
			ivr_duration: clock(call.menuSeconds),
			hold_time: clock(call.queue === null ? 0 : call.waitSeconds - call.menuSeconds),
		};
		const transferred = others.map(({ agent, from, to }) => ({
			...first,
			number: ++rows,
			start: from,
			ringSeconds: 0,
			talkSeconds: to - from,
			agent: agent.name,
			extension: agent.extension,
		}));
		return [head, ...transferred].map((leg, i) => {
			const row: While1Row = {
				...while1Row(leg, zone),
				...(i === 0 ? waits : { qname: null }),
				linkedid,
				uniqueid: `${leg.start}.${leg.number}`,
				user_fullname: leg.talkSeconds > 0 || call.direction !== 'inbound' ? leg.agent : null,
				transfers: others[i]?.agent.extension ?? null,
				time_end: formatWall(wallOf(leg.start + leg.ringSeconds + leg.talkSeconds, zone)),
			};
			return storedCall(leg, wallOf(leg.start, zone), row);
		});
	};
}
