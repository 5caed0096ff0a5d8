import { randomBytes } from 'node:crypto'
import { assess, TRAITS } from '@messlatte/conformity'
import { writeUnitsJson } from '@messlatte/exchange'
import {
  compareDumps,
  compareLabels,
  comparisonEvidence,
  type InspectResult,
  type LabelTable,
  type PublicValue,
  regionsOf,
  releaseIndex,
  spellingsOf,
} from '@messlatte/inspect'
import type {
  CheckOptions,
  Evidence,
  Language,
  ReleaseImage,
  UnitDump,
  UnitRegions,
  UnitsResult,
} from '@messlatte/model'
import { pick, renderUnits } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { exitCode } from '../exit-code.ts'
import { inspect, lookAtRegions } from '../inspect.ts'
import {
  type CheckFlags,
  type LimitFlags,
  parseCount,
  parseDay,
  readKeys,
  readLimits,
  readProduct,
  readTraits,
  readWordlist,
  today,
} from '../options.ts'
import { output } from '../output.ts'
import { progress } from '../progress.ts'
import { readRules } from '../rules.ts'
import { terminalOptions } from '../terminal.ts'
import { TOOL } from '../tool.ts'
import { namesOf, readLabelFile, readStatedUnits } from '../units.ts'

export interface CompareUnitsFlags extends CheckFlags, LimitFlags {
  readonly labels?: string
  readonly release: readonly string[]
  readonly unit: readonly string[]
  readonly profile: string
  readonly asOf?: string
  readonly failOn: CheckOptions['failOn']
  readonly guesses: string
  readonly wordlist?: string
  readonly json?: string
  readonly lang: Language
  readonly quiet: boolean
}

/** What units can say something about; the rest of the standard is the matter of `check`. */
const OF_LABELS = ['5.1-1', '5.1-2']
const OF_DUMPS = [...OF_LABELS, '5.4-1', '5.4-3', '5.4-4']

/** Compares units and says so; the exit code is the verdict's, as that of `check`. */
export async function compareUnitsCommand(
  paths: readonly string[],
  flags: CompareUnitsFlags,
): Promise<number> {
  const result = await compareUnits(paths, flags)
  if (flags.json !== undefined) output(flags.json, writeUnitsJson(result, flags.lang))
  if (!flags.quiet && flags.json !== '-')
    process.stdout.write(renderUnits(result, terminalOptions(flags.lang)))
  return exitCode(result.options, result.provisions, result.requirements)
}

async function compareUnits(paths: readonly string[], flags: CompareUnitsFlags): Promise<UnitsResult> {
  refuseBadNumbers(paths, flags)
  const { catalogue, profiles } = readRules(flags.profile)
  const product = readProduct(flags)
  const statedTraits = readTraits(
    flags,
    TRAITS.map((trait) => trait.id),
  )
  const names = namesOf(paths)
  const stated = readStatedUnits(flags.unit, names)
  const table = flags.labels === undefined ? undefined : readLabelFile(flags.labels)
  const wordlist = flags.wordlist === undefined ? [] : readWordlist(flags.wordlist)
  const productWords = Object.values(product).filter((word) => word !== null)
  const words = new Set([...wordlist, ...productWords].map((word) => word.toLowerCase()))
  const asOf = flags.asOf === undefined ? today(profiles[0]?.zone ?? 'UTC') : parseDay('--as-of', flags.asOf)
  const labels = table && compareLabels(table, words)
  const looked = await lookAtUnits({ paths, names, stated, table, wordlist, productWords, flags })
  const dumps =
    looked.units.length === 0 ? undefined : compareDumps(looked.units, looked.release?.found.secrets, words)
  const evidence: readonly Evidence[] = [
    ...comparisonEvidence([...(labels?.drafts ?? []), ...(dumps?.drafts ?? [])]),
    ...looked.units.flatMap(({ found }) => found.evidence),
  ]
  const partial = looked.units.some(({ found }) => found.unpacked.partial)
  const assessment = assess({ catalogue, profiles, evidence, statedTraits, asOf, partial })
  const about = dumps ? OF_DUMPS : OF_LABELS
  return {
    tool: {
      ...TOOL,
      checksDigest: looked.units[0]?.found.checksDigest ?? null,
    },
    options: { profiles: profiles.map(({ id }) => id), asOf, failOn: flags.failOn },
    product,
    units: looked.units.map(dumpOf),
    release: looked.release ? { images: looked.release.images, regions: looked.regions } : null,
    labels: labels?.file ?? null,
    secrets: dumps?.secrets ?? [],
    evidence,
    provisions: assessment.provisions.filter(({ id }) => about.includes(id)),
    requirements: assessment.requirements.filter(({ lines }) =>
      lines.some(({ provision }) => about.includes(provision)),
    ),
    rules: { catalogue: assessment.catalogue, profiles: assessment.profiles },
  }
}

/** Each has a name of its own and is held against each other one. */
const MOST_UNITS = 64

function refuseBadNumbers(paths: readonly string[], { labels, release, unit }: CompareUnitsFlags): void {
  if (paths.length === 0 && labels === undefined)
    throw new CliError('bad-option', {
      en: 'name the dumps of two or more units, or a table of label passwords (--labels FILE)',
      de: 'die Abzüge von zwei oder mehr Geräten nennen oder eine Tabelle der Passwörter auf Etiketten (--labels DATEI)',
    })
  if (paths.length > MOST_UNITS)
    throw new CliError('bad-option', {
      en: `more than ${MOST_UNITS} dumps; compare them in groups`,
      de: `mehr als ${MOST_UNITS} Abzüge; in Gruppen vergleichen`,
    })
  if (paths.length === 1)
    throw new CliError('bad-option', {
      en: `${paths[0]}: one unit alone cannot be compared; name a second one`,
      de: `${paths[0]}: ein Gerät allein lässt sich nicht vergleichen; ein zweites nennen`,
    })
  if (paths.length === 0 && (release.length > 0 || unit.length > 0))
    throw new CliError('bad-option', {
      en: '--release and --unit are about dumps of units: name two or more',
      de: '--release und --unit betreffen Abzüge von Geräten: zwei oder mehr nennen',
    })
}

