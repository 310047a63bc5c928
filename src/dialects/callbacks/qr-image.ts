/** A pairing code as the picture that a phone scans. */
import { toDataURL } from 'qrcode';

/** A PNG as data URI. The envelope is documented nowhere: `value` like the other calls of an instance, and the state where there is no code. */
export async function qrImageAnswer(code: string | undefined, isConnected: boolean): Promise<object> {
	return code === undefined ? { connected: isConnected } : { value: await toDataURL(code) };
}
