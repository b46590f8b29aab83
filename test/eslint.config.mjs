// The rules of n8n are for nodes; tests may read files and wait. What holds here is in eslint.strict.config.mjs.
export default [{ ignores: ['**'] }];
