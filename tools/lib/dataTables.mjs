// n8n's data tables, through its REST interface.
import { Problem } from './problem.mjs';

/** @param {(method: string, path: string, body?: object) => Promise<any>} call */
export function dataTablesOf(call) {
	/** @returns {Promise<string>} the project that data tables of the owner are in */
	const project = async () => (await call('GET', '/projects/personal')).id;

	const dataTables = {
		/** @returns {Promise<{ id: string, name: string, projectId: string, columns: { id: string, name: string, type: string }[] }[]>} */
		list: async () => (await call('GET', `/projects/${await project()}/data-tables`)).data,
		/** @param {string} name @param {{ name: string, type: 'string' | 'number' | 'boolean' | 'date' }[]} columns */
		create: async (name, columns) =>
			await call('POST', `/projects/${await project()}/data-tables`, { name, columns }),
		/**
		 * @param {string} idOrName
		 * @returns {Promise<Record<string, unknown>[]>} all rows, in the order they were added
		 */
		async rows(idOrName) {
			const table = (await dataTables.list()).find(
				({ id, name }) => id === idOrName || name === idOrName,
			);
			if (!table) throw new Problem(`There is no data table "${idOrName}".`);
			const rows = [];
			for (;;) {
				const query = new URLSearchParams({
					skip: String(rows.length),
					take: '250',
					sortBy: 'id:asc',
				});
				const page = await call(
					'GET',
					`/projects/${table.projectId}/data-tables/${table.id}/rows?${query}`,
				);
				rows.push(...page.data);
				if (page.data.length === 0 || rows.length >= page.count) return rows;
			}
		},
		/** @param {{ id: string, projectId: string }} table */
		delete: ({ id, projectId }) => call('DELETE', `/projects/${projectId}/data-tables/${id}`),
	};

	return dataTables;
}
