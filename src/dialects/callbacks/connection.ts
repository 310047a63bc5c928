/** What `GET status` says of an instance, in the documented words, and `GET qr-code`. */
import type { Instance } from '../../domain/account.ts';

export interface ConnectionStatus {
	readonly connected: boolean;
	readonly error: string;
	readonly smartphoneConnected: boolean;
}

/** `error` is there in either state: that is how it is documented. */
export function connectionStatus(instance: Instance): ConnectionStatus {
	const connected = instance.state === 'connected';
	return { connected, error: connected ? 'You are already connected.' : 'You are not connected.', smartphoneConnected: connected };
}

/** The envelope is documented nowhere: `value` like the other calls of an instance. Without a code the caller learns why there is none. */
export function qrCodeAnswer(instance: Instance, code: string | undefined): object {
	return code === undefined ? { connected: instance.state === 'connected' } : { value: code };
}
