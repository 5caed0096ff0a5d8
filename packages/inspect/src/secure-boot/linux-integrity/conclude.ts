import type { EvidenceDraft, Facts, Observation, ReduceOut, Settings } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import type { LinkFact } from '../chain/facts.ts'
import { certificateAnchor } from '../pkcs7/link.ts'
import * as say from './say.ts'
import { type Attribute, type IntegrityOutcome, Verifier } from './verify.ts'

const CHAIN = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
/** Files that are named; links name more. */
const MOST_NAMED = 12
const MOST_COVERED = 64
const AGAINST: ReadonlySet<IntegrityOutcome['result']> = new Set(['fails', 'broken'])

/** Files of one system whose attributes come to the same. */
interface Group {
  readonly outcome: IntegrityOutcome
  readonly all: readonly Attribute[]
}

/** Reduce: verifies every attribute, and says what each group comes to. */
export function concludeIntegrity(facts: Facts, out: ReduceOut, settings: Settings): void {
  const verifier = new Verifier(facts, settings)
  const groups = new Map<string, Group & { readonly all: Attribute[] }>()
  // Metadata that hold vouch for a content only where the hash among them does.
  const otherContent = new Set<string>()
  for (const attribute of facts.of('boot.linux.integrity')) {
    const outcome = verifier.verify(attribute)
    const { system, attribute: name, value } = attribute.data
    if (name === 'ima' && outcome.level === 'EX') otherContent.add(attribute.place.path)
    const over = 'over' in value ? value.over : ''
    const key = JSON.stringify([system, name, value.type, over, outcome.result, outcome.level, outcome.keyId])
    const known = groups.get(key)
    if (known) known.all.push(attribute)
    else groups.set(key, { outcome, all: [attribute] })
  }
  for (const group of groups.values()) {
    const draft = groupEvidence(group)
    out.evidence(draft)
    // A hash, or what only the device can verify, is as whole as the file system that it lies in.
    const all = group.all.filter(({ place }) => draft.level === 'EX' || !otherContent.has(place.path))
    if (isSigned(group) && all.length > 0)
      out.fact('chain.link', draft.place, linkOf({ ...group, all }, draft))
  }
  for (const { place, data } of facts.of('boot.linux.ima-policy'))
    out.evidence({
      ...CHAIN,
      kind: 'boot.linux.ima-policy',
      polarity: 'neutral',
      place,
      title: data.appraises === 0 ? say.POLICY_MEASURES : say.POLICY,
      observation: { ...data, repeat: 'cat POLICY' },
      confidence: { grade: 'medium', reason: say.POLICY_REASON },
    })
}

function isSigned({ all }: Group): boolean {
  return (all[0] as Attribute).data.value.type === 'signature'
}

function groupEvidence({ outcome, all }: Group): EvidenceDraft {
  const { place, data } = all[0] as Attribute
  const { result, level } = outcome
  const common = {
    ...CHAIN,
    kind: `boot.linux.${data.attribute}`,
    level,
    place,
    title: say.title(all.length, data.attribute, outcome),
    observation: observed(outcome, all),
  } as const
  const reason = say.REASONS[result]
  if (AGAINST.has(result))
    return {
      ...common,
      polarity: 'against',
      confidence: { grade: 'medium', reason },
      overturnedBy: say.AS_DELIVERED,
    }
  if (result === 'hash-differs')
    return {
      ...common,
      polarity: 'against',
      confidence: { grade: 'low', reason },
      overturnedBy: say.AS_DELIVERED,
    }
  const holds = result === 'holds' && level !== 'E4'
  return { ...common, polarity: holds ? 'for' : 'neutral', confidence: { grade: 'medium', reason } }
}

function observed(outcome: IntegrityOutcome, all: readonly Attribute[]): Observation {
  const { data } = all[0] as Attribute
  const { certificate, keyId, anchors, result } = outcome
  return {
    system: data.system,
    attribute: `security.${data.attribute}`,
    type: data.value.type,
    over: 'over' in data.value ? data.value.over : null,
    algorithms: [
      ...new Set(all.flatMap((one) => ('algorithm' in one.data.value ? [one.data.value.algorithm] : []))),
    ],
    count: all.length,
    some: all.slice(0, MOST_NAMED).map(({ place }) => place.inner),
    result,
    keyId: keyId ?? null,
    certificate: certificate
      ? { subject: certificate.subject.text, sha256: certificate.sha256, spkiSha256: certificate.spkiSha256 }
      : null,
    anchors: anchors.map(({ place }) => ({ path: place.path, offset: place.offset })),
    repeat: 'getfattr -m security -d -e hex FILE; evmctl ima_verify --key CERTIFICATE FILE',
  }
}

function linkOf({ outcome, all }: Group, { kind }: EvidenceDraft): LinkFact {
  const { data } = all[0] as Attribute
  const { level, certificate, anchors, trusted } = outcome
  const key = certificate?.key
  const common = certificate && certificateAnchor(certificate, new Set())
  return {
    scheme: data.attribute,
    evidence: kind,
    name: certificate?.subject.text ?? '',
    holder: data.system,
    covers: all
      .slice(0, MOST_COVERED)
      .map(({ place }) => ({ path: place.path, stage: 'files', name: place.inner || 'file' })),
    gaps: [],
    level,
    signature:
      key?.type === 'rsa'
        ? { type: 'rsa', bits: key.bits, padding: 'pkcs1' }
        : key?.type === 'ec'
          ? { type: 'ecdsa', curve: key.curve }
          : { type: 'other', name: data.value.type },
    anchors: common
      ? level === 'E6'
        ? [{ ...common, lies: { in: 'trusted', name: trusted ?? '' } }]
        : level === 'E5'
          ? anchors.map(({ place }) => ({ ...common, lies: { in: 'release', place } as const }))
          : [{ ...common, lies: { in: 'travelling' } }]
      : [],
    demand: { by: 'unknown' },
    rollback: [],
    open: [],
    repeat: 'evmctl ima_verify --key CERTIFICATE FILE',
  }
}
