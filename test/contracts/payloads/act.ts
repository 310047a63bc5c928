/** What brings a payload about, from the registering of its webhook on. */
import type { JsonObject } from '../../support/contract.ts';
import type { Actor } from './actor.ts';

export type Act = (actor: Actor) => Promise<void>;

/** By `system/event.json`. */
export type Acts = Readonly<Record<string, Act>>;

type Content = JsonObject | ((actor: Actor) => JsonObject | Promise<JsonObject>);

/** A customer's phone writes. */
export function writes(content: Content): Act {
	return async (actor) => {
		await actor.listen();
		await actor.writes(await contentFor(content, actor));
	};
}

/** The instance's own phone writes, to the customer. */
export function writesOwn(content: Content): Act {
	return async (actor) => {
		await actor.listen({ ownToo: true });
		await actor.writes({ fromMe: true, ...(await contentFor(content, actor)) });
	};
}

/** The same of both dialects that tell of messages. */
export function both(event: string, act: Act): Acts {
	return { [`z-api/${event}.json`]: act, [`plugchat/${event}.json`]: act };
}

function contentFor(content: Content, actor: Actor): JsonObject | Promise<JsonObject> {
	return typeof content === 'function' ? content(actor) : content;
}
