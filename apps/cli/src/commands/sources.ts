import { listSources } from '@messlatte/conformity'
import type { Language } from '@messlatte/model'
import { renderSources } from '@messlatte/report'
import { parseDay, today } from '../options.ts'
import { terminalOptions } from '../terminal.ts'

export interface SourcesFlags {
  readonly asOf?: string
  readonly json: boolean
  readonly lang: Language
}

/** Lists what the rules rest on; the exit code says nothing about their age. */
export function sourcesCommand(flags: SourcesFlags): number {
  const asOf = flags.asOf === undefined ? today('Europe/Berlin') : parseDay('--as-of', flags.asOf)
  const sources = listSources(asOf)
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ asOf, sources }, null, 2)}\n`
      : renderSources(sources, asOf, terminalOptions(flags.lang)),
  )
  return 0
}
