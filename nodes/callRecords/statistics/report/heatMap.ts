import { svg, type Size } from './charts';
import { WEEKDAYS, counted, hourLabel } from './format';
import { html, type Markup } from './markup';
import { coordinate, shade } from './scale';

export const SHADES = 5;
const HOURS = 24;
const GAP = 2;

/** Calls by weekday (Monday first) and hour: seven rows of 24. */
export type Week = number[][];

/** Hours across and days down where there is room, else the other way round. */
export function heatMap(options: {
	label: string;
	week: Week;
	size: Size;
	isUpright: boolean;
}): Markup {
	const { week, size, isUpright } = options;
	const [columns, rows] = isUpright ? [WEEKDAYS.length, HOURS] : [HOURS, WEEKDAYS.length];
	const left = 38;
	const top = 18;
	const width = (size.width - left) / columns;
	const height = (size.height - top) / rows;
	const max = Math.max(0, ...week.flat());
	const cells = week.flatMap((hours, day) =>
		hours.map((calls, hour) => {
			const [column, row] = isUpright ? [day, hour] : [hour, day];
			return cell({
				x: left + column * width,
				y: top + row * height,
				width: width - GAP,
				height: height - GAP,
				calls,
				shade: shade(calls, max, SHADES),
				tip: `${WEEKDAYS[day]} ${hourLabel(hour)}: ${counted(calls, 'call')}`,
			});
		}),
	);
	const days = WEEKDAYS.map((day) => String(day));
	const hours = Array.from({ length: HOURS }, (_, hour) => String(hour).padStart(2, '0'));
	const [across, down] = isUpright ? [days, hours] : [hours, days];
	return svg(size, options.label, [
		across.map((text, i) => {
			const x = coordinate(left + i * width + (width - GAP) / 2);
			return html`<text class="middle" x="${x}" y="${top - 7}">${text}</text>`;
		}),
		down.map((text, i) => {
			const y = coordinate(top + i * height + height / 2 + 3);
			return html`<text class="end" x="${left - 7}" y="${y}">${text}</text>`;
		}),
		cells,
	]);
}

interface Cell {
	x: number;
	y: number;
	width: number;
	height: number;
	calls: number;
	shade: number;
	tip: string;
}

function cell({ x, y, width, height, calls, shade: tone, tip }: Cell): Markup {
	const text = calls > 0 && String(calls).length * 6.5 < width ? String(calls) : null;
	const number =
		text === null
			? null
			: html`<text
					class="middle in${tone}"
					x="${coordinate(x + width / 2)}"
					y="${coordinate(y + height / 2 + 3.5)}"
					>${text}</text
				>`;
	return html`<g
		><title>${tip}</title
		><rect
			class="heat${tone}"
			x="${coordinate(x)}"
			y="${coordinate(y)}"
			width="${coordinate(width)}"
			height="${coordinate(height)}"
			rx="3"
		/>${number}</g
	>`;
}
