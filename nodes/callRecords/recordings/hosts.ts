import { InputError } from '../platform';

/**
 * Which hosts recordings may come from: that of the credential, on whatever port, and those the user names. Entries
 * are host names, with a port to allow only that, or with `*.` in front for all below.
 */
export function readAllowedHosts(given: unknown): string[] {
	const entries = typeof given === 'string' ? given.split(/[\s,;]+/) : [];
	return entries
		.filter((entry) => entry !== '')
		.map((entry) => {
			const host = entry.replace(/^https?:\/\//i, '').replace(/\/.*/, '');
			const url = `http://${host.replace(/^\*\./, '')}`;
			if (/[@?#]|:$/.test(host) || !URL.canParse(url)) {
				throw new InputError(
					'Allowed Hosts',
					`'Allowed Hosts' has an entry that is not a host: "${entry}"`,
					'Enter host names separated by commas, like recordings.example.com.',
				);
			}
			return host.toLowerCase();
		});
}

/** @throws InputError when nobody has said that this host is to be trusted */
export function checkHost(url: URL, baseUrl: string, allowed: string[]): void {
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw new InputError('Recording', `A recording cannot be downloaded over ${url.protocol}`);
	}
	const own = new URL(baseUrl).hostname;
	if (url.hostname === own || allowed.some((host) => isMeant(url, host))) return;
	throw new InputError(
		'Allowed Hosts',
		`The recording is on ${url.host}, which is not the host of the credential (${own})`,
		"If you trust that host, enter it in the option 'Allowed Hosts'. It does not get the credential.",
	);
}

function isMeant(url: URL, host: string): boolean {
	if (host.startsWith('*.')) return url.hostname.endsWith(host.slice(1));
	return host === url.hostname || host === url.host;
}

/** The credential goes nowhere but to the very address it is for: another port may be another's server. */
export function isOwnAddress(url: URL, baseUrl: string): boolean {
	return url.origin === new URL(baseUrl).origin;
}
