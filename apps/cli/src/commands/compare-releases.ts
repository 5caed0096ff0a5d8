import { randomBytes } from 'node:crypto'
import { TRAITS } from '@messlatte/conformity'
import { readResultJson, writeReleasesJson, writeResultJson } from '@messlatte/exchange'
import {
  compareReleases,
  type InspectResult,
  type ReleaseToCompare,
  type SandboxSettings,
} from '@messlatte/inspect'
import type { ReleasesResult } from '@messlatte/model'
import { pick, renderReleases, renderReleasesHtml } from '@messlatte/report'
import type { Limits } from '@messlatte/unpack'
import { CliError } from '../errors.ts'
import { inspect, lookAtRegions } from '../inspect.ts'
import {
  digestIn,
  parseCount,
  parseDay,
  readKeys,
  readKnownKeys,
  readLimits,
  readProduct,
  readTraits,
  readTrust,
  readWordlist,
  today,
} from '../options.ts'
import { output } from '../output.ts'
import { type Progress, progress } from '../progress.ts'
import { savedResult } from '../releases.ts'
import { readRules } from '../rules.ts'
import { terminalOptions } from '../terminal.ts'
import { TOOL } from '../tool.ts'
import { assessed, type CheckCommandFlags } from './check.ts'

export interface CompareReleasesFlags
  extends Omit<CheckCommandFlags, 'failOn' | 'fuses' | 'fusesBy' | 'fusesOn' | 'reveal'> {
  readonly failOn: ReleasesResult['failOn']
}

/** Compares two releases and says so; 1 where something got worse. */
export async function compareReleasesCommand(
  old: string,
  added: string,
  flags: CompareReleasesFlags,
): Promise<number> {
  refuseTwoOutputs(flags)
  const result: ReleasesResult = {
    tool: TOOL,
    failOn: flags.failOn,
    ...(await compare(old, added, flags)),
  }
  if (flags.json !== undefined) output(flags.json, writeReleasesJson(result, flags.lang))
  if (flags.html !== undefined) output(flags.html, renderReleasesHtml(result, flags.lang))
  if (!flags.quiet && flags.json !== '-' && flags.html !== '-')
    process.stdout.write(renderReleases(result, terminalOptions(flags.lang)))
  return flags.failOn === 'worse' && result.worse.length > 0 ? 1 : 0
}

function refuseTwoOutputs({ json, html }: CompareReleasesFlags): void {
  if (json === '-' && html === '-')
    throw new CliError('bad-option', {
      en: '--json - and --html -: only one of them can go to standard output',
      de: '--json - und --html -: nur eines davon kann auf die Standardausgabe gehen',
    })
}

async function compare(old: string, added: string, flags: CompareReleasesFlags) {
  const bar = progress(flags.quiet, flags.lang)
  try {
    const saved = [savedResult(old), savedResult(added)] as const
    const looking = lookerFor(flags, bar)
    const look = async (path: string, known: (typeof saved)[number]): Promise<Looked> =>
      known ? { result: known } : looking.first(path)
    bar.about(pick({ en: 'both releases', de: 'beide Firmwarestände' }, flags.lang))
    const [a, b] = await bothOf(looking.together && saved.every((one) => one === undefined), [
      () => look(old, saved[0]),
      () => look(added, saved[1]),
    ])
    bar.about(
      pick(
        { en: 'signatures, with keys of the other one', de: 'Signaturen, mit Schlüsseln der anderen' },
        flags.lang,
      ),
    )
    const again = (path: string, own: Looked, other: Looked) =>
      own.found && other.found ? looking.again(path, own, other.found) : Promise.resolve(undefined)
    const [aAgain, bAgain] = await bothOf(looking.together, [
      () => again(old, a, b),
      () => again(added, b, a),
    ])
    return compareReleases(sideOf(a, aAgain), sideOf(b, bAgain))
  } finally {
    bar.end()
  }
}

interface Looked {
  readonly result: ReleaseToCompare['result']
  readonly found?: InspectResult
  readonly files?: ReleaseToCompare['files']
}

