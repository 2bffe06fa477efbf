import { storageTool } from './storage-tool.ts';

const { exitCode, output, error } = await storageTool(process.argv.slice(3));
process.stdout.write(output);
if (error !== undefined) process.stderr.write(`${error}\n`);
process.exitCode = exitCode;
