import { createHash } from 'crypto';

/** What the headers of a reply say of its body. */
export interface Expectation {
	/** Null when it is not said. */
	bytes: number | null;
	digests: Digest[];
}

export interface Digest {
	algorithm: string;
	/** In base64. */
	value: string;
}

/** Names of algorithms in headers, and what Node calls them. */
const ALGORITHMS = new Map([
	['md5', 'md5'],
	['sha-256', 'sha256'],
	['sha-512', 'sha512'],
]);

/**
 * Length and checksums, as far as they are given: Content-Length, Content-MD5 (RFC 1864), Digest (RFC 3230),
 * Content-Digest and Repr-Digest (RFC 9530).
 */
export function expectationOf(headers: Record<string, unknown>): Expectation {
	const length = headers['content-length'];
	const md5 = headers['content-md5'];
	const digests = ['digest', 'content-digest', 'repr-digest'].flatMap((name) =>
		String(headers[name] ?? '')
			.split(',')
			.flatMap(readDigest),
	);
	return {
		bytes: /^\d+$/.test(String(length)) ? Number(length) : null,
		digests: [
			...(typeof md5 === 'string' ? [{ algorithm: 'md5', value: md5.trim() }] : []),
			...digests,
		],
	};
}

/** `sha-256=…` or `sha-256=:…:`; nothing where it is neither, or of an algorithm that is not checked. */
function readDigest(part: string): Digest[] {
	const [, name, value] = /^\s*([a-z0-9-]+)=:?([A-Za-z0-9+/]+=*):?/i.exec(part) ?? [];
	const algorithm = name && ALGORITHMS.get(name.toLowerCase());
	return algorithm ? [{ algorithm, value }] : [];
}

/**
 * Compares what comes in with what was said of it.
 * @param least how long the file is at least by its own words; null when it does not say
 */
export function createComparison({ bytes, digests }: Expectation, least: number | null) {
	const hashes = digests.map(({ algorithm, value }) => ({ hash: createHash(algorithm), value }));
	let received = 0;
	return {
		add(chunk: Uint8Array): void {
			received += chunk.byteLength;
			for (const { hash } of hashes) hash.update(chunk);
		},
		/** Bytes. */
		received: () => received,
		/** What is wrong, as the end of a sentence; null when nothing is. */
		contradiction(): string | null {
			// More than announced is a body that was packed against our will, and unpacked on the way.
			if (bytes !== null && received < bytes) {
				return `came in with ${received} of ${bytes} bytes`;
			}
			if (bytes === null && least !== null && received < least) {
				return `came in with ${received} of at least ${least} bytes`;
			}
			const isDamaged = hashes.some(({ hash, value }) => hash.digest('base64') !== value);
			return isDamaged ? 'came in damaged: its checksum is not the one the server gives' : null;
		},
	};
}
