import { inspect } from 'node:util';

import { LoggerProxy, type Logger } from 'n8n-workflow';

import type { EngineResult } from './engine';

/** Everything that was logged while a test ran, by n8n's logger, the one of n8n's packages, and the console. */
export interface Logs {
	text(): string;
	stop(): void;
}

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

export function recordLogs(): Logs {
	const lines: string[] = [];
	const write = (...parts: unknown[]) => {
		lines.push(parts.map((part) => shownAs(part)).join(' '));
	};
	// n8n's execution contexts get this class from their container, whoever made its instance.
	const { Logger: Core } = jest.requireActual<{ Logger: { prototype: Logger } }>(
		'@n8n/backend-common',
	);
	const spies = [
		...LEVELS.map((level) => jest.spyOn(Core.prototype, level).mockImplementation(write)),
		...([...LEVELS, 'log'] as const).map((name) =>
			jest.spyOn(console, name).mockImplementation(write),
		),
	];
	LoggerProxy.init({ error: write, warn: write, info: write, debug: write } as unknown as Logger);
	return {
		text: () => lines.join('\n'),
		stop() {
			for (const spy of spies) spy.mockRestore();
		},
	};
}

/** A value in every way in which somebody may come to see it. */
export function shownAs(value: unknown): string {
	const ways = [inspect(value, { depth: 10, maxStringLength: null, showHidden: true })];
	ways.push(stringified(value));
	if (value instanceof Error) {
		const { message, stack, cause } = value;
		const { description, context, messages } = value as Error & Record<string, unknown>;
		ways.push(message, String(stack), String(value), shownAs({ description, context, messages }));
		if (cause !== undefined) ways.push(shownAs(cause));
		const { toJSON } = value as { toJSON?(): unknown };
		if (toJSON) ways.push(stringified(toJSON.call(value)));
	}
	return ways.join('\n');
}

function stringified(value: unknown): string {
	const seen = new WeakSet();
	return String(
		JSON.stringify(value, (_key, part: unknown) => {
			if (typeof part !== 'object' || part === null) return part;
			if (seen.has(part)) return undefined;
			seen.add(part);
			return part;
		}),
	);
}

/** Everything of a run that a user, an administrator or a later node gets to see. */
export function exposureOf(result: EngineResult): string {
	const { items, hints, error, run } = result;
	return [items, hints, error, run.data.resultData].map(shownAs).join('\n');
}

/** Those of the secrets that stand in a text, as they are or encoded. */
export function secretsIn(text: string, secrets: Iterable<string>): string[] {
	return [...new Set(secrets)].filter(
		(secret) =>
			secret.length > 3 &&
			[secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')].some((form) =>
				text.includes(form),
			),
	);
}
