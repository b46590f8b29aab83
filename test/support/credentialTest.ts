import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type ICredentialType,
	type INodeType,
} from 'n8n-workflow';

import { additionalData, makeWorkflow } from './engine';

type Rule = Extract<ICredentialTestRequest['rules'], unknown[]>[number];

export interface TestAnswer {
	status: 'OK' | 'Error';
	message: string;
}

/**
 * What the test button of a credential says, worked out as n8n does it (`credentials-tester.service`): the request of
 * the credential in n8n's routing node, then the rules, the first that fits. n8n means to log in for every test
 * (`logsIn`), but 2.40 does so only when there is no token.
 */
export async function testCredential(
	credential: ICredentialType,
	stored: ICredentialDataDecryptedObject,
	{ logsIn = false } = {},
): Promise<TestAnswer> {
	const { request, rules = [] } = credential.test!;
	const defaults = credential.properties.map(({ name, default: value }) => [name, value]);
	const data = { ...Object.fromEntries(defaults), ...stored } as ICredentialDataDecryptedObject;
	const node = {
		description: {
			displayName: 'Temp',
			name: 'noOp',
			group: ['input'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: credential.name, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
			],
		},
	} as unknown as INodeType;
	const workflow = makeWorkflow({ node, credential, credentials: stored, parameters: {} });
	const temp = workflow.getNode('Node')!;
	const executeData = { node: temp, data: {}, source: null };
	const context = new ExecuteContext(
		workflow,
		temp,
		additionalData(credential, stored, logsIn),
		'internal',
		createRunExecutionData({}),
		0,
		[],
		{ main: [[{ json: {} }]] },
		executeData,
		[],
	);
	const decrypted = { id: 'credential-1', name: 'Test', type: credential.name, data };
	let json: unknown;
	try {
		const answer = await new RoutingNode(context, node, decrypted).runNode();
		json = answer?.[0]?.[0]?.json;
	} catch (error) {
		return { status: 'Error', message: causeOf(error, rules) };
	}
	for (const { type, properties } of rules) {
		if (type !== 'responseSuccessBody') continue;
		if (valueAt(json, properties.key) === properties.value) {
			return { status: 'Error', message: properties.message };
		}
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function causeOf(error: unknown, rules: Rule[]): string {
	const { message, cause } = error as {
		message: string;
		cause?: { code?: string; response?: { status: number; statusText?: string } };
	};
	const { response, code } = cause ?? {};
	for (const { type, properties } of response ? rules : []) {
		if (type === 'responseCode' && properties.value === response?.status) return properties.message;
	}
	if (response && (response.status < 199 || response.status > 299)) {
		return response.statusText || `Received HTTP status code: ${response.status}`;
	}
	return !response && code ? code : message;
}

function valueAt(value: unknown, path: string): unknown {
	return path
		.replace(/\[(\d+)\]/g, '.$1')
		.split('.')
		.reduce<unknown>(
			(inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key],
			value,
		);
}
