import * as fc from 'fast-check';

import type { CallRecord } from '../../../nodes/callRecords/callRecord';
import {
	createCallMatcher,
	isSameNumber,
	type CallMatch,
} from '../../../nodes/callRecords/calls/matchCall';
import { oneCall } from '../../support/statisticsCall';

const ALL: CallMatch = {
	directions: [],
	outcomes: [],
	number: null,
	agent: null,
	minTalkSeconds: null,
};

/** Whether a call of these legs is wanted; the call itself has no numbers and no names, as with personal data removed. */
function accepts(match: Partial<CallMatch>, call = oneCall(), legs: CallRecord[] = [call]) {
	const matcher = createCallMatcher({ ...ALL, ...match });
	for (const leg of legs) matcher.see(leg);
	return matcher.accepts({
		...call,
		from: null,
		to: null,
		externalNumber: null,
		agentName: null,
		agentExtension: null,
	});
}

describe('conditions that hold on every platform', () => {
	it('let every call through when there are none', () => {
		expect(createCallMatcher(null).accepts(oneCall())).toBe(true);
		expect(accepts({})).toBe(true);
	});

	it.each<[Partial<CallMatch>, boolean]>([
		[{ directions: ['inbound'] }, true],
		[{ directions: ['outbound', 'internal'] }, false],
		[{ outcomes: ['missed', 'answered'] }, true],
		[{ outcomes: ['missed'] }, false],
		[{ minTalkSeconds: 60 }, true],
		[{ minTalkSeconds: 61 }, false],
		[{ number: '0722 000 111' }, true],
		[{ number: '+40722000112' }, false],
		[{ agent: 'ann lee' }, true],
		[{ agent: 'Ann' }, false],
		[{ agent: '4005' }, true],
		[{ agent: '400' }, false],
		[{ directions: ['inbound'], outcomes: ['missed'] }, false],
		[{ number: '+40722000111', agent: 'Bob' }, false],
	])('%j: %s', (match, expected) => expect(accepts(match)).toBe(expected));

	it('a call without a known talk time has none', () => {
		expect(accepts({ minTalkSeconds: 1 }, oneCall({ talkSeconds: null }))).toBe(false);
	});

	it('number and agent may be on different legs of the call', () => {
		const legs = [
			oneCall({ agentName: null, agentExtension: null }),
			oneCall({ from: '6400', externalNumber: null, toKind: 'person', to: '4006', toName: 'Bo' }),
		];
		expect(accepts({ number: '+40722000111', agent: 'Bo' }, legs[0], legs)).toBe(true);
		expect(accepts({ agent: '4006' }, legs[0], legs)).toBe(true);
	});

	it('the name of a queue or of the caller is no agent', () => {
		const call = oneCall({
			fromKind: 'external',
			fromName: 'Sales',
			toKind: 'queue',
			toName: 'Sales',
		});
		expect(accepts({ agent: 'Sales' }, call)).toBe(false);
	});

	it('a leg of one call says nothing about another', () => {
		const matcher = createCallMatcher({ ...ALL, number: '+40722000111' });
		matcher.see(oneCall({ id: '1' }));
		expect(matcher.accepts(oneCall({ id: '2' }))).toBe(false);
		expect(matcher.accepts(oneCall({ id: '1' }))).toBe(true);
	});
});

describe('two forms of a number', () => {
	const number = fc.stringMatching(/^[1-9]\d{8}$/);

	it('are the same with and without country code, trunk zero and blanks', () => {
		fc.assert(
			fc.property(number, (national) => {
				const forms = [
					national,
					`0${national}`,
					`+40${national}`,
					`0040 ${national}`,
					`+40 ${national.slice(0, 3)}-${national.slice(3)}`,
				];
				for (const a of forms) for (const b of forms) expect(isSameNumber(a, b)).toBe(true);
			}),
		);
	});

	it('are different where a digit differs', () => {
		fc.assert(
			fc.property(number, fc.nat({ max: 8 }), (national, at) => {
				const digit = (Number(national[at]) + 1) % 10;
				const other = `${national.slice(0, at)}${digit}${national.slice(at + 1)}`;
				// A leading zero would be one of a trunk prefix.
				if (other.startsWith('0')) return;
				expect(isSameNumber(`+40${national}`, `0${other}`)).toBe(false);
			}),
		);
	});

	it.each([
		['4005', '+40214005', false],
		['4005', '4005', true],
		['05', '5', false],
		['anonymous', '4005', false],
		['', '', false],
	])('short ones have to be equal: %j, %j: %s', (a, b, expected) =>
		expect(isSameNumber(a, b)).toBe(expected),
	);
});
