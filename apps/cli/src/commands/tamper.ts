import { createHash, createPrivateKey, type KeyObject } from 'node:crypto'
import { closeSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { type Bytes, fileBytes, forEachWindow, memoryBytes } from '@messlatte/bytes'
import { writeTamperJson } from '@messlatte/exchange'
import {
  anatomyOf,
  endingOf,
  fileName,
  type MapStretch,
  type Plan,
  planTampering,
  seenIn,
  throwAwayKeys,
  toldFile,
  unknownAnatomy,
  type Variant,
} from '@messlatte/inspect'
import type { Language, TamperFile, TamperSeen, TamperSet } from '@messlatte/model'
import { renderTamper, renderTamperReadme } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { inspect, listInside } from '../inspect.ts'
import { type LimitFlags, parseCount, parseSize, readKeys, readLimits, readTrust } from '../options.ts'
import { output } from '../output.ts'
import { progress } from '../progress.ts'
import { openRegularFile } from '../release/open.ts'
import { isRight, runVerifier } from '../tamper/verifier.ts'
import { emptyFolder, writeNew } from '../tamper/write.ts'
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

/** Writes the set of forged updates, and lets the maker's verifier try it; 1 where that one failed. */
export async function tamperCommand(
  path: string,
  flags: TamperFlags,
  command: readonly string[] | undefined,
): Promise<number> {
  refuseMisuse(flags, command)
  const seconds = parseCount('--timeout', flags.timeout)
  const own = flags.signingKey === undefined ? undefined : readSigningKey(flags.signingKey)
  const { descriptor, size } = openRegularFile(path)
  try {
    const bytes = fileBytes(descriptor, size)
    const plan = await planOf(path, bytes, flags, own)
    const variants = chosen(plan, flags)
    if (flags.list) {
      tell(listed(path, bytes, plan, variants, own), null, flags)
      return 0
    }
    const folder = emptyFolder(flags.output as string)
    const set = await written(path, bytes, { plan, variants, folder, own, flags })
    const tried = [
      { file: null, path: resolve(path) },
      ...set.files.map(({ file }) => ({ file, path: join(folder, file) })),
    ]
    const verifier = command
      ? await runVerifier(command, tried, set.files, { seconds, takenIf: flags.takenIf })
      : null
    const result: TamperSet = { ...set, verifier }
    writeNew(folder, 'README.md', textBytes(renderTamperReadme(set, flags.lang)))
    writeNew(folder, 'manifest.json', textBytes(writeTamperJson(set)))
    tell(result, flags.output as string, flags)
    return verifier && !isRight(verifier) ? 1 : 0
  } finally {
    closeSync(descriptor)
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

function readSigningKey(path: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(path))
  } catch (cause) {
    throw new CliError(
      'bad-file',
      {
        en: `--signing-key ${path}: is no private key in PEM without a passphrase`,
        de: `--signing-key ${path}: ist kein privater Schlüssel in PEM ohne Passphrase`,
      },
      cause,
    )
  }
}

async function planOf(
  path: string,
  bytes: Bytes,
  flags: TamperFlags,
  own: KeyObject | undefined,
): Promise<Plan> {
  const known = flags.map ? undefined : anatomyOf(bytes)
  const anatomy = known ?? unknownAnatomy(bytes, await stretchesOf(path, flags))
  return planTampering(bytes, anatomy, { keys: throwAwayKeys(), own })
}

/** The map of the file, as the sandbox reads it. */
async function stretchesOf(path: string, flags: TamperFlags): Promise<readonly MapStretch[]> {
  const bar = progress(flags.quiet, flags.lang)
  try {
    const { unpacked } = await listInside([path], {
      limits: readLimits(flags),
      keys: readKeys(flags),
      onProgress: bar.update,
    })
    return unpacked.map.map(({ offset, length, kind, format }) => ({
      at: offset,
      length,
      what: format ?? kind,
      filler: kind === 'padding',
    }))
  } finally {
    bar.end()
  }
}

/** @throws CliError for a name that nothing has, and for a set that is too large */
function chosen({ variants }: Plan, { only, most, list }: TamperFlags): readonly Variant[] {
  const names = ({ number, what, kind }: Variant) => [String(number), what, kind]
  const unknown = only.find((name) => !variants.some((one) => names(one).includes(name)))
  if (unknown !== undefined)
    throw new CliError('bad-option', {
      en: `--only ${unknown}: there is none of that name; --list says what there is: ${[...new Set(variants.map(({ kind }) => kind))].join(', ')}`,
      de: `--only ${unknown}: nichts heißt so; --list sagt, was es gibt: ${[...new Set(variants.map(({ kind }) => kind))].join(', ')}`,
    })
  const taken =
    only.length === 0 ? variants : variants.filter((one) => names(one).some((name) => only.includes(name)))
  const size = sizeOf(taken)
  const limit = most === undefined ? MOST : parseSize('--most', most)
  if (size > limit && !list)
    throw new CliError('bad-option', {
      en: `${taken.length} files would take ${size} bytes, more than ${limit}; choose with --only, or allow it with --most`,
      de: `${taken.length} Dateien bräuchten ${size} Byte, mehr als ${limit}; mit --only auswählen oder mit --most erlauben`,
    })
  return taken
}

function sizeOf(variants: readonly Variant[]): number {
  return variants.reduce((sum, { rope }) => sum + rope.size, 0)
}

interface Writing {
  readonly plan: Plan
  readonly variants: readonly Variant[]
  readonly folder: string
  readonly own: KeyObject | undefined
  readonly flags: TamperFlags
}

async function written(path: string, bytes: Bytes, { plan, variants, folder, own, flags }: Writing) {
  const bar = progress(flags.quiet, flags.lang)
  const [count, size] = [variants.length, sizeOf(variants)]
  const told = { en: `${count} files, ${size} bytes`, de: `${count} Dateien, ${size} Byte` }
  if (!flags.quiet) process.stderr.write(`${told[flags.lang]}\n`)
  const look = flags.look ?? bytes.size <= SMALL
  const seenAt = (at: string) => (look ? lookedAt(at, flags) : Promise.resolve(null))
  try {
    const files: TamperFile[] = []
    for (const variant of variants) {
      const name = fileName(variant, endingOf(basename(path)))
      bar.about(name)
      const sha256 = writeNew(folder, name, variant.rope)
      files.push(toldFile(bytes, variant, endingOf(basename(path)), sha256, await seenAt(join(folder, name))))
    }
    return setOf(path, bytes, plan, files, await seenAt(path), own)
  } finally {
    bar.end()
  }
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

function listed(
  path: string,
  bytes: Bytes,
  plan: Plan,
  variants: readonly Variant[],
  own: KeyObject | undefined,
): TamperSet {
  const files = variants.map((one) => toldFile(bytes, one, endingOf(basename(path)), null, null))
  return setOf(path, bytes, plan, files, null, own)
}

function setOf(
  path: string,
  bytes: Bytes,
  { format, signed, sums, unmade, limits }: Plan,
  files: readonly TamperFile[],
  seen: TamperSeen | null,
  own: KeyObject | undefined,
): TamperSet {
  return {
    tool: TOOL,
    original: { name: basename(path), size: bytes.size, sha256: digestOf(bytes), seen },
    format,
    signed,
    sums: sums ?? null,
    signedByMaker: own !== undefined,
    files,
    notMade: unmade,
    limits,
    verifier: null,
  }
}

function digestOf(bytes: Bytes): string {
  const hash = createHash('sha256')
  forEachWindow(bytes, 0, bytes.size, 1024 * 1024, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest('hex')
}

function textBytes(text: string): Bytes {
  return memoryBytes(Buffer.from(text, 'utf8'))
}

function tell(set: TamperSet, folder: string | null, { json, quiet, lang }: TamperFlags): void {
  if (json !== undefined) output(json, writeTamperJson(set))
  if (!quiet && json !== '-') process.stdout.write(renderTamper(set, folder, terminalOptions(lang)))
}
