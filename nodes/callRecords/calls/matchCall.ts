import type { Call } from '../call';
import type { CallRecord, Direction, Outcome } from '../callRecord';
import type { Seconds } from '../time';

/** Which calls are wanted, in words that hold for every platform. What is empty or null lets every call through. */
export interface CallMatch {
	directions: Direction[];
	outcomes: Outcome[];
	/** Of either side, as the user wrote it. */
	number: string | null;
	/** Name or extension of somebody who took part. */
	agent: string | null;
	/** At least so much talk. */
	minTalkSeconds: Seconds | null;
}

/** Judges the calls of one read. */
export interface CallMatcher {
	/** Sees every leg, before numbers and names are masked and before legs become calls. */
	see(leg: CallRecord): void;
	/** Whether a call is wanted. Forgets it then. */
	accepts(call: Call): boolean;
}

/** Fewer digits are an extension, which has to be the same from its first digit on. */
const FEWEST_DIGITS_OF_NUMBER = 6;

/**
 * Numbers and names are judged by the legs as the platform wrote them, since `Personal Data` may hide them in the call;
 * how it went and how it ended is known of the call as a whole only.
 */
export function createCallMatcher(match: CallMatch | null): CallMatcher {
	if (match === null) return { see: () => undefined, accepts: () => true };
	const { number, agent } = match;
	const withNumber = new Set<string>();
	const withAgent = new Set<string>();
	return {
		see(leg) {
			if (number !== null && hasNumber(leg, number)) withNumber.add(leg.callId);
			if (agent !== null && hasAgent(leg, agent)) withAgent.add(leg.callId);
		},
		accepts(call) {
			const isWithNumber = withNumber.delete(call.callId) || number === null;
			const isWithAgent = withAgent.delete(call.callId) || agent === null;
			return isWithNumber && isWithAgent && matchesWhole(call, match);
		},
	};
}

function matchesWhole(call: Call, { directions, outcomes, minTalkSeconds }: CallMatch): boolean {
	return (
		(directions.length === 0 || directions.includes(call.direction)) &&
		(outcomes.length === 0 || outcomes.includes(call.outcome)) &&
		(minTalkSeconds === null || (call.talkSeconds ?? 0) >= minTalkSeconds)
	);
}

function hasNumber(leg: CallRecord, wanted: string): boolean {
	const { from, to, fromE164, toE164, externalNumber, lineNumber } = leg;
	const known = [from, to, fromE164, toE164, externalNumber, lineNumber];
	return known.some((number) => number !== null && isSameNumber(number, wanted));
}

/** `+40 721 000 111`, `0040721000111` and `0721000111` are one number: what one has more stands in front. */
export function isSameNumber(a: string, b: string): boolean {
	const [one, other] = [significantDigits(a), significantDigits(b)];
	if (one === '' || other === '') return false;
	if (Math.min(one.length, other.length) < FEWEST_DIGITS_OF_NUMBER) return digits(a) === digits(b);
	return one.endsWith(other) || other.endsWith(one);
}

function digits(number: string): string {
	return number.replace(/\D/g, '');
}

/** Without the zeros of an international or a trunk prefix. */
function significantDigits(number: string): string {
	return digits(number).replace(/^0+/, '');
}

function hasAgent(leg: CallRecord, wanted: string): boolean {
	const name = wanted.toLowerCase();
	const names = [leg.agentName, leg.agentExtension];
	if (leg.fromKind === 'person') names.push(leg.fromName, leg.from);
	if (leg.toKind === 'person') names.push(leg.toName, leg.to);
	return names.some((known) => known?.trim().toLowerCase() === name);
}
