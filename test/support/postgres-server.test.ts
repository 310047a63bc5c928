/** The PostgreSQL server of the tests: what it keeps, and that it goes with whoever started it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import pg from 'pg';
import { PostgresServer, startPostgres, type TestDatabase } from './postgres-server.ts';
import { becomes } from './waiting.ts';

const GONE_WITHIN_MS = 60_000;

describe('the PostgreSQL server of the tests', () => {
	test('is one for the whole process, with databases that know nothing of each other', async () => {
		const server = await startPostgres();
		assert.equal(await startPostgres(), server);
		await using first = await server.createDatabase();
		await first.execute('CREATE TABLE things (name text)');
		await using second = await server.createDatabase();
		await using copy = await server.createDatabase(first.name);
		assert.deepEqual(await Promise.all([first, second, copy].map(tables)), [['things'], [], ['things']]);
	});

	test('a database is cut off from whoever was connected, and keeps what it has', async () => {
		const server = await startPostgres();
		await using database = await server.createDatabase();
		await database.execute('CREATE TABLE things (name text)');
		const before = new pg.Client({ connectionString: database.url });
		before.on('error', () => {});
		await before.connect();
		const { url } = database;
		await database.cutOff();
		await assert.rejects(before.query('SELECT'));
		await assert.rejects(new pg.Client({ connectionString: url }).connect(), { code: '3D000' });
		assert.deepEqual(await tables(database), ['things']);
	});

	test('has after a crash what was committed before it', async () => {
		await using server = await PostgresServer.start({ isDurable: true });
		await using database = await server.createDatabase();
		await database.execute('CREATE TABLE things (name text)');
		await server.restartImmediate();
		assert.deepEqual(await tables(database), ['things']);
		await server.stop();
		await assert.rejects(tables(database), { code: 'ECONNREFUSED' });
		await server.start();
		assert.deepEqual(await tables(database), ['things']);
	});

	test('goes with the process that started it, however that ends', async () => {
		const program = `
			const { startPostgres } = await import(${JSON.stringify(join(import.meta.dirname, 'postgres-server.ts'))});
			console.log((await startPostgres()).url('postgres'));
			await new Promise(() => process.stdin.resume());
		`;
		const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['pipe', 'pipe', 'inherit'] });
		const [line] = await once(createInterface(child.stdout), 'line');
		const port = Number(new URL(String(line)).port);
		assert.ok(await isListening(port));
		child.kill('SIGKILL');
		assert.ok(await becomes(async () => !(await isListening(port)), GONE_WITHIN_MS));
	});
});

async function tables(database: TestDatabase): Promise<readonly unknown[]> {
	const rows = await database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
	return rows.map(({ tablename }) => tablename);
}

async function isListening(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
