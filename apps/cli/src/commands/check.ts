import { assess, TRAITS } from '@messlatte/conformity'
import { writeCyclonedx, writeJunit, writeOscal, writeResultJson, writeSarif } from '@messlatte/exchange'
import { type InspectResult, type SandboxSettings, sandboxKeyOf, sharedSecrets } from '@messlatte/inspect'
import type { CheckOptions, CheckResult, Language, ProductStatement, StatedTraits } from '@messlatte/model'
import { renderHtml, renderTerminal } from '@messlatte/report'
import { CliError } from '../errors.ts'
import { exitCode } from '../exit-code.ts'
import { inspect } from '../inspect.ts'
import {
  type CheckFlags,
  digestIn,
  type LimitFlags,
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
import { progress } from '../progress.ts'
import { readReadouts } from '../readouts.ts'
import { type Rules, readRules } from '../rules.ts'
import { indexFolder } from '../secret-index/folder.ts'
import { type OpenIndex, readIndex } from '../secret-index/store.ts'
import { terminalOptions } from '../terminal.ts'
import { TOOL } from '../tool.ts'

export interface CheckCommandFlags extends CheckFlags, LimitFlags {
  readonly profile: string
  readonly asOf?: string
  readonly failOn: CheckOptions['failOn']
  readonly trust: readonly string[]
  readonly fuses: readonly string[]
  readonly fusesBy?: string
  readonly fusesOn?: string
  readonly guesses: string
  readonly wordlist?: string
  readonly knownKeys?: string
  readonly reveal: boolean
  readonly index?: boolean
  readonly json?: string
  readonly html?: string
  readonly sarif?: string
  readonly junit?: string
  readonly cyclonedx?: string
  readonly oscal?: string
  readonly lang: Language
  readonly quiet: boolean
}

/** Checks a release and says so; the exit code is the verdict's. */
export async function checkCommand(paths: readonly string[], flags: CheckCommandFlags): Promise<number> {
  const result = await checkRelease(paths, flags)
  if (flags.json !== undefined) output(flags.json, writeResultJson(result, flags.lang))
  if (flags.html !== undefined) output(flags.html, renderHtml(result, flags.lang))
  if (flags.sarif !== undefined) output(flags.sarif, writeSarif(result, flags.lang))
  if (flags.junit !== undefined) output(flags.junit, writeJunit(result.assessment, flags.lang))
  if (flags.cyclonedx !== undefined) output(flags.cyclonedx, writeCyclonedx(result, flags.lang))
  if (flags.oscal !== undefined) output(flags.oscal, writeOscal(result, flags.lang))
  if (
    !flags.quiet &&
    ![flags.json, flags.html, flags.sarif, flags.junit, flags.cyclonedx, flags.oscal].includes('-')
  ) {
    process.stdout.write(renderTerminal(result, terminalOptions(flags.lang)))
  }
  return exitCode(result.options, result.assessment.provisions, result.assessment.requirements)
}

async function checkRelease(paths: readonly string[], flags: CheckCommandFlags): Promise<CheckResult> {
  const { catalogue, profiles } = readRules(flags.profile)
  const product = readProduct(flags)
  const statedTraits = readTraits(
    flags,
    TRAITS.map((trait) => trait.id),
  )
  const trustedDigests = flags.trust.flatMap((text) => digestIn(text) ?? [])
  const trusted = flags.trust.filter((text) => digestIn(text) === undefined).map(readTrust)
  const readouts = readReadouts(flags)
  const day = flags.asOf === undefined ? undefined : parseDay('--as-of', flags.asOf)
  const settings: SandboxSettings = {
    kind: 'inspect',
    trusted,
    trustedDigests,
    readouts,
    guesses: parseCount('--guesses', flags.guesses),
    productWords: Object.values(product).filter((word) => word !== null),
    wordlist: flags.wordlist === undefined ? [] : readWordlist(flags.wordlist),
    reveal: flags.reveal,
    ...(flags.knownKeys === undefined ? {} : { knownKeys: readKnownKeys(flags.knownKeys) }),
  }
  const index = flags.index ? openIndex() : undefined
  const bar = progress(flags.quiet, flags.lang)
  try {
    const inspection = inspect(paths, {
      settings: index
        ? { ...settings, secrets: { keyHex: sandboxKeyOf(index.key), values: false } }
        : settings,
      limits: readLimits(flags),
      keys: readKeys(flags),
      onProgress: bar.update,
    })
    // The zones of the world take a while to load; the sandbox reads meanwhile.
    const asOf = day ?? today(profiles[0]?.zone ?? 'UTC')
    const { found, images } = await inspection
    const options = {
      profiles: profiles.map((profile) => profile.id),
      asOf,
      failOn: flags.failOn,
      revealed: flags.reveal,
      trustedKeys: [...trusted.map((key) => key.sha256), ...trustedDigests],
      readouts: readouts.map(({ name, sha256, unit, by, on }) => ({ name, sha256, unit, by, on })),
    }
    const shared = index ? sharedIn(index, found, product) : []
    const all = { ...found, evidence: [...found.evidence, ...shared] }
    return assessed({ found: all, images, catalogue, profiles, statedTraits, product, options })
  } finally {
    bar.end()
  }
}

function openIndex(): OpenIndex {
  const index = readIndex(indexFolder())
  if (index) return index
  throw new CliError('not-found', {
    en: '--index: there is no index of secrets on this machine yet (messlatte index add FILE --name PRODUCT makes one)',
    de: '--index: auf diesem Rechner gibt es noch keinen Index von Geheimnissen (messlatte index add DATEI --name PRODUKT legt einen an)',
  })
}

/** Secrets that another product of the index has, too. */
function sharedIn({ index, key }: OpenIndex, found: InspectResult, { maker, model }: ProductStatement) {
  const ownNames = model === null ? [] : [model, ...(maker === null ? [] : [`${maker} ${model}`])]
  return sharedSecrets({ secrets: found.secrets ?? [], digests: found.digests, ownNames }, index, key)
}

interface Inspected extends Pick<CheckResult, 'images' | 'options' | 'product'>, Rules {
  readonly found: InspectResult
  readonly statedTraits: StatedTraits
}

/** What was found, with what the rules say of it. */
export function assessed(inspected: Inspected): CheckResult {
  const { found, images, options, product, catalogue, profiles, statedTraits } = inspected
  const { components, services, chains, mechanisms, evidence, unpacked, checksDigest } = found
  const { asOf } = options
  const { partial } = unpacked
  return {
    tool: { ...TOOL, checksDigest },
    options,
    product,
    images,
    unpacked,
    components,
    services,
    chains,
    mechanisms,
    evidence,
    assessment: assess({ catalogue, profiles, evidence, statedTraits, asOf, partial }),
  }
}
