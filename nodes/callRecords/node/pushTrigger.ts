import type {
	IHookFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import type { ReadRecord } from '../extract/source';
import { InputError, type Platform, type Push, type Settings } from '../platform';
import { findLegs, lookUp, recordOfEvent, type EndedCall } from '../push/lookUp';
import { receive, refuse, type PushRequest, type Received } from '../push/receive';
import { createRepeats } from '../push/repeats';
import type { Connection, Run } from '../transport/connection';
import { wait, type Throttle } from '../transport/throttle';
import { explain, type Place } from './explain';
import { shapeItems } from './triggerItem';
import { setUpTrigger, type TriggerSetup } from './triggerParameters';

/** A call that is not found by then is emitted as its event tells it. */
const LONGEST_LOOK_UP_MS = 60_000;
/** Of one node, at the same time. Events beyond are emitted as they are: the platform is not flooded with questions. */
const MOST_LOOK_UPS = 100;

/** In this process. Its keys are nodes. */
const atWork = new Map<string, Work>();
const repeats = createRepeats();

interface Work {
	lookUps: number;
	throttle: Throttle | undefined;
}

/** Nothing is emitted, and the vendor has its answer. */
const NOTHING: IWebhookResponseData = { noWebhookResponse: true };

/**
 * One request of the vendor: answered at once, and emitted when the call was looked up. Nothing is thrown after the
 * answer, as n8n would answer again.
 */
export async function receivePush(
	context: IWebhookFunctions,
	platform: Platform,
): Promise<IWebhookResponseData> {
	const place: Place = { node: context.getNode(), platform };
	const push = pushOf(platform);
	try {
		const received = await read(context, push, platform);
		if (received.kind === 'rejected') {
			report(context, `a request was refused: ${received.reason}`);
			return answer(context, received.status);
		}
		if (received.kind === 'other') return answer(context, 200);
		const event = `${nodeKey(context)}:${received.id}`;
		const isTest = context.getMode() === 'manual';
		if (!isTest && !repeats.isNew(event, Date.now())) return answer(context, 200);
		// What cannot work is an error that the vendor and the user see.
		const setup = await known(context, place).catch((error: unknown) => {
			repeats.forget(event);
			throw explain(error, place);
		});
		answer(context, 200);
		const items = await itemsOf(context, received, setup, place);
		return items.length === 0 ? NOTHING : { ...NOTHING, workflowData: [items] };
	} finally {
		place.connection?.end();
	}
}

/**
 * For the activation: what cannot work is refused then, and not when a call ends.
 * @returns true: the address is entered by hand, so there is nothing to register
 */
export async function checkPush(context: IHookFunctions, platform: Platform): Promise<boolean> {
	const place: Place = { node: context.getNode(), platform };
	const { signature } = pushOf(platform);
	try {
		const { options } = await setUpTrigger(context, platform, QUIET, place);
		if (signature && options.verifySignature !== false) {
			const credentials = await context.getCredentials(platform.credentialType);
			if (secretOf(credentials, signature.secretField) === '') throw noSecret(signature);
		}
		return true;
	} catch (error) {
		throw explain(error, place);
	} finally {
		place.connection?.end();
	}
}

/** Nothing is asked of the platform. */
const QUIET: Run = { isForLists: true, isStopped: () => false };

function pushOf({ push, title }: Platform): Push {
	if (push) return push;
	throw new Error(`${title} pushes nothing`);
}

function noSecret({ secretLabel }: { secretLabel: string }): InputError {
	return new InputError(
		secretLabel,
		`The credential has no '${secretLabel}', so no request can be verified`,
		"Copy it from the phone system into the credential. If it signs nothing, switch off the option 'Verify Signature'.",
	);
}

function secretOf(credentials: object, field: string): string {
	const value: unknown = (credentials as Record<string, unknown>)[field];
	return typeof value === 'string' ? value.trim() : '';
}

function nodeKey(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}

function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
	context.getResponseObject().status(status).end();
	return NOTHING;
}

