import { LoginFailed } from '../../../nodes/callRecords/errors';
import { LoginRejected } from '../../../nodes/callRecords/platform';
import {
	createSharedLogin,
	loginErrorKind,
} from '../../../nodes/callRecords/transport/sharedLogin';
import { fakePlatform, thrownBy } from '../../support/fakePlatform';

const rejected = (code: string) => new LoginRejected({ code, text: null }, 'no');
const failing = (error: Error) => jest.fn(async () => await Promise.reject<string>(error));

describe('a login', () => {
	it('is shared by all who ask for the same owner meanwhile, and done anew afterwards', async () => {
		const share = createSharedLogin<string>(fakePlatform);
		const logIn = jest.fn(async () => await Promise.resolve('session'));
		const all = [share('mine', logIn), share('mine', logIn), share('other', logIn)];
		expect(await Promise.all(all)).toEqual(['session', 'session', 'session']);
		expect(logIn).toHaveBeenCalledTimes(2);
		await share('mine', logIn);
		expect(logIn).toHaveBeenCalledTimes(3);
	});

	it.each([
		['login', 1],
		['banned', 1],
		['slow', 1],
		['down', 2],
		['x99', 2],
	])(
		'that was refused (%s) is tried %i times when two ask one after the other',
		async (code, times) => {
			const share = createSharedLogin<string>(fakePlatform);
			const logIn = failing(rejected(code));
			for (let i = 0; i < 2; i++) expect((await thrownBy(share('mine', logIn))).message).toBe('no');
			expect(logIn).toHaveBeenCalledTimes(times);
		},
	);

	it('that was refused is tried again after ten seconds', async () => {
		jest.useFakeTimers({ now: 1_700_000_000_000 });
		const share = createSharedLogin<string>(fakePlatform);
		const logIn = failing(rejected('login'));
		await thrownBy(share('mine', logIn));
		jest.setSystemTime(1_700_000_010_001);
		await thrownBy(share('mine', logIn));
		jest.useRealTimers();
		expect(logIn).toHaveBeenCalledTimes(2);
	});

	it('fails as its code says, or for a while', () => {
		expect(loginErrorKind(rejected('banned'), fakePlatform)).toBe('blocked');
		const meant = new LoginRejected({ code: 'x', text: null }, 'no', {
			kind: 'credentials',
			means: 'refuses the login',
		});
		expect(loginErrorKind(meant, fakePlatform)).toBe('credentials');
		const failed = new LoginFailed({ kind: 'input', message: 'It is a printer' });
		expect(loginErrorKind(failed, fakePlatform)).toBe('temporary');
	});
});