function sideOf(
  { result, found, files }: Looked,
  again: ReleaseToCompare['verifiedWithOther'],
): ReleaseToCompare {
  return { result, files, secrets: found?.secrets, anchors: found?.anchors, verifiedWithOther: again }
}

async function bothOf<T>(together: boolean, jobs: readonly [() => Promise<T>, () => Promise<T>]) {
  if (together) return Promise.all([jobs[0](), jobs[1]()])
  return [await jobs[0](), await jobs[1]()] as const
}

/** Memory below which a sandbox of its own for each release would cut what one alone reads. */
const LEAST_MEMORY = 1024 ** 3

/** Signatures that keys of the other release may verify. */
const TRIED_AGAIN = /^(?:update\.[a-z-]+|boot\.(?:fit|mcuboot))\.signature$/

/** What is done with each of the two: one key for both makes their secrets comparable, and is forgotten. */
function lookerFor(flags: CompareReleasesFlags, bar: Progress) {
  const rules = readRules(flags.profile)
  const product = readProduct(flags)
  const traitIds = TRAITS.map(({ id }) => id)
  const statedTraits = readTraits(flags, traitIds)
  const asOf =
    flags.asOf === undefined ? today(rules.profiles[0]?.zone ?? 'UTC') : parseDay('--as-of', flags.asOf)
  const all = readLimits(flags)
  const together = all.memory / 2 >= LEAST_MEMORY
  const limits: Limits = together ? readLimits({ ...flags, memory: `${Math.floor(all.memory / 2)}` }) : all
  const keyHex = randomBytes(32).toString('hex')
  const trustedDigests = flags.trust.flatMap((text) => digestIn(text) ?? [])
  const trusted = flags.trust.filter((text) => digestIn(text) === undefined).map(readTrust)
  const keys = readKeys(flags)
  const options = {
    profiles: rules.profiles.map(({ id }) => id),
    asOf,
    failOn: 'never',
    revealed: false,
    trustedKeys: [...trusted.map(({ sha256 }) => sha256), ...trustedDigests],
    readouts: [],
  } as const
  const settings = {
    kind: 'inspect',
    trusted,
    trustedDigests,
    readouts: [],
    guesses: parseCount('--guesses', flags.guesses),
    productWords: Object.values(product).filter((word) => word !== null),
    wordlist: flags.wordlist === undefined ? [] : readWordlist(flags.wordlist),
    reveal: false,
    ...(flags.knownKeys === undefined ? {} : { knownKeys: readKnownKeys(flags.knownKeys) }),
  } as const
  /** As a saved result would tell it, so that both ways come to the same. */
  async function inspected(path: string, more: Partial<SandboxSettings & { kind: 'inspect' }>) {
    const { found, images } = await inspect([path], {
      settings: { ...settings, ...more },
      limits,
      keys,
      onProgress: bar.part(),
    })
    const result = assessed({ found, images, options, product, statedTraits, ...rules })
    return { found, result: readResultJson(writeResultJson(result, flags.lang)) }
  }
  return {
    together,
    async first(path: string): Promise<Looked> {
      const { found, result } = await inspected(path, { secrets: { keyHex, values: false }, anchors: true })
      const { files } = await lookAtRegions([path], { limits, keys, onProgress: bar.part() }, false)
      return { result, found, files }
    },
    /** Whether the signatures of its updates, and of what boot loaders start, verify with what lies in the other release. */
    async again(
      path: string,
      own: Looked,
      other: InspectResult,
    ): Promise<ReleaseToCompare['verifiedWithOther']> {
      const updates = own.result.evidence.some(({ kind }) => TRIED_AGAIN.test(kind))
      const anchors = other.anchors ?? []
      if (!updates || anchors.length === 0) return undefined
      const { result } = await inspected(path, {
        trustedDigests: [],
        trusted: anchors.map(({ spkiHex, certificateHex, spkiSha256, sha256 }) => ({
          name: spkiSha256,
          spkiHex,
          certificateHex,
          sha256,
        })),
      })
      return result.evidence
    },
  }
}
