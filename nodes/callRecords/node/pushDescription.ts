import { updateDisplayOptions, type INodeProperties, type IWebhookDescription } from 'n8n-workflow';

import type { Platform, Push } from '../platform';
import { callOutput, crmOptions, recordOutput } from './outputs';
import { includeLegs, optionsCollection, personalData, requestOptions } from './properties';
import { emit } from './triggerDescription';

const lookUp: INodeProperties = {
	displayName: 'Look Up',
	name: 'lookUp',
	type: 'boolean',
	default: true,
	description:
		'Whether to read the call from the platform before returning it, with all its fields. Off: only what the event says is returned, at once.',
};

function verifySignature({ secretLabel }: { secretLabel: string }): INodeProperties {
	return {
		displayName: 'Verify Signature',
		name: 'verifySignature',
		type: 'boolean',
		default: true,
		description: `Whether to accept only requests that are signed with the ${secretLabel} of the credential. Switch it off only if your phone system signs nothing.`,
	};
}

/** What to do in the vendor's console, and who may send calls to the address. */
function notice({ steps, signature }: Push): INodeProperties {
	const listed = steps.map((step, i) => `${i + 1}. ${step}`);
	const trust = signature
		? `Requests without the right signature are answered with 401, so the ${signature.secretLabel} belongs in the credential.`
		: 'The platform signs nothing: whoever knows the address can send calls, so keep it secret.';
	return {
		displayName: [...listed, trust].join('<br>'),
		name: 'setUpNotice',
		type: 'notice',
		default: '',
	};
}

/** The one webhook of a push trigger. Its path is a random one, which nobody guesses. */
export function pushWebhook({ push }: Platform): IWebhookDescription {
	return {
		name: 'default',
		httpMethod: push?.method ?? 'POST',
		responseMode: 'onReceived',
		path: 'call-ended',
		rawBody: true,
	};
}

/** All parameters of a push trigger. */
export function pushProperties(platform: Platform): INodeProperties[] {
	const { push } = platform;
	if (!push) return [];
	return [
		notice(push),
		emit,
		...updateDisplayOptions({ show: { emit: ['calls'] } }, [callOutput]),
		...updateDisplayOptions({ show: { emit: ['callRecords'] } }, [recordOutput]),
		optionsCollection([
			lookUp,
			...(push.signature ? [verifySignature(push.signature)] : []),
			includeLegs,
			personalData,
			...crmOptions,
			...requestOptions(platform),
			...platform.options,
		]),
	];
}
