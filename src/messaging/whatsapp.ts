/** WhatsApp as a person uses it: what the channel of an instance can, asked where the instance is owned. */
import type { Instance } from '../domain/account.ts';
import { RecadoError } from '../errors.ts';
import type { Channel, ChannelCapabilities } from '../ports/channel.ts';
import type { Answered, Asked, WhatsAppCallName } from '../ports/whatsapp.ts';
import type { InstanceErrands } from './instance-errands.ts';
import type { ChannelFacts, WhatsApp } from './services.ts';

export interface WhatsAppParts {
	readonly channelOf: (instance: Instance) => Channel;
	readonly errands: Pick<InstanceErrands, 'offer'>;
}

export class OwnedWhatsApp implements WhatsApp, ChannelFacts {
	readonly #channelOf: WhatsAppParts['channelOf'];
	readonly #ask: (instance: Instance, name: WhatsAppCallName, asked: Asked<WhatsAppCallName>) => Promise<unknown>;

	constructor({ channelOf, errands }: WhatsAppParts) {
		this.#channelOf = channelOf;
		this.#ask = errands.offer('whatsapp.ask', (instance, name: WhatsAppCallName, asked: Asked<WhatsAppCallName>) =>
			channelOf(instance).ask(instance.id, name, asked),
		);
	}

	capabilities(instance: Instance): ChannelCapabilities {
		return this.#channelOf(instance).capabilities;
	}

	async ask<N extends WhatsAppCallName>(instance: Instance, name: N, asked: Asked<N>): Promise<Answered<N>> {
		if (!this.capabilities(instance).calls.has(name)) throw new RecadoError('operation_unsupported', { details: { operation: name } });
		const answer = await this.#ask(instance, name, asked);
		// What is answered with null loses it on the way from another process.
		return (answer ?? null) as Answered<N>;
	}
}
