import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

const STARTS = 'http.client.request.start';

/** Follows the requests that this process sends, so that a test can wait for those that nobody waits for any more. */
export function watchRequests() {
	const underWay = new Set<ClientRequest>();
	const follow = (message: unknown) => {
		const { request } = message as { request: ClientRequest };
		underWay.add(request);
		request.once('close', () => underWay.delete(request));
	};
	subscribe(STARTS, follow);
	return {
		/** Until each of them was answered, or given up. */
		async quiet(): Promise<void> {
			// One that was about to be sent is sent by then.
			await new Promise((resolve) => setImmediate(resolve));
			while (underWay.size > 0) {
				await Promise.all(
					[...underWay].map(
						async (request) =>
							await new Promise<void>((resolve) => request.once('close', () => resolve())),
					),
				);
			}
		},
		stop: () => unsubscribe(STARTS, follow),
	};
}
