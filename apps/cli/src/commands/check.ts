import { writeFileSync } from 'node:fs'
import { assess, TRAITS } from '@messlatte/conformity'
import { writeResultJson } from '@messlatte/exchange'
import type { InspectResult, SandboxSettings } from '@messlatte/inspect'
import type { CheckOptions, CheckResult, Language, Verdict } from '@messlatte/model'
import { renderHtml, renderTerminal } from '@messlatte/report'
import { runInSandbox } from '@messlatte/unpack'
import { CliError } from '../errors.ts'
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
import { progress } from '../progress.ts'
import { readReadouts } from '../readouts.ts'
import { collectRelease } from '../release/collect.ts'
import { readRules } from '../rules.ts'
import { SANDBOX_SCRIPT } from '../sandbox-script.ts'
import { terminalOptions } from '../terminal.ts'

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
  readonly json?: string
  readonly html?: string
  readonly lang: Language
  readonly quiet: boolean
}

/** Checks a release and says so; the exit code is the verdict's. */
export async function checkCommand(paths: readonly string[], flags: CheckCommandFlags): Promise<number> {
  const result = await checkRelease(paths, flags)
  if (flags.json !== undefined) output(flags.json, writeResultJson(result, flags.lang))
  if (flags.html !== undefined) output(flags.html, renderHtml(result, flags.lang))
  if (!flags.quiet && flags.json !== '-' && flags.html !== '-') {
    process.stdout.write(renderTerminal(result, terminalOptions(flags.lang)))
  }
  return exitCode(result)
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
  const limits = readLimits(flags)
  const asOf = flags.asOf === undefined ? today(profiles[0]?.zone ?? 'UTC') : parseDay('--as-of', flags.asOf)
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
  const release = collectRelease(paths)
  const bar = progress(flags.quiet, flags.lang)
  try {
    const found = (await runInSandbox({
      script: SANDBOX_SCRIPT,
      ...release,
      members: release.members,
      limits,
      keys: readKeys(flags),
      settings,
      onProgress: bar.update,
    })) as InspectResult
    const { components, services, chains, evidence, unpacked, digests, checksDigest } = found
    const assessment = assess({
      catalogue,
      profiles,
      evidence,
      statedTraits,
      asOf,
      partial: unpacked.partial,
    })
    return {
      tool: { name: 'messlatte', version: process.env.MESSLATTE_VERSION ?? '0.0.0', checksDigest },
      options: {
        profiles: profiles.map((profile) => profile.id),
        asOf,
        failOn: flags.failOn,
        revealed: flags.reveal,
        trustedKeys: [...trusted.map((key) => key.sha256), ...trustedDigests],
        readouts: readouts.map(({ name, sha256, unit, by, on }) => ({ name, sha256, unit, by, on })),
      },
      product,
      images: release.images(digests),
      unpacked,
      components,
      services,
      chains,
      evidence,
      assessment,
    }
  } finally {
    bar.end()
    release.close()
  }
}

function output(path: string, text: string): void {
  if (path === '-') {
    process.stdout.write(text)
    return
  }
  try {
    writeFileSync(path, text)
  } catch (cause) {
    throw new CliError('not-writable', `${path}: cannot be written; does its folder exist?`, cause)
  }
}

const BAD: readonly Verdict[] = ['fail', 'contested']

/**
 * 0 nothing in the scope of `--fail-on` fails or is contested, 1 something does. Where no profile was asked for, the
 * baseline stands in its place: a scope of nothing would pass everything.
 */
export function exitCode(result: CheckResult): 0 | 1 {
  const { provisions } = result.assessment
  const alone = result.options.profiles.length === 0
  const anyOf = (verdicts: readonly Verdict[], scope: 'profile' | 'baseline') =>
    provisions.some((provision) =>
      (scope === 'baseline' || alone ? [provision.baseline] : Object.values(provision.profiles)).some(
        ({ verdict }) => verdicts.includes(verdict),
      ),
    )
  switch (result.options.failOn) {
    case 'never':
      return 0
    case 'baseline':
      return anyOf(BAD, 'baseline') ? 1 : 0
    case 'profile':
      return anyOf(BAD, 'profile') ? 1 : 0
    case 'open':
      return anyOf([...BAD, 'open'], 'profile') || anyOf([...BAD, 'open'], 'baseline') ? 1 : 0
  }
}
