import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { MOST_READOUT, readFuses } from '@messlatte/exchange'
import type { FuseReadout } from '@messlatte/model'
import { CliError, cannotBeRead } from './errors.ts'
import { parseDay } from './options.ts'

export interface ReadoutFlags {
  readonly fuses: readonly string[]
  readonly fusesBy?: string
  readonly fusesOn?: string
}

/** Documents about single units. Each counts with who took it and when, so that both have to be stated. */
export function readReadouts({ fuses, fusesBy, fusesOn }: ReadoutFlags): readonly FuseReadout[] {
  if (fuses.length === 0) {
    if (fusesBy === undefined && fusesOn === undefined) return []
    throw new CliError('bad-option', {
      en: '--fuses-by and --fuses-on say who took a read-out and when: name it with --fuses FILE',
      de: '--fuses-by und --fuses-on sagen, wer wann ausgelesen hat: das Ausgelesene mit --fuses DATEI nennen',
    })
  }
  if (!fusesBy || fusesOn === undefined) {
    throw new CliError('bad-option', {
      en: '--fuses needs --fuses-by NAME and --fuses-on DATE: who took the read-out, and when',
      de: '--fuses braucht --fuses-by NAME und --fuses-on TAG: wer ausgelesen hat, und wann',
    })
  }
  const taken = { by: fusesBy, on: parseDay('--fuses-on', fusesOn) }
  return fuses.map((path) => {
    const readout = readFuses(contentOf(path), basename(path), taken)
    if ('problem' in readout)
      throw new CliError('bad-file', {
        en: `--fuses ${path}: ${readout.problem.en}`,
        de: `--fuses ${path}: ${readout.problem.de}`,
      })
    return readout
  })
}

function contentOf(path: string): Buffer {
  try {
    if (statSync(path).size > MOST_READOUT) return Buffer.alloc(MOST_READOUT + 1)
    return readFileSync(path)
  } catch (cause) {
    throw new CliError('not-found', cannotBeRead(`--fuses ${path}`), cause)
  }
}
