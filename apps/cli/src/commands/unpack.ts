import type { ListResult, SandboxSettings } from '@messlatte/inspect'
import { renderMap } from '@messlatte/report'
import { runInSandbox } from '@messlatte/unpack'
import { createExtraction } from '../extract/extraction.ts'
import { listText } from '../extract/list-text.ts'
import { type LimitFlags, readKeys, readLimits } from '../options.ts'
import { progress } from '../progress.ts'
import { collectRelease } from '../release/collect.ts'
import { SANDBOX, SANDBOX_CODE } from '../sandbox/files.ts'
import { terminalOptions } from '../terminal.ts'

export interface UnpackFlags extends LimitFlags {
  readonly list: boolean
  readonly map: boolean
  readonly output?: string
  readonly json: boolean
  readonly quiet: boolean
}

/** Lists or writes what is inside. */
export async function unpackCommand(paths: readonly string[], flags: UnpackFlags): Promise<number> {
  const release = collectRelease(paths)
  const bar = progress(flags.quiet, 'en')
  const extraction = flags.output === undefined ? undefined : createExtraction(flags.output)
  const settings: SandboxSettings = extraction
    ? { kind: 'extract', folder: extraction.folder.path, listing: flags.json }
    : { kind: 'list' }
  try {
    const result = (await runInSandbox({
      script: SANDBOX.script,
      code: SANDBOX_CODE,
      ...release,
      members: release.members,
      limits: readLimits(flags),
      keys: readKeys(flags),
      settings,
      onProgress: bar.update,
      ...(extraction ? { folder: extraction.folder.path, onAttempt: extraction.folder.empty } : {}),
    })) as ListResult
    const written = extraction?.finish(result.entries)
    bar.end()
    const told = {
      files: release.images(result.digests),
      entries: written?.entries ?? result.entries,
      ...(written ? { skipped: written.skipped } : {}),
      unpacked: result.unpacked,
    }
    if (flags.json) process.stdout.write(`${JSON.stringify(told, null, 2)}\n`)
    else if (flags.map) process.stdout.write(renderMap(told.unpacked.map, terminalOptions('en')))
    else if (!flags.quiet) process.stdout.write(listText(told, flags.output))
    return 0
  } finally {
    bar.end()
    release.close()
  }
}
