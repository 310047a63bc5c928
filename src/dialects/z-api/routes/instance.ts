/** The session of an instance: status, pairing code, restart, restore, disconnect. */
import type { FastifyInstance } from 'fastify';
import { connectionStatus, qrCodeAnswer } from '../../callbacks/connection.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';

/** These GETs do something, so they answer no HEAD, which clients and monitors take for harmless. */
const ACTS = { exposeHeadRoute: false };

export function instanceRoutes(scope: FastifyInstance, { instances }: ZApiDeps): void {
	scope.get(`${INSTANCE_PATH}/status`, async (request) => connectionStatus(instanceOf(request)));

	scope.get(`${INSTANCE_PATH}/qr-code`, async (request) => {
		const instance = instanceOf(request);
		return qrCodeAnswer(instance, await instances.qrCode(instance));
	});

	scope.get(`${INSTANCE_PATH}/restart`, ACTS, async (request) => {
		await instances.restart(instanceOf(request));
		return { value: true };
	});

	scope.get(`${INSTANCE_PATH}/restore-session`, ACTS, async (request) => {
		await instances.connect(instanceOf(request));
		return { value: true };
	});

	scope.get(`${INSTANCE_PATH}/disconnect`, ACTS, async (request) => {
		await instances.disconnect(instanceOf(request));
		return { value: true };
	});
}
