import { encodeText } from '@messlatte/unpack'
import type { EvidenceDraft, Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { EnvironmentFact } from './facts.ts'
import * as say from './say.ts'

const CHAIN = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
const INTERFACES = { provisions: provisions(['5.6-4'], ['5.6-4A']), cases: cases('5.6-4-2') } as const
type Program = Fact<'boot.u-boot'>

/** Reduce: what programs, environments and scripts leave open together. */
export function concludeUBoot(facts: Facts, out: ReduceOut): void {
  const programs = facts.of('boot.u-boot')
  const environments = facts.of('boot.u-boot.environment')
  const hasRequiredKey = facts
    .of('boot.control')
    .some(({ data }) => data.keys.some(({ required }) => required !== undefined))
  for (const program of programs) {
    out.evidence(programEvidence(program))
    if (program.data.verifiesFits && program.data.startsLegacy)
      out.evidence(legacyEvidence(program, hasRequiredKey))
    const { environment } = program.data
    if (environment) {
      const place = { ...program.place, offset: environment.offset, length: environment.length }
      for (const draft of settingEvidence(place, environment, 'built-in')) out.evidence(draft)
      // What is stored beside it counts instead; which one that is, only a whole flash shows.
      if (environments.length === 0)
        for (const draft of consoleEvidence(place, environment, program)) out.evidence(draft)
    }
  }
  for (const { place, data } of environments) {
    for (const draft of settingEvidence(place, data, 'stored')) out.evidence(draft)
    for (const draft of consoleEvidence(place, data, programs[0])) out.evidence(draft)
    if (data.hasBootcmd) out.evidence(storedEvidence(place, programs))
  }
  const all = [...environments.map(({ data }) => data), ...programs.map(({ data }) => data.environment)]
  const runsScripts = all.some((environment) => environment?.runsScripts)
  for (const script of facts.of('boot.u-boot.script')) out.evidence(scriptEvidence(script, runsScripts))
}

function programEvidence({ place, data }: Program): EvidenceDraft {
  const { versions, verifiesFits, startsLegacy, interrupted, environment } = data
  return {
    ...CHAIN,
    kind: 'boot.u-boot',
    polarity: 'neutral',
    place,
    title: verifiesFits ? say.VERIFIES : say.FOUND,
    observation: {
      versions: versions.map(encodeText),
      sentenceOfRequiredSignatures: verifiesFits,
      sentenceOfLegacyImages: startsLegacy,
      interrupted: interrupted ?? 'not told',
      builtInBootdelay: environment?.bootdelay ?? null,
      repeat: 'strings -n 8 U-BOOT',
    },
    confidence: { grade: 'medium', reason: say.SENTENCES },
  }
}

function legacyEvidence({ place, data }: Program, hasRequiredKey: boolean): EvidenceDraft {
  return {
    ...CHAIN,
    kind: 'boot.u-boot.legacy',
    polarity: 'against',
    place,
    title: say.LEGACY,
    observation: {
      versions: data.versions.map(encodeText),
      requiredKeyInRelease: hasRequiredKey,
      repeat: "strings -n 8 U-BOOT | grep -e 'required signature' -e 'Legacy Image'",
    },
    confidence: {
      grade: hasRequiredKey ? 'medium' : 'low',
      reason: hasRequiredKey ? say.LEGACY_BESIDE_KEY : say.LEGACY_WITHOUT_KEY,
    },
    overturnedBy: say.LEGACY_REFUSED,
  }
}

function settingEvidence(
  place: Place,
  { verifyOff }: EnvironmentFact,
  kept: 'stored' | 'built-in',
): readonly EvidenceDraft[] {
  if (!verifyOff) return []
  return [
    {
      ...CHAIN,
      kind: 'boot.u-boot.verify-off',
      polarity: 'against',
      place,
      title: say.VERIFY_OFF,
      observation: { environment: kept, variable: 'verify', repeat: 'printenv verify' },
      confidence: { grade: 'medium', reason: say.VERIFY_OFF_REASON },
      overturnedBy: say.OTHER_ENVIRONMENT,
    },
  ]
}

/** A start that anybody at the console can interrupt. */
function consoleEvidence(
  place: Place,
  { bootdelay }: EnvironmentFact,
  program: Program | undefined,
): readonly EvidenceDraft[] {
  if (bootdelay === undefined || bootdelay === -2) return []
  // Where a program is at hand, it has to have the sentence that asks for any key; at the prompt, no key is needed.
  if (bootdelay >= 0 && program && program.data.interrupted !== 'any-key') return []
  return [
    {
      ...INTERFACES,
      kind: 'boot.u-boot.console',
      polarity: 'against',
      place,
      title: bootdelay < 0 ? say.PROMPT : say.INTERRUPTED,
      observation: {
        bootdelay,
        interrupted: program?.data.interrupted ?? 'not told',
        repeat: 'printenv bootdelay',
      },
      confidence: { grade: 'low', reason: say.CONSOLE_REASON },
      overturnedBy: say.CONSOLE_CLOSED,
    },
  ]
}

function storedEvidence(place: Place, programs: readonly Program[]): EvidenceDraft {
  const verifies = programs.some(({ data }) => data.verifiesFits)
  return {
    ...CHAIN,
    kind: 'boot.u-boot.environment',
    polarity: 'against',
    level: 'E1',
    place,
    title: say.STORED,
    observation: {
      bootcmd: 'set',
      uBootVerifiesImages: verifies,
      repeat: 'fw_printenv bootcmd',
    },
    confidence: { grade: 'low', reason: say.STORED_REASON },
    overturnedBy: say.ENVIRONMENT_KEPT,
  }
}

function scriptEvidence({ place, data }: Fact<'boot.u-boot.script'>, runsScripts: boolean): EvidenceDraft {
  return {
    ...CHAIN,
    kind: 'boot.u-boot.script',
    polarity: 'against',
    level: data.intact ? 'E1' : 'E0',
    place,
    title: say.SCRIPT,
    observation: { environmentRunsScripts: runsScripts, repeat: 'dumpimage -l SCRIPT' },
    confidence: {
      grade: runsScripts ? 'medium' : 'low',
      reason: runsScripts ? say.SCRIPT_RUN : say.SCRIPT_FOUND,
    },
    overturnedBy: say.SCRIPT_KEPT,
  }
}
