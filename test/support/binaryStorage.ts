import { readdirSync } from 'node:fs';

import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

/** n8n's storage of binary data on disk, as it is in an installation. */
export interface BinaryStorage {
	service: BinaryDataService;
	/** Paths of everything in it, also of what is half written. */
	files(): string[];
	read(binary: IBinaryData | undefined): Promise<Buffer>;
}

export async function startBinaryStorage(): Promise<BinaryStorage> {
	const service = Container.get(BinaryDataService);
	await service.init();
	const folder = Container.get(BinaryDataConfig).localStoragePath;
	return {
		service,
		files: () =>
			readdirSync(folder, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map(({ name }) => name),
		async read(binary) {
			if (!binary) throw new Error('There is no file');
			return await service.getAsBuffer(binary);
		},
	};
}
