// Pictures of the report for whoever changes it, and the two of the documentation:
// node --import tsx tools/report-screenshots.mjs [folder] [--only scene] [--docs]
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { REPORT_SCENES } from '../test/support/reportScenes.ts';
import { openBrowser } from './lib/browser.mjs';
import { repoDir } from './lib/paths.mjs';

const { values, positionals } = parseArgs({
	options: { docs: { type: 'boolean', default: false }, only: { type: 'string' } },
	allowPositionals: true,
});
const folder = positionals[0] ?? join(repoDir, '.cache/report');
mkdirSync(folder, { recursive: true });

const LOOKS = [
	{ name: '', width: 1000, colorScheme: 'light' },
	{ name: '-dark', width: 1000, colorScheme: 'dark' },
	{ name: '-360', width: 360, colorScheme: 'light' },
];

async function shoot(browser, scene, html, { name, width, colorScheme }) {
	const page = await browser.newPage({
		viewport: { width, height: 900 },
		colorScheme,
		deviceScaleFactor: 1,
	});
	await page.setContent(html);
	const wide = await page.locator('html').evaluate((root) => root.scrollWidth);
	if (wide > width)
		process.stdout.write(`${scene}${name} is ${wide} px wide, more than ${width}\n`);
	await page.screenshot({ path: join(folder, `${scene}${name}.png`), fullPage: true });
	if (name === '') await print(page, scene);
	await page.close();
}

/** A PDF as the browser prints it, and its pages as pictures where poppler is installed. */
async function print(page, scene) {
	const pdf = join(folder, `${scene}.pdf`);
	writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
	try {
		execFileSync('pdftoppm', ['-r', '60', '-png', pdf, join(folder, `${scene}-page`)]);
	} catch {
		process.stdout.write(`pdftoppm is not installed: ${pdf} has no pictures\n`);
	}
}

/** The first screen, light and dark, small enough for a page of documentation. */
async function shootForDocs(browser, html) {
	for (const colorScheme of ['light', 'dark']) {
		const page = await browser.newPage({ viewport: { width: 980, height: 1320 }, colorScheme });
		await page.setContent(html);
		await page.screenshot({ path: join(repoDir, `docs/images/report-${colorScheme}.png`) });
		await page.close();
	}
}

const browser = await openBrowser();
try {
	for (const [scene, render] of Object.entries(REPORT_SCENES)) {
		if (values.only && values.only !== scene) continue;
		const html = render();
		writeFileSync(join(folder, `${scene}.html`), html);
		process.stdout.write(`${scene}: ${Math.round(html.length / 1000)} kB\n`);
		for (const look of LOOKS) await shoot(browser, scene, html, look);
		if (scene === 'month' && values.docs) await shootForDocs(browser, html);
	}
} finally {
	await browser.close();
}
