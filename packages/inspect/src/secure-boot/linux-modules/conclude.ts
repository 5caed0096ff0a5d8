import type { Certificate } from '@messlatte/bytes'
import type { Confidence, Polarity, SignatureLevel, Text } from '@messlatte/model'
import type { EvidenceDraft, Facts, Observation, Place, ReduceOut, Settings } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { knownCertificate, knownKey } from '../../known-keys/index.ts'
import { moduleLink } from './links.ts'
import * as say from './say.ts'
import { certificatesOf, type Module, type ModuleOutcome, verifyModule } from './verify.ts'

const CHAIN = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
/** Modules that are named; the others are counted. */
const MOST_NAMED = 12

/** Modules of one system that come to the same. */
export interface Group {
  readonly system: string
  readonly outcome: ModuleOutcome
  readonly level: SignatureLevel
  readonly modules: readonly Module[]
}

interface Context {
  readonly leaked: ReadonlySet<string>
  /** Place of what shows that a kernel of the release refuses others. */
  readonly forcedAt: Place | undefined
  readonly hasConfig: boolean
}

/** Reduce: verifies every module, and says what each group comes to. */
export function concludeModules(facts: Facts, out: ReduceOut, settings: Settings): void {
  const certificates = certificatesOf(facts)
  const groups = new Map<string, Group & { readonly modules: Module[] }>()
  for (const module of facts.of('boot.linux.module')) {
    const outcome = verifyModule(module, certificates, settings)
    const level = levelOf(outcome)
    const { system } = module.data
    const key = JSON.stringify([
      system,
      outcome.result,
      level,
      'signer' in outcome ? outcome.signer : '',
      'algorithms' in outcome ? outcome.algorithms : [],
      'because' in outcome ? outcome.because : '',
    ])
    const known = groups.get(key)
    if (known) known.modules.push(module)
    else groups.set(key, { system, outcome, level, modules: [module] })
  }
  const context = contextOf(facts)
  for (const group of groups.values()) {
    const draft = groupEvidence(group, context)
    out.evidence(draft)
    // What is not signed by itself is as whole as the file system that it lies in: the chain knows that one.
    if (group.outcome.result !== 'unsigned')
      out.fact('chain.link', draft.place, moduleLink(group, draft, context.forcedAt, context.leaked))
    for (const worthless of keyEvidence(group, context)) out.evidence(worthless)
  }
}

function contextOf(facts: Facts): Context {
  const configs = facts.of('boot.linux.config')
  const lines = facts.of('boot.command-line')
  const forced =
    configs.find(({ data }) => data.forcesModules) ?? lines.find(({ data }) => data.enforcesModules)
  return {
    leaked: new Set(
      facts.of('key.private').flatMap(({ data }) => (data.sample === undefined ? [data.spkiSha256] : [])),
    ),
    forcedAt: forced?.place,
    hasConfig: configs.length > 0,
  }
}

function levelOf(outcome: ModuleOutcome): SignatureLevel {
  switch (outcome.result) {
    case 'unsigned':
      return 'E0'
    case 'old':
    case 'unknown':
      return 'E3'
    case 'broken':
    case 'fails':
      return 'EX'
    case 'holds':
      return outcome.level
  }
}

interface Judgement {
  readonly kind: string
  readonly polarity: Polarity
  readonly title: Text
  readonly confidence: Confidence
  readonly overturnedBy?: Text
}

function groupEvidence(group: Group, context: Context): EvidenceDraft {
  const { modules, level } = group
  const { place } = modules[0] as Module
  return { ...CHAIN, ...judge(group, context), level, place, observation: observed(group) }
}

