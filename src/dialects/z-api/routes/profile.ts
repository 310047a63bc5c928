/** The instance as others see it: its profile, its device, and what it does by itself. */
import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { InstanceSettings } from '../../../domain/instance-settings.ts';
import { takePhoto } from '../../callbacks/photo.ts';
import { INSTANCE_PATH, instanceOf } from '../authentication.ts';
import type { ZApiDeps } from '../deps.ts';

const TextBody = Type.Object({ value: Type.String() });
const NameBody = Type.Object({ value: Type.String({ minLength: 1 }) });
const SwitchBody = Type.Object({ value: Type.Boolean() });

/** By path: what is switched. */
const SWITCHES: Readonly<Record<string, 'autoReadMessage' | 'autoReadStatus' | 'callRejectAuto'>> = {
	'update-auto-read-message': 'autoReadMessage',
	'update-auto-read-status': 'autoReadStatus',
	'update-call-reject-auto': 'callRejectAuto',
};

export function profileRoutes(scope: FastifyInstance, deps: ZApiDeps): void {
	const { whatsapp } = deps;
	scope.get(`${INSTANCE_PATH}/device`, async (request) => {
		const instance = instanceOf(request);
		const [profile, device] = [await whatsapp.ask(instance, 'profile.get', {}), await whatsapp.ask(instance, 'session.device', {})];
		return {
			phone: profile.phone,
			imgUrl: profile.photoUrl ?? '',
			about: profile.about,
			name: profile.name,
			device: { sessionName: device.sessionName, device_model: device.model },
			originalDevice: device.originalDevice,
			sessionId: device.sessionId,
			isBusiness: profile.isBusiness,
		};
	});

	scope.put<{ Body: Static<typeof NameBody> }>(`${INSTANCE_PATH}/profile-name`, { schema: { body: NameBody } }, async (request) => {
		await whatsapp.ask(instanceOf(request), 'profile.set', { name: request.body.value });
		return { value: true };
	});

	scope.put<{ Body: Static<typeof TextBody> }>(`${INSTANCE_PATH}/profile-description`, { schema: { body: TextBody } }, async (request) => {
		await whatsapp.ask(instanceOf(request), 'profile.set', { about: request.body.value });
		return { value: true };
	});

	scope.put<{ Body: Static<typeof NameBody> }>(`${INSTANCE_PATH}/profile-picture`, { schema: { body: NameBody } }, async (request) => {
		const instance = instanceOf(request);
		const photoUrl = await takePhoto(deps.media, instance, { field: 'value', source: request.body.value });
		await whatsapp.ask(instance, 'profile.set', { photoUrl });
		return { value: true };
	});

	settingRoutes(scope, deps);
}

function settingRoutes(scope: FastifyInstance, { directory, instanceSettings }: ZApiDeps): void {
	const set = async (request: Parameters<typeof instanceOf>[0], change: Partial<InstanceSettings>): Promise<object> => {
		await instanceSettings.set(instanceOf(request), change);
		return { value: true };
	};

	for (const [path, setting] of Object.entries(SWITCHES)) {
		scope.put<{ Body: Static<typeof SwitchBody> }>(`${INSTANCE_PATH}/${path}`, { schema: { body: SwitchBody } }, (request) =>
			set(request, { [setting]: request.body.value }),
		);
	}

	scope.put<{ Body: Static<typeof TextBody> }>(`${INSTANCE_PATH}/update-call-reject-message`, { schema: { body: TextBody } }, (request) =>
		set(request, { callRejectMessage: request.body.value }),
	);

	scope.put<{ Body: Static<typeof NameBody> }>(`${INSTANCE_PATH}/update-name`, { schema: { body: NameBody } }, async (request) => {
		await directory.updateInstance(instanceOf(request).id, { name: request.body.value });
		return { value: true };
	});
}
