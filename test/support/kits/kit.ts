import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeType,
} from 'n8n-workflow';

import type { Platform } from '../../../nodes/callRecords/platform';
import type { HappenedCall } from '../../vendors/calls';
import type { ReplyPaths } from '../../vendors/faults';
import type { Arrived, Sandbox } from '../../vendors/server';
import type { Store } from '../../vendors/store';
import { happenedOf, type CallTruth } from '../../vendors/truth';
import type { Variants } from '../../vendors/variants';

/** What a suite that holds for every platform has to know of one of them. */
export interface PlatformKit {
	platform: Platform;
	node(): INodeType;
	credential(): ICredentialType;
	/** The zone of the platform's clock in the sandbox when nothing else is asked for. */
	zone: string;
	/** Every parameter of the vendor's page that narrows the list of calls. */
	vendorFilters: string[];
	start(options: KitOptions): Promise<KitSandbox>;
	/** What a user would have stored to reach the sandbox. */
	credentials(sandbox: KitSandbox, zone?: string): ICredentialDataDecryptedObject;
	/** Every secret of the credential, and those that only the server knows (as SIP passwords). */
	secrets: string[];
	answers: KitAnswers;
	/** Left out where the platform gives no recordings. */
	recordings?: KitRecordings;
}

/** What is particular to the recordings of a platform. */
export interface KitRecordings {
	/** Whether a request asked for a file itself. */
	isFile(request: Arrived): boolean;
	options?(sandbox: KitSandbox): IDataObject;
	arrange?(sandbox: KitSandbox): void;
	/** The fields or headers (in lower case) with which a file is asked for; none where files are open. */
	proofs: string[];
	/** The name in a call record is below a folder. */
	hasFolders?: boolean;
}

/** The platform's replies, for suites that spoil them. */
export interface KitAnswers {
	paths: ReplyPaths;
	/** How the platform says no: with this code of its API error table, in these words. */
	refuse(code: string, words: string): unknown;
	/** Fields of a row that the platform fills in or corrects after the call. */
	later: Record<string, unknown>;
	/** Fields and headers (in lower case) of requests that carry proof: tokens, hashes, keys. */
	proofs: string[];
	/** The field of a row with its id. */
	idField: string;
}

export interface KitOptions {
	calls: HappenedCall[];
	/** IANA name of the platform's clock. */
	zone?: string;
	/** Calls as they truly were, in the legs of the platform, besides `calls`. */
	truths?: CallTruth[];
}

/** The calls for a platform that writes one row of each. */
export const withTruths = ({ calls, truths = [] }: KitOptions): HappenedCall[] => [
	...calls,
	...truths.map((call, i) => happenedOf(call, FIRST_TRUTH + i)),
];

/** Their numbers are not those of other calls. */
const FIRST_TRUTH = 500_000;

export interface KitSandbox extends Sandbox {
	store: Store<object>;
	/** Adds the row (or rows, where a call has legs) of a call. */
	add(call: HappenedCall): void;
	variants: Variants;
	/** What it holds, as it would send it, oldest first. */
	held(): Array<{ start: number; row: object }>;
	/** The `platformRecordId`s of all rows in the sandbox now. */
	ids(): string[];
	/** Whether a request asked for call records, and not for a token or a list. */
	isRead(request: Arrived): boolean;
	/** Ends all session tokens, as time does. Does nothing where there are none. */
	endSessions(): void;
}
