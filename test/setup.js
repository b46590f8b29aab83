'use strict';

// n8n-core would otherwise write a key file into the home folder of whoever runs the tests.
process.env.N8N_ENCRYPTION_KEY ??= 'test-encryption-key';
process.env.N8N_USER_FOLDER ??= require('node:fs').mkdtempSync(
	require('node:path').join(require('node:os').tmpdir(), 'call-records-test-'),
);
require('reflect-metadata');
