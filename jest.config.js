'use strict';

/** Types are checked by `npm run typecheck`; here the tests are only stripped of them, which is quick. */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	// Simulations of weeks have a run of their own, `npm run test:long`.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/long/'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
		],
	},
	setupFiles: ['<rootDir>/test/setup.js'],
	// Catches what hangs; nothing is decided by it.
	testTimeout: 300_000,
	maxWorkers: 2,
	workerIdleMemoryLimit: '1GB',
};
