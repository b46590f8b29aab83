/**
 * V8 tidies up at once, and gives memory back, when array buffers outgrow the half of its heap. Enough for a heap
 * of 9 GB; by itself V8 takes 4 GB at most.
 */
const MOST_BYTES = 4_800_000_000;
/** From 64 MB on it looks for garbage everywhere at least, bit by bit. */
const LEAST_BYTES = 75_000_000;

/**
 * Makes V8 look for garbage everywhere. n8n opens a connection for each request, and a closed one keeps the reply until
 * such a look, which V8 puts off until the heap has doubled: hundreds of megabytes in a large n8n (`docs/performance.md`).
 * The buffer is never written to, so it takes no memory; but a system may refuse to promise so much.
 */
export function createLook(
	allocate: (bytes: number) => unknown = (bytes) => new ArrayBuffer(bytes),
): () => void {
	let bytes = MOST_BYTES;
	return () => {
		while (bytes >= LEAST_BYTES) {
			try {
				allocate(bytes);
				return;
			} catch {
				// V8 has looked before it gave up. Next time less is asked for.
				bytes /= 2;
			}
		}
	};
}

/** To be told how many records have come; looks for garbage with the first ones, and again after each `every`. */
export function createTidying(every: number, look = createLook()): (records: number) => void {
	let since = every;
	return (records) => {
		since += records;
		if (since < every) return;
		since = 0;
		look();
	};
}
