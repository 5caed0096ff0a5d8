import { Command } from 'commander'
import type { TamperFlags } from '../commands/tamper.ts'
import { addLimits, collect, type End, language } from './options.ts'

const VERIFY_WITH = '--verify-with'

/** All that stands behind `--verify-with` belongs to the program that it names, options of our own names included. */
class TamperCommand extends Command {
  verifier: readonly string[] | undefined

  override parseOptions(argv: string[]): ReturnType<Command['parseOptions']> {
    const at = argv.indexOf(VERIFY_WITH)
    if (at < 0) return super.parseOptions(argv)
    this.verifier = argv.slice(at + 1)
    return super.parseOptions(argv.slice(0, at))
  }
}

/** `messlatte tamper`: what it takes. */
export function addTamper(parent: Command, end: End): void {
  const tamper = new TamperCommand('tamper').copyInheritedSettings(parent) as TamperCommand
  parent.addCommand(tamper)
  tamper
    .description(
      'write forged updates for TS 103 701 cases 5.3-2-2 and 5.3-9-2, each with what a device must answer',
    )
    .argument('<update>', 'the genuine update file')
    .option('-o, --output <DIR>', 'folder for the files, README.md and manifest.json: new or empty')
    .option('--list', 'say what would be written, with sizes; nothing is written', false)
    .option(
      '--only <NAME>',
      'a kind (flip, foreign-key …), a name (flip-rootfs-img) or a number of --list, repeatable',
      collect,
      [],
    )
    .option('--most <SIZE>', 'bytes to write at most (default: 8G)')
    .option('--map', 'flip a bit in each stretch of the map instead, whatever the file is', false)
    .option(
      '--signing-key <FILE>',
      'private key of the maker (PEM): other versions and other hardware are signed with it; it is written nowhere',
    )
    .option(
      '--trust <FILE>',
      'public key or certificate for the look of our own checks, repeatable',
      collect,
      [],
    )
    .option('--look', 'look at the files with our own checks, however large they are')
    .option('--no-look', 'do not (default: up to 64 MiB)')
    .option('--json <FILE>', 'write manifest and answers of the verifier as JSON (- for standard output)')
    .option('--timeout <SECONDS>', 'for each run of the verifier', '60')
    .option(
      '--taken-if <TEXT>',
      'what the verifier says of a file that it takes, for programs whose exit code does not tell',
    )
    .addOption(language())
    .option('--quiet', 'no report on the terminal and no progress', false)
  addLimits(tamper)
    .addHelpText(
      'after',
      `  ${VERIFY_WITH} <CMD> [ARG…]     last of all: run this program over the genuine file and each of the set; {} is the
                                path, which is appended otherwise. No shell; exit code 0 counts as taken

Exit codes: 0 written, and the verifier took the genuine file only; 1 it let something through that must be refused, refused
the genuine file, or gave no answer; 2 could not be read or written, or used wrongly.

Examples:
  messlatte tamper update.swu --list
  messlatte tamper update.swu -o forged --trust update.pem
  messlatte tamper update.raucb -o forged --only flip --only foreign-key --lang de
  messlatte tamper update.raucb -o forged ${VERIFY_WITH} rauc info --keyring=ca.pem {}
  messlatte tamper update.swu -o forged --taken-if 'SWUPDATE successful' ${VERIFY_WITH} swupdate -n -k ca.pem -i {}
  messlatte tamper firmware.bin -o forged --map`,
    )
    .action(async (update: string, flags: TamperFlags) => {
      const { tamperCommand } = await import('../commands/tamper.ts')
      end(await tamperCommand(update, flags, tamper.verifier))
    })
}
