import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Platform, ErrorKind } from '../../nodes/callRecords/platform';
import { apiErrorProblem } from '../../nodes/callRecords/transport/problems';

/** What the user reads when the platform refuses with each of its documented codes, by kind. */
export function expectErrorCodes(
	platform: Platform,
	kinds: Partial<Record<ErrorKind, string[]>>,
): void {
	const told = Object.entries(platform.errorCodes).map(([code, { kind }]) => [code, kind]);
	const documented = Object.entries(kinds).flatMap(([kind, codes]) =>
		codes.map((code) => [code, kind]),
	);
	expect(told.sort()).toEqual(documented.sort());
	for (const [code, { kind }] of Object.entries(platform.errorCodes)) {
		const problem = apiErrorProblem(platform, { code, text: null }, (text) => text);
		expect(problem.message).toMatch(
			new RegExp(`^${platform.title} [a-z].{8,}[^ .] \\((code )?${code}\\)$`),
		);
		// That there are no records is shown as no records.
		if (kind !== 'empty') expect(problem.description).toMatch(/^[A-Z].{10,}\.$/);
	}
}

/** Drop-downs that a user can work with: every entry named and different, and the first choice one of them. */
export function expectDropDowns(
	properties: INodeProperties[],
	expected: Record<string, { values: string[]; normal: string }>,
): void {
	const choices = (property: INodeProperties) => property.options as INodePropertyOptions[];
	expect(
		Object.fromEntries(
			properties.map((property) => [
				property.name,
				{
					values: choices(property)
						.map(({ value }) => String(value))
						.sort(),
					normal: property.default,
				},
			]),
		),
	).toEqual(expected);
	for (const property of properties) {
		expect(property.type).toBe('options');
		expect(property.displayName).toMatch(/^[A-Z]\w+/);
		expect(property.description).toMatch(/^[A-Z].+\.$/);
		for (const { name, description = 'None needed' } of choices(property)) {
			expect(name).toMatch(/^[A-Z0-9]/);
			expect(description).toMatch(/^[A-Z].{8,}/);
		}
	}
}
