'use strict';

const base = require('./jest.config.js');

/** For mutation testing: the tests that tools/mutation.mjs has chosen for one source file. */
module.exports = {
	...base,
	testMatch: (process.env.MUTATION_TESTS ?? 'test/**/*.test.ts')
		.split(',')
		.map((file) => `<rootDir>/${file}`),
};
