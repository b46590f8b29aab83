'use strict';

const { dest, src } = require('gulp');

/** What n8n reads beside the compiled code: icons, search entries (codex) and output schemas. */
const ASSETS = [
	'{nodes,credentials}/**/*.{svg,png}',
	'nodes/**/*.node.json',
	'nodes/**/__schema__/**/*.json',
];

function copyAssets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports['build:assets'] = copyAssets;
exports.default = copyAssets;
