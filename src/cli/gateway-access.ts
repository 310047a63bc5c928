/** Which gateway a command talks to, and with whose token: by its options, by the environment, or by what `recado dev` left in its directory. */
import { resolve } from 'node:path';
import { OPTIONS } from '../config/options.ts';
import type { Arguments, CommandOption } from './arguments.ts';
import type { Terminal } from './command.ts';
import { type DevDemo, readCredentials } from './dev-credentials.ts';
import { UsageError } from './failure.ts';
import { GatewayClient } from './gateway-client.ts';

/** Of every command that talks to a running gateway. */
export const ACCESS_OPTIONS: { readonly url: CommandOption; readonly token: CommandOption; readonly data: CommandOption } = {
	url: { value: 'URL', meaning: 'where the gateway is (default: that of the running "recado dev", else http://127.0.0.1:3000)' },
	token: { value: 'TOKEN', meaning: "the administrator's token" },
	data: { value: 'DIRECTORY', default: './data/dev', meaning: 'the directory of "recado dev", for its credentials' },
};

export const TOKEN_SOURCES = 'The token comes from --token, else from RECADO_ADMIN_TOKEN, else from the directory of "recado dev".';

export interface GatewayAccess {
	readonly client: GatewayClient;
	/** Where the gateway is that of `recado dev`. */
	readonly demo: DevDemo | undefined;
}

/** Throws UsageError where there is no token. */
export async function openGateway(args: Arguments, terminal: Terminal): Promise<GatewayAccess> {
	const dev = await readCredentials(resolve(args.text('data') ?? '.'));
	const token = args.text('token') ?? terminal.environment[OPTIONS.secrets.adminToken.env] ?? dev?.adminToken;
	if (!token) throw new UsageError('no token: give --token, set RECADO_ADMIN_TOKEN, or run where the data of "recado dev" are');
	const client = new GatewayClient(args.text('url') ?? dev?.gateway ?? 'http://127.0.0.1:3000', token);
	return { client, demo: token === dev?.adminToken ? dev.demo : undefined };
}
