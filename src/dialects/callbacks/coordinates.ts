/** Latitude and longitude of `send-location`: documented as strings, taken as numbers too, in the range of the globe. */
import { type Fault, RecadoError } from '../../errors.ts';

const DECIMAL: RegExp = /^[+-]?\d+(\.\d+)?$/;

export interface Coordinates {
	readonly latitude: number;
	readonly longitude: number;
}

/** Throws invalid_request, naming each of the two that is wrong. */
export function readCoordinates(body: { readonly latitude: string | number; readonly longitude: string | number }): Coordinates {
	const faults: Fault[] = [];
	const latitude = readDegrees(body.latitude, 90, 'latitude', faults);
	const longitude = readDegrees(body.longitude, 180, 'longitude', faults);
	if (faults.length > 0) throw new RecadoError('invalid_request', { faults });
	return { latitude, longitude };
}

function readDegrees(value: string | number, limit: number, path: string, faults: Fault[]): number {
	const degrees = typeof value === 'number' || DECIMAL.test(value.trim()) ? Number(value) : Number.NaN;
	if (Math.abs(degrees) <= limit) return degrees;
	faults.push({ path, en: `must be a decimal from -${limit} to ${limit}`, pt: `deve ser um decimal de -${limit} a ${limit}` });
	return Number.NaN;
}
