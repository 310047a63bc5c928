/** The session of an instance: status, pairing codes, restart, restore, disconnect. */
import type { FastifyInstance } from 'fastify';
import { parsePhone } from '../../../domain/phone.ts';
import { RecadoError } from '../../../errors.ts';
import { connectionStatus, qrCodeAnswer } from '../../callbacks/connection.ts';
import { qrImageAnswer } from '../../callbacks/qr-image.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';

/** These GETs do something, so they answer no HEAD, which clients and monitors take for harmless. */
const ACTS = { exposeHeadRoute: false };

export function instanceRoutes(scope: FastifyInstance, { instances, whatsapp }: ZApiDeps): void {
	scope.get(`${INSTANCE_PATH}/status`, async (request) => connectionStatus(instanceOf(request)));

	scope.get(`${INSTANCE_PATH}/qr-code`, async (request) => {
		const instance = instanceOf(request);
		return qrCodeAnswer(instance, await instances.qrCode(instance));
	});

	scope.get(`${INSTANCE_PATH}/qr-code/image`, async (request) => {
		const instance = instanceOf(request);
		return qrImageAnswer(await instances.qrCode(instance), instance.state === 'connected');
	});

	scope.get<{ Params: { phone: string } }>(`${INSTANCE_PATH}/phone-code/:phone`, async (request) => {
		const instance = instanceOf(request);
		const phone = parsePhone(request.params.phone);
		if (phone === undefined) throw new RecadoError('invalid_phone');
		const pairing = await whatsapp.ask(instance, 'session.phoneCode', { phone });
		// The envelope is documented nowhere: as with the QR code.
		return pairing === null ? { connected: true } : { value: pairing.code };
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
