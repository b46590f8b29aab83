'use strict';

const { mkdirSync } = require('node:fs');
const { join } = require('node:path');

// n8n-core would otherwise write a key file into the home folder of whoever runs the tests. One folder for each worker:
// two of them writing one file at once could read half of it.
const home = join(__dirname, '../.cache/test', process.env.JEST_WORKER_ID ?? '1');
mkdirSync(home, { recursive: true });
process.env.N8N_ENCRYPTION_KEY ??= 'test-encryption-key';
// What n8n logs while tests run, nobody reads; failures would drown in it.
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_USER_FOLDER ??= home;
require('reflect-metadata');
