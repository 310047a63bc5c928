/** The PostgreSQL server of all scenarios of this process, durable as in production. Some crash it; none keeps it down. */
import { PostgresServer } from '../support/postgres-server.ts';

export function faultServer(): Promise<PostgresServer> {
	shared ??= PostgresServer.start({ isDurable: true });
	return shared;
}

let shared: Promise<PostgresServer> | undefined;
