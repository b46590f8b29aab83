import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

import { Problem } from './problem.mjs';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium of this machine; playwright-core brings none. */
export async function openBrowser() {
	const wanted = process.env.CHROMIUM;
	const executablePath = wanted ? wanted : PLACES.find((path) => existsSync(path));
	if (!executablePath) {
		throw new Problem('There is no Chromium: install it, or set CHROMIUM to its path.');
	}
	return await chromium.launch({ executablePath, args: ['--no-sandbox'] });
}
