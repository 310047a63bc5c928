/** Where the bytes of a blob are: `<directory of the store>/media/ab/cd…`, by the SHA-256 of the content, for their owner alone. */
import { dirname, join } from 'node:path';

export const DIRECTORY_MODE = 0o700;
export const FILE_MODE = 0o600;

/** Beside the file of the store. */
export function mediaDirectory(storeFile: string): string {
	return join(dirname(storeFile), 'media');
}

/** 256 folders, so that none of them gets too many entries. */
export function blobFile(directory: string, sha256: string): string {
	return join(directory, sha256.slice(0, 2), sha256.slice(2));
}

/** What is being written; emptied at start. */
export function incomingDirectory(directory: string): string {
	return join(directory, 'incoming');
}
