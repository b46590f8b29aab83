// What came out of a run, taken out of n8n's nested records.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { n8nDir } from './paths.mjs';

/** @typedef {{ json: Record<string, any>, binary?: Record<string, any>, pairedItem?: unknown, error?: unknown }} Item */
/**
 * @typedef {object} NodeRun
 * @property {Item[][]} outputs of all its runs together, by output
 * @property {Item[]} items of the first output
 * @property {string[]} errors
 * @property {number} executionTime milliseconds, of all its runs together
 * @property {number} runs more than 1 in a loop
 * @property {unknown[]} hints
 */
/**
 * @typedef {object} Run
 * @property {string} id
 * @property {string} workflowId
 * @property {string} status "success", "error", "canceled", "running" …
 * @property {string} mode "manual", "trigger", "cli" …
 * @property {{ message: string, description?: string | null, node?: string } | undefined} error
 * @property {Record<string, NodeRun>} nodes
 * @property {string | undefined} lastNode the node that ran last
 * @property {Item[]} items what that node gave out
 * @property {number} milliseconds from start to end
 * @property {string | undefined} startedAt
 * @property {any} data all of it, as n8n keeps it
 */

/** n8n sends execution data in the "flatted" form, and brings the library to read it. @returns {(text: string) => any} */
const flatted = () => createRequire(join(n8nDir, 'package.json'))('flatted').parse;

/**
 * @param {any} execution a reply of GET /executions/:id, or the output of "n8n execute"
 * @returns {Run}
 */
export function readRun(execution) {
	const data = typeof execution.data === 'string' ? flatted()(execution.data) : execution.data;
	const result = data?.resultData ?? {};
	const nodes = Object.fromEntries(
		Object.entries(result.runData ?? {}).map(([name, runs]) => [
			name,
			readNode(/** @type {any[]} */ (runs)),
		]),
	);
	const lastNode = result.lastNodeExecuted;
	return {
		id: String(execution.id ?? ''),
		workflowId: String(execution.workflowId ?? ''),
		status: execution.status ?? (result.error ? 'error' : 'success'),
		mode: execution.mode ?? '',
		error: result.error && {
			message: result.error.message,
			description: result.error.description,
			node: result.error.node?.name,
		},
		nodes,
		lastNode,
		items: nodes[lastNode]?.items ?? [],
		milliseconds: execution.stoppedAt
			? Date.parse(execution.stoppedAt) - Date.parse(execution.startedAt)
			: 0,
		startedAt: execution.startedAt,
		data,
	};
}

/** @param {any[]} runs @returns {NodeRun} */
function readNode(runs) {
	/** @type {Item[][]} */
	const outputs = [];
	for (const run of runs) {
		for (const [index, items] of (run.data?.main ?? []).entries())
			(outputs[index] ??= []).push(...(items ?? []));
	}
	return {
		outputs,
		items: outputs[0] ?? [],
		errors: runs.filter((run) => run.error).map((run) => run.error.message),
		executionTime: runs.reduce((sum, run) => sum + (run.executionTime ?? 0), 0),
		runs: runs.length,
		hints: runs.flatMap((run) => run.hints ?? []),
	};
}
