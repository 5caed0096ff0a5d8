import type { Language } from '@messlatte/model'
import { type Command, Option } from 'commander'

/** Takes the exit code that a command ends with. */
export type End = (code: number) => void

const LANGUAGES: readonly Language[] = ['en', 'de']

/** Gathers the values of an option that may be given again and again. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** What the product is: its identity and its traits. */
export function addProduct(command: Command): Command {
  return command
    .option('--product <FILE>', 'JSON: maker, model, hardware, firmware, batch')
    .option('--maker <NAME>')
    .option('--model <NAME>')
    .option('--hardware <NAME>')
    .option('--firmware <VERSION>')
    .option('--batch <ID>')
    .option('--traits <FILE>', 'JSON: trait ids to true or false')
    .option('--trait <ID=BOOL>', 'one trait, repeatable', collect, [])
}

/** What reading may take, at most. */
export function addLimits(command: Command): Command {
  return command
    .option(
      '--key <FILE>',
      'key that decrypts what is encrypted for it, repeatable; never reported',
      collect,
      [],
    )
    .option('--memory <SIZE>', 'memory that reading may use, e.g. 2G (default: 4G)')
    .option(
      '--limit-bytes <SIZE>',
      'bytes of content to read at most (default: 16G, and less for a small release: 2G, or its size times --limit-ratio)',
    )
    .option('--limit-entries <N>', 'members of containers to read at most (default: 2000000)')
    .option('--limit-depth <N>', 'containers within containers (default: 16)')
    .option('--limit-ratio <N>', 'bytes out for each byte in, for contents over 256 MiB (default: 5000)')
    .option('--limit-seconds <N>', 'outer guard; what is not read by then is left out (default: 900)')
}

/** The language of texts for people. */
export function language(): Option {
  return new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en')
}

/** The day on which is asked. */
export function asOf(): Option {
  return new Option('--as-of <DATE>', "calendar day in the market's zone (default: today)")
}

/** Which verdicts make the exit code 1. */
export function failOn(): Option {
  return new Option('--fail-on <SCOPE>', 'what makes the exit code 1')
    .choices(['profile', 'baseline', 'open', 'never'])
    .default('profile')
}
