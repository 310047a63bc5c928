/** Fetches what an URL of a stranger leads to, through the same guard as deliveries. */

export interface Download {
	/** As the server says, lower case and with its parameters; undefined where it does not. */
	readonly mimeType?: string;
	/** As the server says. */
	readonly size?: number;
	/** To be read to its end or broken off, once. Throws `media_unreachable` where it does not come to its end in time. */
	readonly bytes: AsyncIterable<Uint8Array>;
}

export interface DownloadRequest {
	readonly url: string;
	/** For everything: looking up names, connecting, redirects, and the bytes to the last one. */
	readonly deadlineMs: number;
}

export interface Downloads extends AsyncDisposable {
	/** Rejects with `media_unreachable` and its `reason`, a sentence for whoever gave the URL. */
	open(request: DownloadRequest): Promise<Download>;
}
