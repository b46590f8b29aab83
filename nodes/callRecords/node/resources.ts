import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import type { Platform } from '../platform';
import type { Operation } from './operation';
import { callExport } from './operations/callExport';
import { callGet } from './operations/callGet';
import { callGetMany } from './operations/callGetMany';
import { callReport } from './operations/callReport';
import { callStatistics } from './operations/callStatistics';
import { recordExport } from './operations/recordExport';
import { recordGetMany } from './operations/recordGetMany';
import { recordingDownload } from './operations/recordingDownload';

/** What an action node works on, and what it can do with it. */
export interface Resource {
	/** As the parameter `resource` has it. */
	value: string;
	name: string;
	description: string;
	operations: readonly Operation[];
	usual: Operation;
}

const call: Resource = {
	value: 'call',
	name: 'Call',
	description: 'One item per call, with who answered and how long the caller waited',
	operations: [callExport, callGet, callGetMany, callReport, callStatistics],
	usual: callGetMany,
};

const callRecord: Resource = {
	value: 'callRecord',
	name: 'Call Leg',
	description: 'One item per row of the platform: each leg of a call, where it writes legs',
	operations: [recordExport, recordGetMany],
	usual: recordGetMany,
};

const recording: Resource = {
	value: 'recording',
	name: 'Recording',
	description: 'The sound of a call',
	operations: [recordingDownload],
	usual: recordingDownload,
};

/** The resources of a platform. */
export function resourcesOf({ recordings }: Platform): Resource[] {
	return recordings ? [call, callRecord, recording] : [call, callRecord];
}

/** What the canvas shows below the node, in words: `Get Many: Call`. */
export const actionSubtitle = subtitleOf([call, callRecord, recording]);

function subtitleOf(resources: Resource[]): string {
	const operations = resources.flatMap((resource) => resource.operations);
	const names = (named: ReadonlyArray<{ value: string; name: string }>) =>
		JSON.stringify(Object.fromEntries(named.map(({ value, name }) => [value, name])));
	return `={{ (${names(operations)})[$parameter.operation] + ': ' + (${names(resources)})[$parameter.resource] }}`;
}

/** All parameters of an action node. */
export function actionProperties(platform: Platform): INodeProperties[] {
	const resources = resourcesOf(platform);
	const [{ value: first }] = resources;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: first,
		},
		...resources.map((resource) => operationChoice(platform, resource)),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => shownFor(platform, resource, operation)),
		),
	];
}

function operationChoice(
	platform: Platform,
	{ value: resource, operations, usual }: Resource,
): INodeProperties {
	const { value: usualValue } = usual;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(({ name, value, description, action }) => ({
			name,
			value,
			description,
			action: action(platform),
		})),
		default: usualValue,
	};
}

function shownFor(platform: Platform, resource: Resource, operation: Operation): INodeProperties[] {
	const show = { resource: [resource.value], operation: [operation.value] };
	return updateDisplayOptions({ show }, operation.properties(platform));
}
