/** Requests that are not HTTP, or come too slowly or too large to be read: no route can answer them, so this writes on the socket itself. */
import type { Socket } from 'node:net';

const STATUSES: Readonly<Record<string, readonly [number, string]>> = {
	HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
	HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Content Too Large'],
	ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
	// The other side is gone, or an answer has begun: nothing more can be said on this connection.
	if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
		socket.destroy();
		return;
	}
	const [status, title] = STATUSES[error.code ?? ''] ?? [400, 'Bad Request'];
	const body = JSON.stringify({ type: 'about:blank', title, status });
	socket.end(
		`HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
	);
}
