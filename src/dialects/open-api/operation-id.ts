/** The id of an operation in an OpenAPI document, from which generated clients take their names. Method and path give it, so that no two are the same. */

/** `GET`, `/api/chats/:phone`, `/api`: `getChatsByPhone`. `url` as the router takes it; `common`: what is left out of it where it begins with that. */
export function operationIdOf(method: string, url: string, common: string): string {
	const isCommon = url.startsWith(`${common}/`);
	const segments = (isCommon ? url.slice(common.length) : url).split('/').filter((segment) => segment !== '');
	const words = segments.map((segment) => (segment.startsWith(':') ? `By${pascal(segment.slice(1))}` : pascal(segment)));
	return `${method.toLowerCase()}${words.join('')}`;
}

function pascal(segment: string): string {
	const words = segment.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
	return words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('');
}
