/** V8 looks for garbage everywhere once 64 MB of array buffers are new. */
const BYTES = 80_000_000;

/**
 * Makes V8 look for garbage everywhere. n8n opens a connection for each request, and a closed one keeps the reply until
 * such a look, which V8 puts off until the heap has doubled: hundreds of megabytes in a large n8n (`docs/performance.md`).
 * The buffer is never written to, so it takes no memory.
 */
function lookForGarbage(): number {
	return new ArrayBuffer(BYTES).byteLength;
}

/** To be told how many records have come; looks for garbage with the first ones, and again after each `every`. */
export function createTidying(
	every: number,
	look: () => unknown = lookForGarbage,
): (records: number) => void {
	let since = every;
	return (records) => {
		since += records;
		if (since < every) return;
		since = 0;
		look();
	};
}
