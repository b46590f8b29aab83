import { __name__ } from '../../../nodes/__Name__/platform';
import type { Settings } from '../../../nodes/callRecords/platform';
import { GOLDEN } from './golden';

const settings: Settings = {
	platform: '__name__',
	host: 'pbx.example.com',
	zone: 'UTC',
	baseUrl: 'https://pbx.example.com',
	options: {},
	prepared: {},
};

describe('__Title__ rows', () => {
	it.each(GOLDEN)('$name', ({ row, mapped }) => {
		const [id] = __name__.recordIds([row]);
		expect(__name__.mapRow(row, id, settings)).toMatchObject(mapped);
		expect(__name__.startOf(row, settings)).toEqual(expect.any(Number));
	});
});
