import { DETAIL_FIELDS, ID_FIELDS, type CallRecord } from './callRecord';

/** Who took an inbound call: a person, else a voicemail that took a message, else only machines. */
export type AnsweredBy = 'person' | 'voicemail' | 'system';

/**
 * One call, told with the fields of a call record, so that nothing in a workflow changes when legs become calls, plus
 * six. `recordId` is `<platform>:<host>:<callId>`, and `platformRecordId` equals `callId`.
 */
export interface Call extends CallRecord {
	/** How many legs the platform wrote for the call, at least 1. */
	legCount: number;
	/** From the start until the first person answered, else until the end. Whole seconds. */
	waitSeconds: number | null;
	/** Null where nobody and nothing answered. */
	answeredBy: AnsweredBy | null;
	/** How often the outside party went from one person to another. */
	transferCount: number;
	/** The sides the outside party met, in time order: `IVR Welcome (6200) > Queue Sales (6400) > Ann Lee (4005)`. */
	path: string | null;
	/** The newest leg ended more than the settling time before the read began. */
	isComplete: boolean;
	/** In time order; only with the option Include Legs. */
	legs?: CallRecord[];
}

/** The columns of a call, in the order in which they are shown and exported. */
export const CALL_FIELDS = [
	...DETAIL_FIELDS,
	'legCount',
	'waitSeconds',
	'answeredBy',
	'transferCount',
	'path',
	'isComplete',
	...ID_FIELDS,
] as const satisfies ReadonlyArray<keyof Call>;
