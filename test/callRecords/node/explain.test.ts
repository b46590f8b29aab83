import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { toNodeApiError } from '../../../nodes/callRecords/errors';
import { explain, failureItem, type Place } from '../../../nodes/callRecords/node/explain';
import { InputError } from '../../../nodes/callRecords/platform';
import { IncompleteRead } from '../../../nodes/callRecords/extract/verdict';
import type { Connection } from '../../../nodes/callRecords/transport/connection';
import { fakePlatform } from '../../support/fakePlatform';

const NODE = { name: 'Node', parameters: {} } as INode;
const WINDOW = { from: 1_741_048_500, to: 1_741_052_099 };
const PERIOD = '2025-03-04T08:35:00+08:00 to 2025-03-04T09:34:59+08:00';

const connection = { settings: { zone: 'Asia/Shanghai' } } as Connection;
const place = (more: Partial<Place> = {}): Place => ({
	node: NODE,
	platform: fakePlatform,
	itemIndex: 3,
	connection,
	window: WINDOW,
	...more,
});
const problem = (description?: string) =>
	toNodeApiError(NODE, { kind: 'temporary', message: 'It is down', description });

describe('an error of a request', () => {
	it('also names the period and the item', () => {
		const error = problem('Wait.');
		const explained = explain(error, place());
		expect(explained).toBe(error);
		expect(explained.description).toBe(`Wait. Period: ${PERIOD}.`);
		expect(explained.context.itemIndex).toBe(3);
	});

	it.each([
		[{ advice: 'Look there.' }, `Wait. Period: ${PERIOD}. Look there.`],
		[{ window: undefined }, 'Wait.'],
		[{ connection: undefined }, 'Wait.'],
		[{ window: undefined, advice: 'Look there.' }, 'Wait. Look there.'],
	])('says what is known: %j', (more, description) => {
		expect(explain(problem('Wait.'), place(more)).description).toBe(description);
	});

	it('belongs to item 0 as to any other, and to none in a trigger', () => {
		expect(explain(problem(), place({ itemIndex: 0 })).context.itemIndex).toBe(0);
		expect(explain(problem(), place({ itemIndex: undefined })).context).not.toHaveProperty(
			'itemIndex',
		);
	});
});

it('an error that was explained before stays as it is', () => {
	const error = new NodeOperationError(NODE, 'Said already', { description: 'Fully.' });
	expect(explain(error, place({ advice: 'Look there.' }))).toBe(error);
	expect(error.description).toBe('Fully.');
});

it('a parameter that cannot be used is named, with what to do', () => {
	const input = new InputError('Limit', "'Limit' has to be 1 or more", 'Enter a number.');
	const explained = explain(input, place());
	expect(explained).toBeInstanceOf(NodeOperationError);
	expect(explained.message).toBe("'Limit' has to be 1 or more");
	expect(explained.description).toBe('Enter a number.');
	expect(explained.context.itemIndex).toBe(3);
});

describe('an incomplete read', () => {
	const incomplete = new IncompleteRead(WINDOW, 'it counts 3 but sends 2');

	it('names the part in the time of the platform', () => {
		const wall = place({ platform: { ...fakePlatform, clock: () => 'wall' } });
		const explained = explain(incomplete, wall);
		expect(explained.message).toBe(
			'Fake PBX did not give a complete answer for 2025-03-04 00:35:00 to 2025-03-04 01:34:59 (Asia/Shanghai): it counts 3 but sends 2',
		);
		expect(explained.description).toBe(
			'Nothing was returned, because records might be missing. Try again; if the error stays, report it to the platform with this period.',
		);
		expect(explained.context.itemIndex).toBe(3);
	});

	it('names the part in instants where the platform speaks them', () => {
		const explained = explain(incomplete, place({ advice: 'Look there.' }));
		expect(explained.message).toBe(
			`Fake PBX did not give a complete answer for ${PERIOD}: it counts 3 but sends 2`,
		);
		expect(explained.description).toMatch(/with this period\. Look there\.$/);
	});

	it('is told as it is while nothing is known of the platform', () => {
		const explained = explain(incomplete, place({ connection: undefined }));
		expect(explained.message).toBe('Fake PBX: it counts 3 but sends 2');
	});
});

it('what nobody foresaw is said for which platform it was', () => {
	const explained = explain(new TypeError('x is not a function'), place({ advice: 'Look there.' }));
	expect(explained).toBeInstanceOf(NodeOperationError);
	expect(explained.message).toBe('Fake PBX: x is not a function');
	expect(explained.description).toBe('Look there.');
	expect(explained.context.itemIndex).toBe(3);
});

it('an item that failed says why, and what to do where that is known', () => {
	expect(failureItem(problem('Wait.'))).toEqual({ error: 'It is down', description: 'Wait.' });
	expect(failureItem(new NodeOperationError(NODE, 'Gone'))).toEqual({ error: 'Gone' });
	expect(failureItem(new NodeApiError(NODE, {}, { message: 'Gone' }))).toEqual({ error: 'Gone' });
});