function judge({ outcome, modules }: Group, context: Context): Judgement {
  const count = modules.length
  const kind = 'boot.linux.module-signature'
  const neutral = (title: Text, reason: Text): Judgement => ({
    kind,
    polarity: 'neutral',
    title,
    confidence: { grade: 'medium', reason },
  })
  const against = (reason: Text): Judgement => ({
    kind,
    polarity: 'against',
    title: say.refused(count),
    confidence: { grade: 'high', reason },
    overturnedBy: say.AS_DELIVERED,
  })
  switch (outcome.result) {
    case 'unsigned':
      return unsignedJudgement(count, context)
    case 'broken':
      return against(say.BROKEN)
    case 'old':
      return neutral(say.notVerified(count), say.UNSUPPORTED)
    case 'fails':
      return against(say.FAILS)
    case 'unknown':
      return neutral(
        say.notVerified(count),
        outcome.because === 'certificate' ? say.NO_CERTIFICATE : say.UNSUPPORTED,
      )
    case 'holds': {
      const title = say.verified(count, outcome.level)
      if (outcome.path.some((one) => worthOf(one, context).worthless)) return neutral(title, say.WORTHLESS)
      if (outcome.level === 'E4') return neutral(title, say.BESIDE)
      if (outcome.level === 'E6')
        return { kind, polarity: 'for', title, confidence: { grade: 'high', reason: say.TRUSTED } }
      const confidence: Confidence = context.forcedAt
        ? { grade: 'high', reason: say.FORCED }
        : { grade: 'medium', reason: say.NOT_FORCED }
      return { kind, polarity: 'for', title, confidence }
    }
  }
}

/** Where the configuration is at hand, it speaks for itself. */
function unsignedJudgement(count: number, { hasConfig }: Context): Judgement {
  const common = { kind: 'boot.linux.module-unsigned', title: say.unsigned(count) } as const
  if (hasConfig)
    return { ...common, polarity: 'neutral', confidence: { grade: 'medium', reason: say.UNSIGNED_KNOWN } }
  return {
    ...common,
    polarity: 'against',
    confidence: { grade: 'low', reason: say.UNSIGNED_LOADED },
    overturnedBy: say.VERIFIED_ROOT,
  }
}

function observed({ system, outcome, modules }: Group): Observation {
  return {
    system,
    count: modules.length,
    some: modules.slice(0, MOST_NAMED).map(({ data }) => data.name),
    result: outcome.result,
    signer: 'signer' in outcome ? outcome.signer : null,
    algorithms: 'algorithms' in outcome ? [...outcome.algorithms] : [],
    ...('because' in outcome ? { because: outcome.because } : {}),
    path: outcome.result === 'holds' ? outcome.path.map(observedCertificate) : [],
    anchors:
      outcome.result === 'holds'
        ? outcome.anchors.map(({ place }) => ({ path: place.path, offset: place.offset }))
        : [],
    repeat:
      'modinfo MODULE; openssl smime -verify -binary -noattr -inform DER -in SIGNATURE -content MODULE -certfile CERTIFICATE',
  }
}

function observedCertificate({ subject, sha256, spkiSha256 }: Certificate): Observation {
  return { subject: subject.text, sha256, spkiSha256 }
}

function worthOf({ sha256, spkiSha256 }: Certificate, { leaked }: Pick<Context, 'leaked'>) {
  const known = knownCertificate(sha256) ?? knownKey(spkiSha256)
  const isLeaked = leaked.has(spkiSha256)
  return { known, isLeaked, worthless: known !== undefined || isLeaked }
}

function keyEvidence({ outcome, modules }: Group, context: Context): readonly EvidenceDraft[] {
  if (outcome.result !== 'holds') return []
  const { place } = modules[0] as Module
  return outcome.path.flatMap((certificate): readonly EvidenceDraft[] => {
    const { known, isLeaked } = worthOf(certificate, context)
    const common = {
      ...CHAIN,
      kind: 'boot.linux.module-key',
      polarity: 'against',
      place,
      overturnedBy: say.OTHER_KEY,
    } as const
    const observation = {
      certificate: observedCertificate(certificate),
      count: modules.length,
      repeat: 'modinfo MODULE',
    }
    return [
      ...(known
        ? [
            {
              ...common,
              title: say.knownSigner(known),
              observation: { ...observation, published: known.id },
              confidence: { grade: 'high', reason: say.BY_FINGERPRINT },
            } as const,
          ]
        : []),
      ...(isLeaked
        ? [
            {
              ...common,
              title: say.LEAKED_SIGNER,
              observation,
              confidence: { grade: 'high', reason: say.IN_RELEASE },
            } as const,
          ]
        : []),
    ]
  })
}
