import type { Language } from '@messlatte/model'
import { renderMap } from '@messlatte/report'
import { type ListResult, type ListSettings, runInSandbox } from '@messlatte/unpack'
import { createExtraction } from '../extract/extraction.ts'
import { listText } from '../extract/list-text.ts'
import { type LimitFlags, readKeys, readLimits } from '../options.ts'
import { progress } from '../progress.ts'
import { collectRelease } from '../release/collect.ts'
import { LISTING, sandboxFiles } from '../sandbox/files.ts'
import { terminalOptions } from '../terminal.ts'

export interface UnpackFlags extends LimitFlags {
  readonly list: boolean
  readonly map: boolean
  readonly output?: string
  readonly json: boolean
  readonly quiet: boolean
  readonly lang: Language
}

/** Lists or writes what is inside. */
export async function unpackCommand(paths: readonly string[], flags: UnpackFlags): Promise<number> {
  const release = collectRelease(paths)
  const bar = progress(flags.quiet, flags.lang)
  const extraction = flags.output === undefined ? undefined : createExtraction(flags.output)
  const settings: ListSettings = extraction
    ? { kind: 'extract', folder: extraction.folder.path, listing: flags.json }
    : { kind: 'list' }
  try {
    const result = (await runInSandbox({
      ...sandboxFiles(LISTING),
      ...release,
      members: release.members,
      limits: readLimits(flags),
      keys: readKeys(flags),
      settings,
      digests: flags.json,
      onProgress: bar.update,
      ...(extraction ? { folder: extraction.folder.path, onAttempt: extraction.folder.empty } : {}),
    })) as ListResult
    const written = extraction?.finish(result.entries)
    bar.end()
    const told = {
      entries: written?.entries ?? result.entries,
      ...(written ? { skipped: written.skipped } : {}),
      unpacked: result.unpacked,
    }
    if (flags.json)
      process.stdout.write(`${JSON.stringify({ files: release.images(result.digests), ...told }, null, 2)}\n`)
    else if (flags.map) process.stdout.write(renderMap(told.unpacked.map, terminalOptions(flags.lang)))
    else if (!flags.quiet) process.stdout.write(listText(told, flags.output, flags.lang))
    return written?.skipped.some(({ reason }) => reason === 'disk-full') ? 1 : 0
  } finally {
    bar.end()
    release.close()
  }
}
