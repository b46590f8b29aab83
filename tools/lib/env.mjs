// The environment n8n runs in here: quiet, quick, to itself. Nothing is sent to or fetched from outside.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withNodeInPath } from './node24.mjs';

// Parts of n8n that nobody tries out here: they cost a second of every start, and "mcp-registry" asks n8n's servers at once.
const unneededModules = [
	'breaking-changes',
	'chat-hub',
	'external-secrets',
	'insights',
	'instance-ai',
	'instance-version-history',
	'ldap',
	'log-streaming',
	'mcp',
	'mcp-registry',
	'oauth-server',
	'otel',
	'provisioning',
	'quick-connect',
	'source-control',
	'sso-oidc',
	'sso-saml',
	'token-exchange',
	'workflow-builder',
	'workflow-reviews',
];

const alone = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_AI_GATEWAY_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	// The list of verified packages comes from n8n's servers; a missing package would come from a registry.
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	N8N_DISABLED_MODULES: unneededModules.join(','),
};

const local = {
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_SECURE_COOKIE: 'false',
	N8N_PUBLIC_API_DISABLED: 'true',
	N8N_LOG_LEVEL: 'warn',
	// How often n8n looks for workflows to (de)activate: every 15 seconds otherwise, which is what one would wait for.
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '250',
	// Said once here, not advised against at every start.
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_RUNNERS_TASK_TIMEOUT: '300',
	N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: String(256 * 2 ** 20),
	N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
	// The result of a large run can be looked at, too: n8n withholds more than 100 MB otherwise.
	EXECUTIONS_DATA_MAX_DISPLAY_SIZE: String(2 ** 30),
	NO_COLOR: '1',
};

// Opt-in since 2.36: what a poll remembers is committed in the same transaction as the execution it starts.
const durable = {
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

/**
 * @param {{ userFolder: string, port?: number, durableCursors?: boolean, extra?: Record<string, string> }} options
 *   userFolder: n8n keeps its data in the folder ".n8n" in here
 * @returns {Record<string, string>}
 */
export function n8nEnv({ userFolder, port = 5678, durableCursors = false, extra = {} }) {
	return {
		...inheritable(),
		...alone,
		...local,
		...(durableCursors && durable),
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: encryptionKey(userFolder),
		N8N_PORT: String(port),
		// n8n answers its own code runners on a second port, which is the same for every n8n on a machine unless told.
		N8N_RUNNERS_BROKER_PORT: String(port + 1),
		...extra,
	};
}

/** This process's environment without settings meant for another n8n, or for npm. */
function inheritable() {
	const foreign =
		/^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL$|GENERIC_|NODES_|NODE_OPTIONS$|NODE_ENV$|NODE_TEST_CONTEXT$|npm_)/i;
	/** @type {Record<string, string>} */
	const env = {};
	for (const [name, value] of Object.entries(withNodeInPath())) {
		if (value !== undefined && !foreign.test(name)) env[name] = value;
	}
	return env;
}

/**
 * One key for each user folder, made once: stored credentials stay readable between starts.
 * @param {string} userFolder
 */
function encryptionKey(userFolder) {
	const dir = join(userFolder, '.n8n');
	const file = join(dir, 'encryption.key');
	if (!existsSync(file)) {
		mkdirSync(dir, { recursive: true });
		writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
	}
	return readFileSync(file, 'utf8').trim();
}
