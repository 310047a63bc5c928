/** From a name to its addresses: the only place where names are looked up, so that what is vetted is what is connected to. */
export interface Resolver {
	/** Rejects with an error whose `code` is that of `node:dns`. */
	resolve(hostname: string): Promise<Resolution>;
}

export interface Resolution {
	/** Every IPv4 and IPv6 address of the name, at least one. */
	readonly addresses: readonly string[];
	/** How long the answer may be used, by who gave it. */
	readonly ttlMs: number;
}
