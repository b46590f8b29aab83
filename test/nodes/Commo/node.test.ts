import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { Commo } from '../../../nodes/Commo/Commo.node';

const { description } = new Commo();
const notices = description.properties.filter(({ type }) => type === 'notice') as INodeProperties[];

/** Whether the notice is there while the node has these parameters. */
function isShown(parameters: INodeParameters): boolean {
	const values = { resource: 'callRecord', operation: 'getAll', filters: {}, ...parameters };
	return notices.some((notice) => NodeHelpers.displayParameter(values, notice, null, description));
}

describe('the notice on what a query state does', () => {
	it('is shown where records are marked as queried, and nowhere else', () => {
		expect(isShown({ filters: { syncflag: 1 } })).toBe(true);
		expect(isShown({ filters: { syncflag: 1 }, operation: 'export' })).toBe(true);
		expect(isShown({})).toBe(false);
		expect(isShown({ filters: { syncflag: 2 } })).toBe(false);
		expect(isShown({ filters: { syncflag: 3 } })).toBe(false);
		expect(isShown({ filters: { direction: 1 } })).toBe(false);
	});

	it('stands below the filters', () => {
		const names = description.properties.map(({ name }) => name);
		expect(names.indexOf('notQueriedYet')).toBe(names.indexOf('filters') + 1);
	});
});
