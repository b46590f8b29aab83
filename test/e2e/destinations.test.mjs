// The examples that bring calls to other services, in a real n8n. The services are fakes that check what they get.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';

import { isOwnTrigger } from '../../tools/lib/examples.mjs';
import { setUpStage } from '../../tools/lib/stage.mjs';
import { createBitrix24, createPipedrive, createSalesforce, createZoho } from './fakes/crms.mjs';
import { createGoogle } from './fakes/google.mjs';
import { createHubspot } from './fakes/hubspot.mjs';
import { startInternet } from './fakes/internet.mjs';
import {
	createOpenAi,
	createReceiver,
	createSlack,
	createTelegram,
	startMailServer,
} from './fakes/messages.mjs';
import { startPostgres } from './fakes/postgres.mjs';

/** @typedef {import('../../tools/lib/client.mjs').Workflow} Workflow */
/** @typedef {{ json: Record<string, any> }} Item */

const { privateKey } = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	publicKeyEncoding: { type: 'spki', format: 'pem' },
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const oauth = (/** @type {string} */ access_token) => ({
	clientId: 'client',
	clientSecret: 'secret',
	oauthTokenData: { access_token, token_type: 'Bearer' },
});

/** Of whom a CRM knows the number; filled once the calls are known. @type {{ id: any, phone: string }[]} */
const contacts = { hubspot: [], salesforce: [], zoho: [], pipedrive: [] };
const hubspot = createHubspot({ token: 'hubspot-token', contacts: contacts.hubspot });
const salesforce = createSalesforce({ token: 'salesforce-token', contacts: contacts.salesforce });
const zoho = createZoho({ token: 'zoho-token', contacts: contacts.zoho });
const pipedrive = createPipedrive({ token: 'pipedrive-token', contacts: contacts.pipedrive });
const bitrix24 = createBitrix24({ secret: 'your-secret' });
const slack = createSlack({ token: 'xoxb-token', channel: 'C0123456789' });
const telegram = createTelegram({ token: '123:token', chat: '-1001234567890' });
const receiver = createReceiver({ secret: 'hmac-secret' });
const openAi = createOpenAi({ key: 'sk-key' });
const google = createGoogle({
	...{ email: 'robot@example.iam.gserviceaccount.com', privateKey },
	spreadsheet: 'YOUR-SPREADSHEET-ID',
	sheets: { Calls: [['recordId']], Figures: [['key']] },
});

/** Credential types by what a node without a predefined credential uses. */
const USED_BY = /** @type {Record<string, string>} */ ({
	'n8n-nodes-base.googleSheets': 'googleApi',
	'n8n-nodes-base.postgres': 'postgres',
	'n8n-nodes-base.crypto': 'crypto',
	'n8n-nodes-base.slack': 'slackApi',
	'n8n-nodes-base.telegram': 'telegramApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.webhook': 'httpBasicAuth',
	'@n8n/n8n-nodes-langchain.openAi': 'openAiApi',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
});

