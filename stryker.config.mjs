/** Mutation testing of one source file; `npm run test:mutation` goes through them all. See docs/testing.md. */
export default {
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: { configFile: 'jest.mutation.config.js' },
	coverageAnalysis: 'perTest',
	ignorePatterns: ['.n8n', '.cache', '.ci', 'bench', 'dist', 'docs', 'reports', 'tools'],
	incremental: true,
	reporters: ['clear-text', 'json'],
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	concurrency: 2,
	timeoutMS: 10_000,
	tempDirName: '.stryker-tmp',
};
