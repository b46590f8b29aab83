import { fill, outcomeWord, type Crm, type Fields } from './crm';

/**
 * Salesforce, the object Task: a call is a completed task with the subtype Call. "Reference" is the Object Reference,
 * Task. WhoId, WhatId and OwnerId belong to the workflow, which knows the contact.
 */
const FIELDS: Fields = {
	/** Reference: the subject line, up to 255 characters. */
	Subject: ({ title }) => title,
	/** Reference: `Call`, so that the task is shown as a call. Only set when created. */
	TaskSubtype: () => 'Call',
	/** Reference: required. The default value of a task that is done. */
	Status: () => 'Completed',
	/** Reference: required. The default value. */
	Priority: () => 'Normal',
	/** Reference: a **date without time**; midnight UTC is no time of day. The day in the platform's zone. */
	ActivityDate: ({ startedAt }) => startedAt.slice(0, 'YYYY-MM-DD'.length),
	/** Reference: Inbound, Outbound or Internal. */
	CallType: ({ call }) => TYPES[call.direction] ?? null,
	/** Reference: the duration in **seconds**, a whole number. */
	CallDurationInSeconds: ({ call }) => call.talkSeconds,
	/** Reference: the result of the call, free text up to 255 characters. */
	CallDisposition: outcomeWord,
	/** Reference: the name of a call center's call object, up to 255 characters. Can be filtered by. */
	CallObject: ({ call }) => call.recordId,
	/** Reference: comments, up to 32,000 characters. The time of day is here, as no field has it. */
	Description: ({ lines }) => lines.join('\n').slice(0, LONGEST_DESCRIPTION),
};

const LONGEST_DESCRIPTION = 32_000;
const TYPES: Partial<Record<string, string>> = { inbound: 'Inbound', outbound: 'Outbound' };

export const salesforce: Crm = {
	title: 'Salesforce',
	needsDirection: false,
	body: (call) => fill(FIELDS, call),
};
