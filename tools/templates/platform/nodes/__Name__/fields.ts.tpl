import type { Field } from '../callRecords/fields';

/**
 * The filters, named as the vendor names them (docs/vendors/__kebab__.md 2). Only what is chosen is sent. The readers
 * `text`, `digits`, `oneOf`, `listOf` and others are in callRecords/fields.ts.
 */
export const fields: Field[] = [];
