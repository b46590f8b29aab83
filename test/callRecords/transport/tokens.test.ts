import {
	isSessionOver,
	ownerOf,
	sessionFields,
	SessionOver,
} from '../../../nodes/callRecords/transport/tokens';

const LOGIN = ['username', 'password'];
const CREDENTIALS = {
	baseUrl: 'https://pbx.example.com:8088',
	username: 'anna',
	password: 'the-password',
	timezone: 'UTC',
};
const owner = (other: object = {}) => ownerOf({ ...CREDENTIALS, ...other }, LOGIN);

describe('the owner of a session', () => {
	it('is the same as long as address and login data are, however the address is typed', () => {
		expect(owner()).toMatch(/^[0-9a-f]{32}$/);
		expect(owner({ timezone: 'Asia/Shanghai', sessionToken: 'another' })).toBe(owner());
		for (const baseUrl of ['/', '//', ' '].map((end) => `${CREDENTIALS.baseUrl}${end}`)) {
			expect(owner({ baseUrl })).toBe(owner());
		}
		expect(owner({ baseUrl: ` ${CREDENTIALS.baseUrl}` })).toBe(owner());
	});

	it.each([
		['address', { baseUrl: 'https://other.example.com:8088' }],
		['port', { baseUrl: 'https://pbx.example.com' }],
		['path', { baseUrl: 'https://pbx.example.com:8088/b' }],
		['user', { username: 'berta' }],
		['password', { password: 'The-password' }],
		['border between two fields', { username: 'annathe', password: '-password' }],
	])('is another one with another %s', (_what, other) => {
		expect(owner(other)).not.toBe(owner());
	});

	it('tells paths apart that have a slash inside', () => {
		expect(owner({ baseUrl: 'https://pbx.example.com/a/b' })).not.toBe(
			owner({ baseUrl: 'https://pbx.example.com/ab' }),
		);
	});

	it('without an address is one too, and shows nothing of the login data', () => {
		expect(owner({ baseUrl: undefined })).toBe(owner({ baseUrl: '' }));
		expect(owner({ username: 'abcdef' })).not.toContain('abcdef');
	});
});

describe('a stored session', () => {
	const MINE = 'mine';
	const isOver = (token: unknown, sessionEndsAt?: string | number, sessionOwner?: string) =>
		isSessionOver(token, MINE, { sessionEndsAt, sessionOwner } as never);

	it.each<[string, string | number | undefined]>([
		['whose end nobody knows', undefined],
		['whose end was not stored', ''],
		['without an end', 0],
		['that ends in an hour', Date.now() + 3_600_000],
		['whose end is stored as text', String(Date.now() + 3_600_000)],
	])('%s is good', (_name, endsAt) => {
		expect(isOver('token', endsAt, MINE)).toBe(false);
		expect(isOver('token', endsAt)).toBe(false);
		expect(isOver('token', endsAt, '')).toBe(false);
	});

	it('that has ended is over, from the very moment', () => {
		jest.useFakeTimers({ now: 1_700_000_000_000 });
		expect(isOver('token', 1_700_000_000_001, MINE)).toBe(false);
		expect(isOver('token', 1_700_000_000_000, MINE)).toBe(true);
		expect(isOver('token', '1699999999999', MINE)).toBe(true);
		expect(isOver('token', 1)).toBe(true);
		jest.useRealTimers();
	});

	it('of other login data is over, whenever it ends', () => {
		expect(isOver('token', 0, 'theirs')).toBe(true);
		expect(isOver('token', Date.now() + 3_600_000, 'theirs')).toBe(true);
	});

	it.each(['', undefined])(
		'that there is none of (%j) is not over: n8n logs in anyway',
		(token) => {
			expect(isOver(token, 1, 'theirs')).toBe(false);
		},
	);

	it('that is over looks to n8n like HTTP 401, which makes it log in', () => {
		const over = new SessionOver();
		expect(over.response.status).toBe(401);
		expect(over.message).toBe('The session token has ended, or belongs to other login data');
	});

	it('is kept where no user sees it', () => {
		expect(sessionFields.map(({ name, type, default: normal }) => [name, type, normal])).toEqual([
			['sessionEndsAt', 'hidden', ''],
			['sessionOwner', 'hidden', ''],
		]);
	});
});
