/** `send-document/{extension}`: the type and the file name that the extension in the path asks for. */
import { mimeTypeOfExtension } from '../../domain/mime-types.ts';
import { type Given, given } from './given.ts';

export interface DocumentType {
	readonly mimeType: string | undefined;
	readonly fileName: string | undefined;
}

/** A name without the extension gets it. Without an extension in the path, or with one that is not known, the type is left to the medium. */
export function documentType(extension: string | undefined, fileName: string | undefined): Given<DocumentType> {
	if (extension === undefined) return given({ mimeType: undefined, fileName });
	const isNamed = fileName === undefined || fileName.toLowerCase().endsWith(`.${extension.toLowerCase()}`);
	return given({ mimeType: mimeTypeOfExtension(extension), fileName: isNamed ? fileName : `${fileName}.${extension}` });
}
