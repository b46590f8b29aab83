'use strict';

const base = require('./jest.config.js');

/** Simulations of weeks, and reads of very many records: `npm run test:long`. Minutes to an hour. */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/long/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 3_600_000,
};
