/** The OpenAPI documents as a gateway serves them, kept under `docs/openapi` so that a change of an API is seen where it is made. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config/read-config.ts';
import { createLogger } from '../src/observe/logger.ts';

/** By the name of the dialect: where its document is served. */
export const OPEN_API_PATHS: Readonly<Record<string, string>> = {
	recado: '/recado/v1/openapi.json',
	plugchat: '/api/openapi.json',
	'plugchat-partner': '/integrator/openapi.json',
	'z-api': '/instances/openapi.json',
	'instant-message': '/v1/openapi.json',
};

export interface OpenApiDocument {
	readonly dialect: string;
	/** From the root of the project. */
	readonly file: string;
	/** What stands in the file. */
	readonly text: string;
}

/** Of a gateway that is started for it, on a store of its own. */
export async function openApiDocuments(): Promise<readonly OpenApiDocument[]> {
	await using building = new AsyncDisposableStack();
	const data = await mkdtemp(join(tmpdir(), 'recado-openapi-'));
	building.defer(() => rm(data, { recursive: true, force: true }));
	const config = readConfig({
		RECADO_HOST: '127.0.0.1',
		RECADO_PORT: '0',
		RECADO_DATA: data,
		RECADO_ADMIN_TOKEN: 'nobody-asks-this-gateway',
		RECADO_SECRET_KEY: Buffer.alloc(32).toString('base64'),
	});
	const { address } = building.use(await startApp(config, { logger: createLogger({ level: 'silent' }) }));
	return await Promise.all(
		Object.entries(OPEN_API_PATHS).map(async ([dialect, path]) => ({
			dialect,
			file: `docs/openapi/${dialect}.json`,
			text: `${JSON.stringify(await get(`${address}${path}`), undefined, '\t')}\n`,
		})),
	);
}

async function get(url: string): Promise<unknown> {
	const { statusCode, body } = await request(url);
	const text = await body.text();
	if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: ${text}`);
	return JSON.parse(text);
}
