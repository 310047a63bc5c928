/** The subcommands, in the order in which the help lists them. */
import type { Command } from './command.ts';
import { dev } from './dev.ts';
import { doctor } from './doctor.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { listen } from './listen.ts';
import { migrateCommand } from './migrate.ts';
import { replay } from './replay.ts';
import { send } from './send.ts';
import { serve } from './serve.ts';

export const COMMANDS: readonly Command[] = [dev, serve, listen, send, replay, migrateCommand, exportCommand, importCommand, doctor];
