#!/usr/bin/env node
/** The `recado` command. */
import { readEnvironment } from '../config/environment.ts';
import { COMMANDS } from './commands.ts';
import { processTerminal } from './process-terminal.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), COMMANDS, processTerminal(readEnvironment()));
