import {
	checkHost,
	isOwnAddress,
	readAllowedHosts,
} from '../../../nodes/callRecords/recordings/hosts';
import { InputError } from '../../../nodes/callRecords/platform';

const BASE = 'https://pbx.example.com:8088/base';

const isAllowed = (url: string, given = '') => {
	try {
		checkHost(new URL(url), BASE, readAllowedHosts(given));
		return true;
	} catch {
		return false;
	}
};

describe('the hosts recordings may come from', () => {
	it.each([
		['https://pbx.example.com:8088/a.wav', ''],
		['http://pbx.example.com/a.wav', ''],
		['https://PBX.example.com:9/a.wav', ''],
		['https://rec.example.com/a.wav', 'rec.example.com'],
		['https://rec.example.com/a.wav', 'REC.example.com'],
		['https://rec.example.com/a.wav', ' other.example.com , https://rec.example.com/path '],
		['https://rec.example.com/a.wav', 'http://rec.example.com'],
		['http://203.0.113.9/a.wav', '203.0.113.9'],
		['http://203.0.113.9:81/a.wav', '203.0.113.9:81'],
		['http://[2001:db8::1]:81/a.wav', '[2001:db8::1]'],
		['https://eu.rec.example.com/a.wav', '*.example.com'],
	])('%s is allowed with "%s"', (url, given) => expect(isAllowed(url, given)).toBe(true));

	it.each([
		['https://rec.example.com/a.wav', ''],
		['https://example.com/a.wav', ''],
		['https://pbx.example.com.evil.example/a.wav', ''],
		['https://evilpbx.example.com/a.wav', ''],
		['https://pbx.example.com@evil.example/a.wav', ''],
		['https://evil.example\\@pbx.example.com/a.wav', ''],
		['https://evil.example/a.wav', 'rec.example.com'],
		['https://evilexample.com/a.wav', '*.example.com'],
		['http://203.0.113.9:82/a.wav', '203.0.113.9:81'],
		['http://127.0.0.1/a.wav', ''],
		['file:///etc/passwd', ''],
		['file://pbx.example.com/etc/passwd', ''],
		['ftp://pbx.example.com/a.wav', ''],
		['data:audio/wav;base64,AAAA', ''],
	])('%s is not allowed with "%s"', (url, given) => expect(isAllowed(url, given)).toBe(false));

	const errorOf = (work: () => unknown): InputError => {
		try {
			work();
		} catch (error) {
			expect(error).toBeInstanceOf(InputError);
			return error as InputError;
		}
		throw new Error('nothing was thrown');
	};

	it.each([
		'user@rec.example.com',
		'a?b',
		'rec.example.com#x',
		'http://',
		'*.',
		'rec.example.com:',
		'ftp://rec.example.com',
		'view-source:http://rec.example.com',
	])('"%s" is no list of hosts', (given) => {
		expect(errorOf(() => readAllowedHosts(given))).toMatchObject({
			parameter: 'Allowed Hosts',
			message: `'Allowed Hosts' has an entry that is not a host: "${given}"`,
			advice: 'Enter host names separated by commas, like recordings.example.com.',
		});
	});

	it('say which host has to be allowed, and that the credential stays here', () => {
		expect(
			errorOf(() => checkHost(new URL('https://rec.example.com:444/a.wav'), BASE, [])),
		).toMatchObject({
			parameter: 'Allowed Hosts',
			message:
				'The recording is on rec.example.com:444, which is not the host of the credential (pbx.example.com)',
			advice:
				"If you trust that host, enter it in the option 'Allowed Hosts'. It does not get the credential.",
		});
	});

	it('are reached over the web alone', () => {
		expect(
			errorOf(() => checkHost(new URL('ftp://pbx.example.com/a.wav'), BASE, [])),
		).toMatchObject({
			parameter: 'Recording',
			message: 'A recording cannot be downloaded over ftp:',
		});
	});

	it.each([undefined, null, '', ' , ', 5])('%j is an empty list', (given) => {
		expect(readAllowedHosts(given)).toEqual([]);
	});
});

describe('the address the credential is for', () => {
	it.each(['https://pbx.example.com:8088/a', 'https://pbx.example.com:8088/base/a?b=c'])(
		'is that of %s',
		(url) => {
			expect(isOwnAddress(new URL(url), BASE)).toBe(true);
		},
	);

	it.each([
		'http://pbx.example.com:8088/a',
		'https://pbx.example.com/a',
		'https://pbx.example.com:8089/a',
		'https://www.pbx.example.com:8088/a',
	])('is not that of %s', (url) => {
		expect(isOwnAddress(new URL(url), BASE)).toBe(false);
	});
});
