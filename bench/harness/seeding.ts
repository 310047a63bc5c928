/** A store filled with clones of what it has, in a process of its own; no gateway may have it open. What it does is told in seed-process.ts. */
import { join } from 'node:path';
import { Child } from './child.ts';
import type { Seeded, SeedOrder } from './seed-process.ts';

export async function seed(directory: string, order: Omit<SeedOrder, 'file'>): Promise<Seeded> {
	await using child = new Child(join(import.meta.dirname, 'seed-process.ts'));
	return await child.ask<Seeded>({ ...order, file: databaseIn(directory) } satisfies SeedOrder);
}

/** Where the gateway keeps its store. */
export function databaseIn(directory: string): string {
	return join(directory, 'recado.db');
}
