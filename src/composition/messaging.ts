/** The services of messaging over the instances: accounts, what is sent, what comes in, what is kept of it, and customer service. */
import type { Config } from '../config/config.ts';
import { AccountDirectory } from '../messaging/account-directory.ts';
import { AttendingService } from '../messaging/attending.ts';
import { ErasingService } from '../messaging/erasing.ts';
import { ExtensionCodeService } from '../messaging/extension-codes.ts';
import { Inbox } from '../messaging/inbox.ts';
import { InstanceHabits } from '../messaging/instance-habits.ts';
import { InstanceSettingService } from '../messaging/instance-settings.ts';
import { MediaLibrary } from '../messaging/media-library.ts';
import { keepingMedia } from '../messaging/media-of-phones.ts';
import { ownedSimulator } from '../messaging/owned-simulator.ts';
import { ReadingService } from '../messaging/reading.ts';
import { Sending } from '../messaging/sending.ts';
import { TemplateShelf } from '../messaging/templates.ts';
import { ApplicationTokens } from '../messaging/tokens.ts';
import type { SimulatorControl } from '../ports/simulator.ts';
import type { Store } from '../ports/store.ts';
import { OperatorTokens } from '../service-desk/operator-tokens.ts';
import { createAttendant, createServiceDesk } from '../service-desk/service-desk.ts';
import type { ServiceDesk } from '../service-desk/services.ts';
import { hashToken } from '../system/aes-sealer.ts';
import { passwordHashes } from '../system/password-hashes.ts';
import type { BuiltDelivery } from './delivery.ts';
import type { BuiltInstances } from './instances.ts';
import type { World } from './world.ts';

export interface BuiltMessaging {
	readonly simulator: SimulatorControl;
	readonly inbox: Inbox;
	readonly messaging: Sending;
	readonly media: MediaLibrary;
	readonly reading: ReadingService;
	readonly templates: TemplateShelf;
	readonly erasing: ErasingService;
	readonly instanceSettings: InstanceSettingService;
	readonly directory: AccountDirectory;
	readonly attending: AttendingService;
	readonly serviceDesk: ServiceDesk;
	readonly extensionCodes: ExtensionCodeService;
}

interface MessagingNeeds extends World, BuiltDelivery, BuiltInstances {
	readonly store: Store;
	/** Known when the server listens. */
	readonly publicUrl: () => string;
}

export async function buildMessaging(config: Config, needs: MessagingNeeds): Promise<BuiltMessaging> {
	const { instances, channelOf } = needs;
	const options = config.messaging;
	const media = buildMedia(config, needs);
	const instanceSettings = new InstanceSettingService(needs);
	const habits = new InstanceHabits({ ...needs, settings: instanceSettings });
	const attendant = createAttendant({ ...needs, options });
	const attending = new AttendingService({ ...needs, options, closing: [attendant] });
	const inbox = new Inbox({
		...needs,
		attending,
		hooks: [habits, attendant],
		onConnection: (instance, state) => instances.onConnection(instance, state),
	});
	const messaging = new Sending({
		...needs,
		...{ media, instanceSettings, options },
		capabilities: (instance) => channelOf(instance).capabilities,
	});
	const { directory, serviceDesk } = await openOffices(config, { ...needs, messaging, attending });
	return {
		...{ inbox, messaging, media, instanceSettings, directory, attending, serviceDesk },
		reading: new ReadingService(needs),
		templates: new TemplateShelf(needs),
		erasing: new ErasingService({ ...needs, messaging }),
		extensionCodes: new ExtensionCodeService({ ...needs, hash: hashToken }),
		simulator: keepingMedia(ownedSimulator(needs.simulatedPhones, needs.errands), media),
	};
}

/** Where its links lead is known when the server listens. */
function buildMedia(config: Config, needs: MessagingNeeds): MediaLibrary {
	const options = {
		...config.media,
		get publicUrl() {
			return needs.publicUrl();
		},
	};
	return new MediaLibrary({ ...needs, options });
}

/** Accounts with what belongs to them, and the customer service of each. */
async function openOffices(
	config: Config,
	needs: MessagingNeeds & Pick<BuiltMessaging, 'messaging' | 'attending'>,
): Promise<Pick<BuiltMessaging, 'directory' | 'serviceDesk'>> {
	const { store, sealer, ids, clock, webhooks } = needs;
	const secrets = store.sealedSecrets;
	const tokens = await ApplicationTokens.open({ secrets, sealer, ids, clock, hash: hashToken });
	const operatorTokens = await OperatorTokens.open({ secrets, sealer, ids, clock });
	const passwords = passwordHashes;
	return {
		directory: new AccountDirectory({ ...needs, passwords, drafts: webhooks, tokens, hash: hashToken }),
		serviceDesk: createServiceDesk({ ...needs, options: config.messaging, passwords, operatorTokens }),
	};
}
