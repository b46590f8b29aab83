import type { IDataObject } from 'n8n-workflow';

import type { Call } from '../../call';
import { nationalForm } from '../e164';
import { bitrix24 } from './bitrix24';
import { toCrmCall, type CrmContext } from './crm';
import { hubspot } from './hubspot';
import { pipedrive } from './pipedrive';
import { salesforce } from './salesforce';
import { zoho } from './zoho';

/** By the value of the parameter Output. */
export const CRMS = { hubspot, salesforce, zoho, pipedrive, bitrix24 };
export type CrmName = keyof typeof CRMS;

/** A call, ready for a CRM. */
export interface CrmItem {
	/** Exactly what is posted; of Bitrix24 the bodies of both requests. */
	body: IDataObject;
	match: {
		/** What a double is found by. */
		recordId: string;
		/** The forms in which people store the customer's number; none where it is hidden, masked or a short one. */
		numbers: string[];
	};
}

/** Why a CRM does not get a call. */
export type LeftOut = 'internal' | 'noStart' | 'noDirection';

export function isCrm(output: unknown): output is CrmName {
	return typeof output === 'string' && Object.keys(CRMS).includes(output);
}

/** Null: the CRM gets the call. */
export function leftOut(crm: CrmName, call: Call): LeftOut | null {
	if (call.direction === 'internal') return 'internal';
	if (call.startedAt === null) return 'noStart';
	return call.direction === 'unknown' && CRMS[crm].needsDirection ? 'noDirection' : null;
}

/**
 * The call as the CRM wants it. Mask it first: what is masked is masked here, too.
 * @returns null where `leftOut` says why
 * @throws InputError that names an option that the CRM cannot do without
 */
export function toCrm(crm: CrmName, call: Call, context: CrmContext): CrmItem | null {
	const crmCall = leftOut(crm, call) === null ? toCrmCall(call) : null;
	if (crmCall === null) return null;
	return {
		body: CRMS[crm].body(crmCall, context),
		match: { recordId: call.recordId, numbers: numbersOf(call, context) },
	};
}

const FEWEST_DIGITS = 6;

/**
 * `+40721234567`, `40721234567`, `0040721234567`, `0721234567`, and as the platform shows it. Short and masked numbers
 * are none to search by: a search for them finds others.
 */
function numbersOf(call: Call, { country }: CrmContext): string[] {
	const given = call.direction === 'outbound' ? call.to : call.from;
	const number = call.externalNumber;
	const e164 = number?.startsWith('+') ? number : null;
	const forms = e164
		? [e164, e164.slice(1), `00${e164.slice(1)}`, nationalForm(e164, country), given]
		: [number, given];
	return [...new Set(forms.filter((form): form is string => isWhole(form)))];
}

function isWhole(number: string | null): boolean {
	return (
		number !== null &&
		/^[+\d\s().-]+$/.test(number) &&
		number.replace(/\D/g, '').length >= FEWEST_DIGITS
	);
}
