import { yeastarPSeries } from '../../../nodes/YeastarPSeries/platform';
import { expectDropDowns, expectErrorCodes } from '../../support/contract';
import { settings } from './mapping';

const SPAN = { from: Date.UTC(2025, 2, 4, 9) / 1000, to: Date.UTC(2025, 2, 4, 9, 59, 58) / 1000 };
const DISPLAY = settings('Etc/GMT-2', {
	timeForm: 'displayFormat',
	dateFormat: 'DD/MM/YYYY',
	hours: 12,
});

describe('a request to a P-Series PBX', () => {
	const question = { range: SPAN, page: 3, pageSize: 50, filters: { status: 'ANSWERED' } };

	it('asks for a page of a range of instants, and a second more', () => {
		expect(yeastarPSeries.request(question, settings())).toEqual({
			method: 'GET',
			url: `/openapi/v1.0/cdr/search?page=3&page_size=50&start_time=${SPAN.from}&end_time=${SPAN.to}&status=ANSWERED`,
			headers: { 'User-Agent': 'OpenAPI' },
		});
		expect(yeastarPSeries.clock(settings())).toBe('epoch');
		expect(yeastarPSeries.clockToleranceSeconds?.(settings())).toBe(0);
	});

	it('asks as the PBX displays times where it understands nothing else, an hour wider', () => {
		const { url } = yeastarPSeries.request(question, DISPLAY);
		const { searchParams } = new URL(String(url), 'https://pbx.example.com');
		expect(Object.fromEntries(searchParams)).toEqual({
			page: '3',
			page_size: '50',
			start_time: '04/03/2025 09:00:00 AM',
			end_time: '04/03/2025 09:59:58 AM',
			status: 'ANSWERED',
		});
		expect(yeastarPSeries.clock(DISPLAY)).toBe('wall');
		expect(yeastarPSeries.clockToleranceSeconds?.(DISPLAY)).toBe(3600);
	});

	it('goes alone unless the user wants more, in pages of 1000', () => {
		expect(yeastarPSeries.requestsAtOnce).toEqual({ default: 1, max: 4 });
		expect(yeastarPSeries.pageSize).toEqual({ default: 1000, max: 10_000 });
	});

	it('has a session', () => expect(yeastarPSeries.sessionField?.({})).toBe('accessToken'));
});

it('has options that a user can choose from', () => {
	expectDropDowns(yeastarPSeries.options, {
		dateFormat: {
			values: expect.arrayContaining(['automatic', 'DD/MM/YYYY']) as string[],
			normal: 'automatic',
		},
		hourFormat: { values: ['12', '24', 'automatic'], normal: 'automatic' },
		timeFormat: { values: ['automatic', 'displayFormat', 'epoch'], normal: 'automatic' },
	});
});

it('is known by the names that record ids and credentials rely on', () => {
	const { name, title, credentialType } = yeastarPSeries;
	expect({ name, title, credentialType }).toEqual({
		name: 'yeastarPSeries',
		title: 'Yeastar P-Series',
		credentialType: 'yeastarPSeriesApi',
	});
});

it('refuses in codes that are understood', () => {
	expectErrorCodes(yeastarPSeries, {
		temporary: ['-2', '1', '2', '70082'],
		unknown: ['-1'],
		input: ['10001', '10002', '10003', '40001', '40002', '40003'],
		expired: ['10004'],
		credentials: ['10005', '10009', '70084'],
		empty: ['60001'],
		rate: ['60002'],
		blocked: ['70004', '70087', '70123'],
	});
});
