import type { ApiRequest, Settings } from '../callRecords/platform';
import { createFormCache } from './formCache';
import { askInformation, NOTHING, zoneOf } from './information';
import { probe } from './probe';
import { readTimeWish } from './timeForm';

/** What was found out of each PBX, by its address, firmware and display format. */
const formCache = createFormCache();

/**
 * Finds out what reading depends on: the offset of the PBX's clock, the form in which it understands times, and the
 * list that has the calls.
 * @throws InputError naming the option or the field of the credential that has to be filled in
 */
export async function prepare(
	apiRequest: ApiRequest,
	settings: Settings,
): Promise<Partial<Settings>> {
	const wish = readTimeWish(settings.options);
	const isNeeded = settings.zone === '' || wish.form !== 'epoch';
	const information = isNeeded ? await askInformation(apiRequest) : NOTHING;
	const zone = settings.zone || zoneOf(information);
	const { firmware, dateFormat, hours } = information;
	const key = JSON.stringify([settings.baseUrl, firmware, dateFormat, hours, wish]);
	const { form, from } = await formCache(
		key,
		async () => await probe({ apiRequest, zone, wish, information }),
	);
	const isDisplay = form.form === 'displayFormat';
	return {
		zone,
		prepared: {
			timeForm: form.form,
			dateFormat: isDisplay ? form.dateFormat : dateFormat,
			hours: isDisplay ? form.hours : hours,
			firmware,
			...(from === undefined ? {} : { from }),
		},
	};
}
