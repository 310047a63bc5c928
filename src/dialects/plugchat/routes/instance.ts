/** The account's instance: status, pairing code, device, restart, restore, disconnect. */
import type { FastifyInstance } from 'fastify';
import type { Device } from '../../../ports/whatsapp.ts';
import { connectionStatus, qrCodeAnswer } from '../../callbacks/connection.ts';
import { qrImageAnswer } from '../../callbacks/qr-image.ts';
import { instanceOf } from '../authentication.ts';
import type { PlugchatDeps } from '../deps.ts';

/** These GETs do something, so they answer no HEAD, which clients and monitors take for harmless. */
const ACTS = { exposeHeadRoute: false };

export function instanceRoutes(scope: FastifyInstance, deps: PlugchatDeps): void {
	scope.get('/api/whatsapp/status', async (request) => {
		const { connected, error, smartphoneConnected } = connectionStatus(await instanceOf(request, deps.directory));
		// A session is there exactly while it is connected: restoring it opens a new one.
		return { connected, session: connected, error, smartphoneConnected };
	});

	scope.get('/api/whatsapp/qr-code', async (request) => {
		const instance = await instanceOf(request, deps.directory);
		return qrCodeAnswer(instance, await deps.instances.qrCode(instance));
	});

	scope.get('/api/whatsapp/qr-code/image', async (request) => {
		const instance = await instanceOf(request, deps.directory);
		return qrImageAnswer(await deps.instances.qrCode(instance), instance.state === 'connected');
	});

	scope.get('/api/whatsapp/device', async (request) => {
		const instance = await instanceOf(request, deps.directory);
		const profile = await deps.whatsapp.ask(instance, 'profile.get', {});
		const device = await deps.whatsapp.ask(instance, 'session.device', {});
		return { phone: profile.phone, imgUrl: profile.photoUrl ?? null, device: deviceFields(device) };
	});

	scope.get('/api/whatsapp/restart', ACTS, async (request) => {
		await deps.instances.restart(await instanceOf(request, deps.directory));
		return { value: true };
	});

	scope.get('/api/whatsapp/restore-session', ACTS, async (request) => {
		await deps.instances.connect(await instanceOf(request, deps.directory));
		return { value: true };
	});

	scope.get('/api/whatsapp/disconnect', ACTS, async (request) => {
		await deps.instances.disconnect(await instanceOf(request, deps.directory));
		return { value: true };
	});
}

/** Of the phone itself, its network and its system, a linked session is told nothing: '' there. */
function deviceFields({ model, originalDevice }: Device): object {
	return {
		wa_version: '',
		mcc: '',
		mnc: '',
		os_version: '',
		device_manufacturer: '',
		device_model: model,
		osbuildnumber: '',
		platform: originalDevice,
	};
}
