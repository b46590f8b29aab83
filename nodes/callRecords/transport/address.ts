/** A base URL as it is used: without blanks around it and slashes at its end, in one go however many there are. */
export function withoutSlashes(baseUrl: unknown): string {
	const address = String(baseUrl ?? '').trim();
	let end = address.length;
	while (address[end - 1] === '/') end--;
	return address.slice(0, end);
}