describe('the examples that bring calls elsewhere', () => {
	/** @type {import('../../tools/lib/stage.mjs').Stage} */
	let stage;
	/** @type {Awaited<ReturnType<typeof startPostgres>>} */
	let postgres;
	/** @type {Awaited<ReturnType<typeof startInternet>>} */
	let internet;
	/** @type {Awaited<ReturnType<typeof startMailServer>>} */
	let mail;
	/** @type {Map<string, { id: string, name: string }>} by type */
	const accounts = new Map();

	before(async () => {
		internet = await startInternet([
			...[hubspot, salesforce, zoho, pipedrive, bitrix24],
			...[slack, telegram, receiver, openAi, google],
		]);
		[postgres, mail] = await Promise.all([startPostgres(), startMailServer()]);
		stage = await setUpStage({
			extra: { ...internet.env, GENERIC_TIMEZONE: 'Europe/Bucharest' },
		});
		const data = {
			googleApi: { email: 'robot@example.iam.gserviceaccount.com', privateKey },
			postgres: { host: '127.0.0.1', port: postgres.port, user: postgres.user, password: '' },
			crypto: { hmacSecret: 'hmac-secret' },
			slackApi: { accessToken: 'xoxb-token' },
			telegramApi: { accessToken: '123:token', baseUrl: 'https://api.telegram.org' },
			smtp: { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true },
			httpBasicAuth: { user: 'board', password: 'board-password' },
			openAiApi: { apiKey: 'sk-key', url: 'https://api.openai.com/v1' },
			hubspotAppToken: { appToken: 'hubspot-token' },
			pipedriveApi: { apiToken: 'pipedrive-token' },
			salesforceOAuth2Api: oauth('salesforce-token'),
			zohoOAuth2Api: oauth('zoho-token'),
		};
		for (const [type, values] of Object.entries(data)) {
			const made = await stage.client.credentials.create({ name: type, type, data: values });
			accounts.set(type, { id: made.id, name: type });
		}
	});
	beforeEach(() => void internet.refused.splice(0));
	after(async () => {
		await stage?.tearDown();
		await internet?.stop();
		await postgres?.stop();
		mail?.stop();
	});

	/** The example as its reader would set it up. @param {string} id @returns {Workflow} */
	function example(id) {
		const found = stage.workflows.find((workflow) => workflow.id === id);
		assert.ok(found, id);
		const nodes = found.nodes.map((node) => {
			const type = node.parameters?.nodeCredentialType ?? USED_BY[node.type];
			return type ? { ...node, credentials: { [type]: accounts.get(type) } } : node;
		});
		return { ...found, nodes };
	}

	/** The newest calls as the trigger of an example would emit them. @returns {Promise<Item[]>} */
	async function callsFor(/** @type {Workflow} */ { nodes }, limit = 12) {
		const trigger = nodes.find(isOwnTrigger);
		const { output, options } = trigger.parameters;
		const { bitrix24UserId } = options;
		const reader = {
			...trigger,
			name: 'Calls',
			type: trigger.type.replace(/Trigger$/, ''),
			parameters: {
				...{ resource: 'call', operation: 'getAll', period: 'last7Days' },
				...{ returnAll: false, limit, filters: {}, output },
				options: { order: 'oldestFirst', ...(bitrix24UserId ? { bitrix24UserId } : {}) },
			},
		};
		const start = { ...reader, id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
		const { id } = await stage.client.workflows.put({
			...{ id: 'e2eReader0000001', name: 'Reader' },
			nodes: [{ ...start, parameters: {}, credentials: undefined }, reader],
			connections: { Start: { main: [[{ node: 'Calls', type: 'main', index: 0 }]] } },
		});
		const { items, status, error } = await stage.client.workflows.run(String(id));
		assert.equal(status, 'success', error?.message);
		assert.ok(items.length > 0);
		return items.map(({ json }) => ({ json: { ...json, change: 'new' } }));
	}

	/** Runs an example with calls as what its trigger emits, `times` over. @param {Item[]} items */
	async function run(/** @type {Workflow} */ workflow, items, times = 2) {
		const { client } = stage;
		const trigger = workflow.nodes.find(isOwnTrigger)?.name ?? workflow.trigger;
		const pinData = items.length > 0 ? { [trigger]: items } : {};
		await client.workflows.update(String(workflow.id), { ...workflow, pinData });
		const runs = [];
		for (let i = 0; i < times; i++) {
			const result = await client.workflows.run(String(workflow.id), { trigger });
			const { node, message, description } = result.error ?? {};
			const why = `${node}: ${message} ${description ?? ''}\n${internet.refused.join('\n')}`;
			assert.equal(result.status, 'success', why);
			runs.push(result);
		}
		assert.deepEqual(internet.refused.splice(0), []);
		return runs;
	}

	const ids = (/** @type {Item[]} */ items) => items.map(({ json }) => json.match.recordId).sort();
	/** Of a call with a whole number; the CRM knows it under the form that comes last. */
	function addContact(
		/** @type {any[]} */ list,
		/** @type {any} */ id,
		/** @type {Item[]} */ items,
	) {
		const known = items.find(({ json }) => json.match.numbers.length > 0);
		assert.ok(known, 'no call has a number');
		const [phone] = known.json.match.numbers;
		list.push({ id, phone });
		return { known, count: items.filter(({ json }) => json.match.numbers.includes(phone)).length };
	}

	it('PostgreSQL: each call a row, also when it comes again', async () => {
		const workflow = example('examplePostgres1');
		const items = await callsFor(workflow, 50);
		await stage.client.workflows.update(String(workflow.id), workflow);
		for (let i = 0; i < 2; i++) {
			const made = await stage.client.workflows.run(String(workflow.id));
			assert.equal(made.status, 'success', made.error?.message);
		}
		await run(workflow, items);
		const rows = await postgres.query('SELECT * FROM calls ORDER BY "recordId"');
		const sent = items.map(({ json }) => json).sort((a, b) => (a.recordId < b.recordId ? -1 : 1));
		assert.equal(rows.length, items.length);
		for (const [i, row] of rows.entries()) {
			assert.deepEqual(Object.keys(row).sort(), Object.keys(sent[i]).sort());
			for (const [name, value] of Object.entries(sent[i])) {
				const stored = row[name] instanceof Date ? row[name].getTime() : row[name];
				assert.equal(stored, /At$/.test(name) && value ? Date.parse(value) : value, name);
			}
		}
		const later = [{ json: { ...items[0].json, note: 'called back', change: 'updated' } }];
		await run(workflow, later, 1);
		const notes = await postgres.query(`SELECT note FROM calls WHERE note = 'called back'`);
		assert.equal(notes.length, 1);
	});

	it('Google Sheets: each call a row, and numbers stay text', async () => {
		const workflow = example('exampleSheets001');
		const items = await callsFor(workflow);
		await run(workflow, items);
		const [header, ...rows] = google.sheets.Calls;
		assert.deepEqual(rows.map(([id]) => id).sort(), items.map(({ json }) => json.recordId).sort());
		const from = header.indexOf('from');
		for (const { json } of items) {
			const row = rows.find(([id]) => id === json.recordId);
			assert.equal(row?.[from] ?? '', json.from ?? '');
		}
	});

	it('Slack and Telegram: each missed call one message', async () => {
		const workflow = example('exampleMissed002');
		const items = await callsFor(workflow, 60);
		const missed = items.filter(
			({ json }) => json.direction === 'inbound' && ['missed', 'voicemail'].includes(json.outcome),
		);
		assert.ok(missed.length > 0);
		await run(workflow, items);
		assert.equal(slack.messages.length, missed.length);
		assert.deepEqual([...telegram.messages].sort(), [...slack.messages].sort());
		for (const { json } of missed)
			assert.ok(slack.messages.some((message) => message.includes(json.externalNumber)));
	});

	it('HubSpot: each call once, at its time, with the contact', async () => {
		const workflow = example('exampleHubSpot01');
		const items = await callsFor(workflow);
		const { count } = addContact(contacts.hubspot, '101', items);
		await run(workflow, items);
		assert.deepEqual([...hubspot.calls.keys()].sort(), ids(items));
		for (const { json } of items) {
			const stored = hubspot.calls.get(json.match.recordId);
			assert.deepEqual(stored?.properties, json.body.properties);
		}
		const linked = [...hubspot.calls.values()].filter(({ contacts }) => contacts.has('101'));
		assert.equal(linked.length, count);
	});

	it('HubSpot without a scope: the run says which', async () => {
		const workflow = example('exampleHubSpot01');
		hubspot.scopes.delete('crm.objects.contacts.write');
		const { error, status } = await stage.client.workflows.run(String(workflow.id), {
			trigger: 'New calls',
		});
		hubspot.scopes.add('crm.objects.contacts.write');
		assert.equal(status, 'error');
		assert.match(`${error?.message} ${error?.description}`, /contacts\.write|Forbidden/);
		assert.equal(internet.refused.splice(0).length > 0, true);
	});

	it('Salesforce: each call once, with the contact', async () => {
		const workflow = example('exampleSalesfo01');
		const items = await callsFor(workflow);
		const { count } = addContact(contacts.salesforce, '003000000000001AAA', items);
		await run(workflow, items);
		assert.deepEqual(salesforce.tasks.map(({ CallObject }) => CallObject).sort(), ids(items));
		assert.equal(salesforce.tasks.filter(({ WhoId }) => WhoId).length, count);
	});

	it('Zoho CRM: each call once, with the contact', async () => {
		const workflow = example('exampleZohoCrm01');
		const items = await callsFor(workflow);
		const { count } = addContact(contacts.zoho, '3652397000000649013', items);
		await run(workflow, items);
		assert.deepEqual([...zoho.calls.keys()].sort(), ids(items));
		assert.equal([...zoho.calls.values()].filter(({ Who_Id }) => Who_Id).length, count);
	});

	it('Pipedrive: each call once, with the person', async () => {
		const workflow = example('examplePipedri01');
		const items = await callsFor(workflow);
		const { count } = addContact(contacts.pipedrive, 42, items);
		await run(workflow, items);
		assert.equal(pipedrive.logs.length, items.length);
		assert.equal(pipedrive.logs.filter(({ person_id }) => person_id === 42).length, count);
		for (const { json } of items) {
			const log = pipedrive.logs.find(({ note }) => note.includes(json.match.recordId));
			assert.equal(log?.duration, json.body.duration);
		}
	});

	it('Bitrix24: each call registered and finished once', async () => {
		const workflow = example('exampleBitrix241');
		const items = await callsFor(workflow);
		await run(workflow, items);
		assert.equal(bitrix24.calls.length, items.length);
		for (const { json } of items) {
			const call = bitrix24.calls.find(({ FAILED_REASON }) =>
				FAILED_REASON.includes(json.match.recordId),
			);
			assert.equal(call?.DURATION, json.body.finish.DURATION);
			assert.equal(call?.PHONE_NUMBER, json.body.register.PHONE_NUMBER);
		}
	});

	it('a signed webhook: each call once, and the signature fits', async () => {
		const workflow = example('exampleWebhook01');
		const items = await callsFor(workflow);
		await run(workflow, items);
		assert.equal(receiver.deliveries.length, 2 * items.length);
		assert.equal(receiver.calls.size, items.length);
		for (const { json } of items) assert.deepEqual(receiver.calls.get(json.recordId), json);
	});

	it('recordings become notes: each once, on the contact', async () => {
		const workflow = example('exampleTranscri1');
		const items = await callsFor(workflow, 30);
		const recorded = items.filter(
			({ json }) => json.hasRecording === true && json.externalNumber !== null,
		);
		assert.ok(recorded.length > 0);
		for (const [i, { json }] of recorded.entries())
			contacts.hubspot.push({ id: String(200 + i), phone: json.externalNumber });
		await run(workflow, items);
		assert.equal(openAi.files.length, recorded.length);
		assert.equal(hubspot.notes.length, recorded.length);
		assert.ok(hubspot.notes.every(({ properties }) => !properties.hs_note_body.includes('<')));
	});

	it('the weekly report: a mail with the page, and a message', async () => {
		const workflow = { ...example('exampleWeekly001'), trigger: 'Every Monday' };
		const sent = slack.messages.length;
		const [{ nodes }] = await run(workflow, [], 1);
		const { inbound, answered, missed } = nodes.Report.items[0].json;
		const [{ to, data }] = mail.mails;
		assert.deepEqual(to, ['team@example.com']);
		const page = /filename="?calls-[\w-]+\.html"?\n(?:.+\n)*\n([A-Za-z0-9+/=\n]+)/.exec(data);
		assert.ok(page, data.slice(0, 2000));
		assert.match(Buffer.from(page[1], 'base64').toString(), /^<!doctype html>[^]*<\/html>\s*$/i);
		assert.equal(slack.messages.length, sent + 1);
		const [message] = slack.messages.slice(-1);
		assert.ok(message.includes(`${inbound} in, ${answered} answered`), message);
		assert.ok(message.includes(`${missed} missed`), message);
	});

	it('figures into Google Sheets: a row for each day and agent', async () => {
		const workflow = { ...example('exampleStatShee1'), trigger: 'Every night' };
		const [{ nodes }] = await run(workflow, []);
		const [header, ...rows] = google.sheets.Figures;
		const figures = nodes['Figures of yesterday'].items.map(({ json }) => json);
		assert.equal(rows.length, figures.length);
		const inbound = header.indexOf('inbound');
		const sum = (/** @type {any[]} */ list) => list.reduce((a, b) => a + Number(b), 0);
		assert.equal(sum(rows.map((row) => row[inbound])), sum(figures.map((one) => one.inbound)));
	});

	it('the wallboard: a page that loads itself again, behind a password', async () => {
		const workflow = example('exampleWallboar1');
		await stage.client.workflows.update(String(workflow.id), workflow);
		await stage.client.workflows.activate(String(workflow.id));
		const address = `${stage.n8n.url}/webhook/wallboard`;
		assert.equal((await fetch(address)).status, 401);
		const authorization = `Basic ${Buffer.from('board:board-password').toString('base64')}`;
		const reply = await fetch(address, { headers: { authorization } });
		assert.equal(reply.status, 200);
		assert.match(String(reply.headers.get('content-type')), /^text\/html/);
		assert.equal(reply.headers.get('refresh'), '60');
		assert.match(await reply.text(), /^<!doctype html>[^]*Calls today[^]*<\/html>\s*$/i);
		await stage.client.workflows.deactivate(String(workflow.id));
	});

	it('an AI agent gets the calls from the node as its tool', async () => {
		const workflow = { ...example('exampleAiAgent01'), trigger: 'Chat' };
		const question = {
			...{ sessionId: 'e2e', action: 'sendMessage' },
			chatInput: 'Who called today and was not called back?',
		};
		const [{ items }] = await run(workflow, [{ json: question }], 1);
		const [calls] = openAi.toolResults;
		assert.ok(calls.length > 0);
		assert.equal(items[0].json.output, `There were ${calls.length} calls.`);
		assert.ok(JSON.stringify(calls[0]).includes('externalNumber'));
	});
});