interface Looking {
  readonly paths: readonly string[]
  readonly names: readonly string[]
  readonly stated: ReadonlyMap<string, readonly PublicValue[]>
  readonly table: LabelTable | undefined
  readonly wordlist: readonly string[]
  readonly productWords: readonly string[]
  readonly flags: CompareUnitsFlags
}

/** What is kept of an inspection; all the rest of it is let go. */
interface LookedUnit {
  readonly name: string
  readonly found: Pick<InspectResult, 'checksDigest' | 'evidence' | 'identity' | 'unpacked'>
  readonly images: readonly ReleaseImage[]
  readonly secrets: NonNullable<InspectResult['secrets']>
  readonly publics: readonly PublicValue[]
  readonly stated: readonly PublicValue[]
}

/** Inspects each unit, and the release, as `check` does; one key for all, drawn anew, makes their secrets comparable. */
async function lookAtUnits({ paths, names, stated, table, wordlist, productWords, flags }: Looking) {
  const secrets = { keyHex: randomBytes(32).toString('hex'), values: true }
  const labelled = (table?.units ?? []).flatMap(({ secrets: own }) => Object.values(own))
  const bar = progress(flags.quiet, flags.lang)
  const guesses = parseCount('--guesses', flags.guesses)
  const look = (path: readonly string[], unit: boolean, more: readonly string[]) =>
    inspect(path, {
      settings: {
        kind: 'inspect',
        trusted: [],
        trustedDigests: [],
        readouts: [],
        // Slow kinds of hashes use up the usual work on the usual passwords, and these come behind them.
        guesses: labelled.length + more.length > 0 ? 3 * guesses : guesses,
        productWords,
        wordlist: [...new Set([...labelled, ...more, ...wordlist])].filter(isTriable),
        reveal: false,
        secrets,
        unit,
      },
      limits: readLimits(flags),
      keys: readKeys(flags),
      onProgress: bar.update,
    })
  try {
    const units: LookedUnit[] = []
    for (const [at, path] of paths.entries()) {
      const name = names[at] as string
      bar.about(
        pick(
          { en: `unit ${at + 1} of ${paths.length}`, de: `Gerät ${at + 1} von ${paths.length}` },
          flags.lang,
        ),
      )
      const said = stated.get(name) ?? []
      const first = await look([path], true, spelled(said))
      const publics = [...said, ...(first.found.identity ?? [])]
      const more = hasOpenHash(first.found) && publics.length > said.length
      // What the unit itself says about it was not known before: passwords made of it are tried in a second look.
      const { found, images } = more ? await look([path], true, spelled(publics)) : first
      const { checksDigest, identity, unpacked, evidence, secrets: own } = found
      const scope = evidence.filter(({ kind }) => kind.startsWith('scope.'))
      units.push({
        name,
        found: { checksDigest, evidence: scope, ...(identity ? { identity } : {}), unpacked },
        images,
        secrets: own ?? [],
        publics,
        stated: said,
      })
    }
    if (flags.release.length === 0) return { units, release: undefined, regions: [] }
    bar.about(pick({ en: 'the release', de: 'die Firmware' }, flags.lang))
    const release = await look(flags.release, false, [])
    const regions = await compareWithRelease(paths, names, flags, bar.update)
    return { units, release, regions }
  } finally {
    bar.end()
  }
}

/** What of each unit's dump is that of the release. */
async function compareWithRelease(
  paths: readonly string[],
  names: readonly string[],
  flags: CompareUnitsFlags,
  onProgress: (bytes: number) => void,
): Promise<readonly UnitRegions[]> {
  const look = async (path: readonly string[]) => {
    const settings = { limits: readLimits(flags), keys: readKeys(flags), onProgress }
    const { files, regions, unpacked } = await lookAtRegions(path, settings, true)
    return { files, regions, map: unpacked.map }
  }
  const index = releaseIndex(await look(flags.release))
  const compared: UnitRegions[] = []
  for (const [at, path] of paths.entries())
    compared.push(regionsOf(names[at] as string, await look([path]), index))
  return compared
}

function hasOpenHash({ secrets = [] }: InspectResult): boolean {
  return secrets.some(({ form }) => form === 'hashed')
}

const MOST_SPELLED = 2000
const ENDS = [6, 8, 4, 12]

/** Passwords that somebody would make of public values, the likeliest first. */
function spelled(values: readonly PublicValue[]): readonly string[] {
  const texts = values.map((value) => spellingsOf(value).map(({ text }) => text))
  const ends = texts.flatMap((own) =>
    own.slice(0, 12).flatMap((text) => ENDS.map((length) => text.slice(-length))),
  )
  return [...new Set([...ends, ...texts.flat()])].slice(0, MOST_SPELLED)
}

function isTriable(word: string): boolean {
  return word !== '' && Buffer.byteLength(word, 'utf8') <= 72
}

function dumpOf({ name, images, found, stated, secrets }: LookedUnit): UnitDump {
  const { bytes, files, limits, partial, unknownBytes } = found.unpacked
  return {
    name,
    images,
    identity: [...stated.map((one) => ({ ...one, path: null })), ...(found.identity ?? [])],
    secrets: secrets.length,
    unpacked: { bytes, files, limits, partial, unknownBytes },
  }
}
