/** Callers may name a message by our id or by the one that WhatsApp knows. */
import type { Instance } from '../../domain/account.ts';
import type { RecadoReads } from './deps.ts';

/** The WhatsApp id of a message; an id that is none of ours is taken for one. */
export async function whatsappIdOf(store: RecadoReads, instance: Instance, id: string): Promise<string> {
	if (!id.startsWith('msg_')) return id;
	const message = await store.messages.message(id);
	return message?.instanceId === instance.id ? message.whatsappId : id;
}
