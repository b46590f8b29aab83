// The report in a real browser: readable by everybody, on paper and on a phone, and with nothing that runs or is loaded.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';

import { require as requireTs } from 'tsx/cjs/api';

import { openBrowser } from '../../tools/lib/browser.mjs';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const LOOKS = [
	{ name: 'light', width: 1000, colorScheme: 'light' },
	{ name: 'dark', width: 1000, colorScheme: 'dark' },
	{ name: 'phone', width: 360, colorScheme: 'light' },
	{ name: 'dark phone', width: 360, colorScheme: 'dark' },
];

const { REPORT_SCENES, HOSTILE } = requireTs('../support/reportScenes.ts', import.meta.url);

/** axe asks for `window.axe`, so it is loaded past the page's own rule against scripts. */
async function violationsOf(page) {
	const { violations } = await page.evaluate(async () => {
		for (const details of globalThis.document.querySelectorAll('details')) details.open = true;
		return await globalThis.axe.run(globalThis.document, { resultTypes: ['violations'] });
	});
	return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
}

describe('the report in a browser', () => {
	let browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(async () => await browser.close());

	async function open(html, { width, colorScheme }) {
		const context = await browser.newContext({
			viewport: { width, height: 900 },
			colorScheme,
			bypassCSP: true,
		});
		const page = await context.newPage();
		const asked = [];
		page.on('request', (request) => asked.push(request.url()));
		page.on('dialog', (dialog) => asked.push(`dialog ${dialog.message()}`));
		await page.addInitScript({ path: axePath });
		await page.goto('about:blank');
		await page.setContent(html);
		const loaded = asked.filter((url) => url !== 'about:blank');
		return { page, loaded };
	}

	for (const [scene, render] of Object.entries(REPORT_SCENES)) {
		const html = render();
		// Colours are the same in every scene.
		const looks = LOOKS.filter(({ colorScheme }) => scene === 'month' || colorScheme === 'light');
		for (const look of looks) {
			it(`${scene}, ${look.name}: axe finds nothing, and nothing is wider than the screen`, async () => {
				const { page, loaded } = await open(html, look);
				assert.deepEqual(await violationsOf(page), []);
				const width = await page.evaluate(() => globalThis.document.documentElement.scrollWidth);
				assert.ok(width <= look.width, `${width} px`);
				assert.deepEqual(loaded, []);
				await page.context().close();
			});
		}
	}

	it('takes no name for a tag', async () => {
		const { page } = await open(REPORT_SCENES.hostile(), LOOKS[0]);
		const found = await page.evaluate(() => {
			const tags = 'script, img, iframe, object, embed, link, b[class], form, a';
			const all = [...globalThis.document.querySelectorAll('*')];
			const handlers = all.filter((node) =>
				[...node.attributes].some(({ name }) => name.startsWith('on')),
			);
			return { tags: globalThis.document.querySelectorAll(tags).length, handlers: handlers.length };
		});
		assert.deepEqual(found, { tags: 0, handlers: 0 });
		assert.match(await page.title(), /^Calls <script>/);
		const text = await page.evaluate(() => globalThis.document.body.textContent);
		assert.ok(text.includes(HOSTILE[1]), 'the name is there, as text');
		await page.context().close();
	});
});
