import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttemptErrorClass } from '../domain/attempt.ts';
import { Circuit } from './circuit.ts';

const options = { probeMs: 1_000, probeCeilingMs: 30_000 };

function failed(circuit: Circuit, deliveryId: string, at: number, errorClass: AttemptErrorClass = 'timeout', status?: number): boolean {
	return circuit.failed({ deliveryId, errorClass, status, at }, 0);
}

describe('a circuit', () => {
	test('opens when five different deliveries failed in a row', () => {
		const circuit = new Circuit(options);
		for (let n = 0; n < 4; n += 1) assert.equal(failed(circuit, `dlv_${n}`, 10), false);
		assert.equal(failed(circuit, 'dlv_4', 10), true);
		assert.equal(circuit.openSince, 10);
		assert.equal(circuit.nextProbeAt, 1_010);
	});

	test('stays closed while one message is refused again and again: that is the fault of the message', () => {
		const circuit = new Circuit(options);
		for (let n = 0; n < 50; n += 1) assert.equal(failed(circuit, 'dlv_poison', n * 60_000, 'status', 500), false);
		assert.equal(circuit.isOpen, false);
	});

	test('counts failures in a row: a success between them begins a new row', () => {
		const circuit = new Circuit(options);
		for (let n = 0; n < 4; n += 1) failed(circuit, `dlv_${n}`, 0);
		assert.equal(circuit.succeeded(), false);
		assert.equal(circuit.failuresInARow, 0);
		for (let n = 0; n < 4; n += 1) assert.equal(failed(circuit, `dlv_${n}`, 0), false);
	});

	test('opens by one delivery alone where the receiver is not reached for some seconds', () => {
		const circuit = new Circuit(options);
		assert.equal(failed(circuit, 'dlv_1', 0, 'connect'), false);
		assert.equal(failed(circuit, 'dlv_1', 2_999, 'connect'), false, 'a blip');
		assert.equal(failed(circuit, 'dlv_1', 3_000, 'connect'), true);
	});

	test('takes what a proxy answers for a receiver that is not there as not reached', () => {
		for (const status of [502, 503, 504]) {
			const circuit = new Circuit(options);
			failed(circuit, 'dlv_1', 0, 'status', status);
			assert.equal(failed(circuit, 'dlv_1', 5_000, 'status', status), true, String(status));
		}
	});

	test('does not take a row for unreached in which the receiver was reached once', () => {
		const circuit = new Circuit(options);
		failed(circuit, 'dlv_1', 0, 'status', 500);
		assert.equal(failed(circuit, 'dlv_1', 5_000, 'connect'), false);
	});

	test('is probed at doubling pauses up to the ceiling, and jitter only adds', () => {
		const circuit = new Circuit(options);
		for (let n = 0; n < 5; n += 1) failed(circuit, `dlv_${n}`, 0);
		const pauses = Array.from({ length: 7 }, () => {
			const at = circuit.nextProbeAt ?? Number.NaN;
			circuit.probeFailed(at, 0);
			return (circuit.nextProbeAt ?? Number.NaN) - at;
		});
		assert.deepEqual(pauses, [2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
		circuit.probeFailed(100_000, 0.999);
		assert.equal(circuit.nextProbeAt, 100_000 + 32_997);
	});

	test('is not probed before the receiver asked for it', () => {
		const circuit = new Circuit(options, { since: 0, errorClass: 'status' });
		circuit.probeFailed(0, 0);
		circuit.notBefore(60_000);
		assert.equal(circuit.nextProbeAt, 60_000);
	});

	test('closes with one success and forgets what it was open for', () => {
		const circuit = new Circuit(options);
		for (let n = 0; n < 5; n += 1) failed(circuit, `dlv_${n}`, 0);
		assert.equal(circuit.succeeded(), true);
		assert.equal(circuit.isOpen, false);
		assert.equal(circuit.errorClass, undefined);
		assert.equal(failed(circuit, 'dlv_9', 0), false);
	});

	test('that was open when its process ended is open, and is probed at once', () => {
		const circuit = new Circuit(options, { since: 5, errorClass: 'dns' });
		assert.equal(circuit.isOpen, true);
		assert.equal(circuit.openSince, 5);
		assert.equal(circuit.nextProbeAt, 0);
	});
});
