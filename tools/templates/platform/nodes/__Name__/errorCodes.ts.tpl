import type { ErrorMeaning } from '../callRecords/platform';

/** What the platform says when all is well (docs/vendors/__kebab__.md 3). */
export const SUCCESS = '0';

/** Every code that the vendor documents (docs/vendors/__kebab__.md 3). The kinds are in callRecords/platform.ts. */
export const errorCodes: Record<string, ErrorMeaning> = {
	// 1001: { kind: 'credentials', means: 'does not accept the API key', advice: "Check 'API Key' in the credential." },
};