/** The credential is opened only for what could be an event. */
async function read(context: IWebhookFunctions, push: Push, platform: Platform): Promise<Received> {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	const request: PushRequest = {
		headers: context.getHeaderData() as PushRequest['headers'],
		body: Buffer.isBuffer(rawBody) ? rawBody : null,
		query: context.getQueryData(),
	};
	const refused = refuse(push, request);
	if (refused) return refused;
	const { signature } = push;
	const { verifySignature } = context.getNodeParameter('options', {}) as {
		verifySignature?: unknown;
	};
	if (!signature || verifySignature === false) return receive(push, request, null);
	const credentials = await context.getCredentials(platform.credentialType);
	return receive(push, request, secretOf(credentials, signature.secretField));
}

/** What is known without asking the platform. @throws InputError when a parameter cannot be used */
async function known(context: IWebhookFunctions, place: Place): Promise<TriggerSetup> {
	return await setUpTrigger(context, place.platform, QUIET, place);
}

/** Never throws: what goes wrong is in the log, and the call is emitted as its event tells it. */
async function itemsOf(
	context: IWebhookFunctions,
	event: EndedCall,
	setup: TriggerSetup,
	place: Place,
): Promise<INodeExecutionData[]> {
	const push = pushOf(place.platform);
	const isWanted = setup.options.lookUp !== false;
	const { settings } = setup.connection;
	// Where the credential has no time zone, the platform is asked for it, once in an hour.
	const asked =
		isWanted || settings.zone === '' ? await ask(context, event, isWanted, place) : NOT_ASKED;
	if (asked.legs !== null) return shapeEach(asked.legs, setup);
	const record = recordOfEvent(push, event, asked.settings ?? settings);
	return shapeItems([record], 'new', setup, !isWanted && push.isWhole);
}

function shapeEach(legs: ReadRecord[], setup: TriggerSetup): INodeExecutionData[] {
	if (setup.emit === 'calls') return shapeItems(legs, 'new', setup);
	return legs.flatMap((leg) => shapeItems([leg], 'new', setup));
}

/** What was learnt from the platform: its settings, and the call as it has it. Null: not known. */
interface Asked {
	settings: Settings | null;
	legs: ReadRecord[] | null;
}

const NOT_ASKED: Asked = { settings: null, legs: null };

async function ask(
	context: IWebhookFunctions,
	event: EndedCall,
	isWanted: boolean,
	place: Place,
): Promise<Asked> {
	const key = nodeKey(context);
	const work = atWork.get(key) ?? { lookUps: 0, throttle: undefined };
	const asked = { ...NOT_ASKED };
	if (work.lookUps >= MOST_LOOK_UPS) {
		report(context, 'too many calls ended at once; one was not looked up');
		return asked;
	}
	atWork.set(key, work);
	work.lookUps++;
	try {
		const run = runOf(work);
		const { connection } = await setUpTrigger(context, place.platform, run, place);
		asked.settings = connection.settings;
		if (isWanted) asked.legs = await found(connection, event, run);
		if (isWanted && asked.legs === null) report(context, 'a call that ended was not found in time');
	} catch (error) {
		report(context, `a call that ended could not be looked up: ${explain(error, place).message}`);
	} finally {
		if (--work.lookUps === 0) atWork.delete(key);
	}
	return asked;
}

/** Look-ups of a node share what limits its requests. */
function runOf(work: Work): Run {
	const end = Date.now() + LONGEST_LOOK_UP_MS;
	return {
		isRepeated: true,
		isStopped: () => Date.now() > end,
		get throttle() {
			return work.throttle;
		},
		set throttle(throttle) {
			work.throttle = throttle;
		},
	};
}

async function found(
	connection: Connection,
	event: EndedCall,
	{ isStopped }: Run,
): Promise<ReadRecord[] | null> {
	const { platform } = connection;
	const now = () => Math.floor(Date.now() / 1000);
	return await lookUp(
		async () => await findLegs(connection, pushOf(platform), event, now()),
		platform.legs !== undefined,
		async (seconds) => await wait(seconds * 1000, isStopped),
	);
}

function report(context: IWebhookFunctions, what: string): void {
	context.logger.warn(`${context.getNode().name}: ${what}`);
}
