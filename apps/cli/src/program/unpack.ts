import type { Command } from 'commander'
import type { UnpackFlags } from '../commands/unpack.ts'
import { addLimits, type End, language } from './options.ts'

/** `messlatte unpack`: what it takes. */
export function addUnpack(parent: Command, end: End): void {
  const unpack = parent
    .command('unpack')
    .description('list or write what is inside; nothing is executed, no link is followed')
    .argument('<file...>', 'images, archives, directories')
    .option('--list', 'list it (the default)', false)
    .option('--map', 'show what lies where in each file', false)
    .option('-o, --output <DIR>', 'write the files to a new or empty folder')
    .option('--json', 'as JSON, with digests, owners, modes, links and attributes', false)
    .option('--quiet', 'no list and no progress', false)
    .addOption(language())
  addLimits(unpack)
    .addHelpText(
      'after',
      `
What is written counts, too: -o writes no more bytes than --limit-bytes, and a folder counts as 4 KiB.

Exit codes: 0 listed or written, as far as it can be read; 1 the disk was full; 2 could not be read or used wrongly.

Examples:
  messlatte unpack fw.bin
  messlatte unpack fw.bin --map
  messlatte unpack fw.bin --list --json | jq -r '.entries[] | [.sha256, .path] | @tsv'
  messlatte unpack fw.bin -o fw-unpacked`,
    )
    .action(async (paths: readonly string[], flags: UnpackFlags) => {
      const { unpackCommand } = await import('../commands/unpack.ts')
      end(await unpackCommand(paths, flags))
    })
}
