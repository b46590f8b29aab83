'use strict';

// n8n finds nodes and credentials through the "n8n" field of package.json; there is nothing to import.
module.exports = {};
