import { closeSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { writeTamperJson } from '@messlatte/exchange'
import { type MapStretch, seenIn } from '@messlatte/inspect'
import type { Language, TamperSeen, TamperSet } from '@messlatte/model'
import { renderTamper, renderTamperReadme } from '@messlatte/report'
import { CliError, cannotBeRead } from '../errors.ts'
import { inspect, listInside } from '../inspect.ts'
import { type LimitFlags, parseCount, parseSize, readKeys, readLimits, readTrust } from '../options.ts'
import { output } from '../output.ts'
import { ownFolder } from '../own-folder.ts'
import { type Progress, progress } from '../progress.ts'
import { openRegularFile } from '../release/open.ts'
import { readPrivateKey } from '../signing-key.ts'
import { type Making, makeSet } from '../tamper/make.ts'
import { isRight, runVerifier } from '../tamper/verifier.ts'
import { writeNew } from '../tamper/write.ts'
import { terminalOptions } from '../terminal.ts'
import { TOOL } from '../tool.ts'

export interface TamperFlags extends LimitFlags {
  readonly output?: string
  readonly list: boolean
  readonly only: readonly string[]
  readonly most?: string
  readonly map: boolean
  readonly signingKey?: string
  readonly trust: readonly string[]
  readonly look?: boolean
  readonly json?: string
  readonly timeout: string
  readonly takenIf?: string
  readonly lang: Language
  readonly quiet: boolean
}

const MOST = 8 * 1024 ** 3
/** Up to here, our own checks look at each file unless they are told not to. */
const SMALL = 64 * 1024 ** 2

/** Has the set of forged updates written, and lets the maker's verifier try it; 1 where that one failed. */
export async function tamperCommand(
  path: string,
  flags: TamperFlags,
  command: readonly string[] | undefined,
): Promise<number> {
  refuseMisuse(flags, command)
  const seconds = parseCount('--timeout', flags.timeout)
  const making = wantedOf(flags)
  closeSync(openRegularFile(path).descriptor)
  const folder = flags.list ? undefined : ownFolder(flags.output as string)
  const bar = progress(flags.quiet, flags.lang)
  try {
    const set = await setOf(path, flags, { ...making, folder, onProgress: bar.update }, bar)
    if (!folder) {
      tell(set, null, flags)
      return 0
    }
    bar.end()
    const tried = [
      { file: null, path: resolve(path) },
      ...set.files.map(({ file }) => ({ file, path: join(folder.path, file) })),
    ]
    const verifier = command
      ? await runVerifier(command, tried, set.files, { seconds, takenIf: flags.takenIf })
      : null
    writeNew(folder.path, 'README.md', renderTamperReadme(set, flags.lang))
    writeNew(folder.path, 'manifest.json', writeTamperJson(set))
    tell({ ...set, verifier }, flags.output as string, flags)
    return verifier && !isRight(verifier) ? 1 : 0
  } finally {
    bar.end()
    folder?.leave()
  }
}

function refuseMisuse({ output: folder, list }: TamperFlags, command: readonly string[] | undefined): void {
  if (folder === undefined && !list)
    throw new CliError('bad-option', {
      en: 'name a folder to write to (-o DIR), or ask for --list',
      de: 'einen Ordner nennen, in den geschrieben wird (-o ORDNER), oder --list verlangen',
    })
  if (command?.length === 0)
    throw new CliError('bad-option', {
      en: '--verify-with: name the program, then what it is called with',
      de: '--verify-with: das Programm nennen, dann, womit es aufgerufen wird',
    })
}

function wantedOf(flags: TamperFlags): Pick<Making, 'wanted' | 'limits'> {
  const { signingKey, only, most } = flags
  const key =
    signingKey === undefined
      ? undefined
      : readPrivateKey('--signing-key', signingKey).export({ type: 'pkcs8', format: 'der' })
  return {
    wanted: {
      only,
      most: most === undefined ? MOST : parseSize('--most', most),
      ...(key ? { signingKey: key.toString('base64') } : {}),
    },
    limits: readLimits(flags),
  }
}

async function setOf(path: string, flags: TamperFlags, making: Making, bar: Progress): Promise<TamperSet> {
  const known = flags.map ? undefined : await makeSet(path, making)
  const set = known ?? (await makeSet(path, await withStretches(path, flags, making)))
  if (!set) throw new CliError('failed', cannotBeRead(path))
  const { made, original } = set
  const look = making.folder && (flags.look ?? original.size <= SMALL)
  const seenAt = (at: string) => (look ? lookedAt(at, flags) : Promise.resolve(null))
  const files: TamperSet['files'][number][] = []
  for (const one of made.files) {
    bar.about(one.file)
    files.push({ ...one, seen: await seenAt(join(making.folder?.path ?? '', one.file)) })
  }
  return {
    tool: TOOL,
    original: { name: basename(path), ...original, seen: await seenAt(path) },
    format: made.format,
    signed: made.signed,
    sums: made.sums ?? null,
    signedByMaker: flags.signingKey !== undefined,
    files,
    notMade: made.unmade,
    limits: made.limits,
    verifier: null,
  }
}

/** The map of the file, as the sandbox reads it. */
async function withStretches(path: string, flags: TamperFlags, making: Making): Promise<Making> {
  const { limits, onProgress } = making
  const { unpacked } = await listInside([path], { limits, keys: readKeys(flags), onProgress })
  const stretches = unpacked.map.map(
    ({ offset, length, kind, format }): MapStretch => ({
      at: offset,
      length,
      what: format ?? kind,
      filler: kind === 'padding',
    }),
  )
  return { ...making, wanted: { ...making.wanted, stretches } }
}

/** What our own checks see, in the sandbox. */
async function lookedAt(path: string, flags: TamperFlags): Promise<TamperSeen> {
  const { found } = await inspect([path], {
    settings: {
      kind: 'inspect',
      trusted: flags.trust.map(readTrust),
      trustedDigests: [],
      readouts: [],
      guesses: 0,
      productWords: [],
      wordlist: [],
      reveal: false,
    },
    limits: readLimits(flags),
    keys: readKeys(flags),
    onProgress: () => undefined,
  })
  return seenIn(found.evidence, found.unpacked.damage)
}

function tell(set: TamperSet, folder: string | null, { json, quiet, lang }: TamperFlags): void {
  if (json !== undefined) output(json, writeTamperJson(set))
  if (!quiet && json !== '-') process.stdout.write(renderTamper(set, folder, terminalOptions(lang)))
}
