import type { Json, SignatureLevel } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { type KnownCertificate, type KnownKey, knownCertificate, knownKey } from '../../known-keys/index.ts'
import type { LinkFact } from '../chain/facts.ts'
import { linkAnchors, linkSignature } from '../pkcs7/link.ts'
import { readPkcs7 } from '../pkcs7/read.ts'
import { digested, type Outcome, verifyWith } from '../pkcs7/verify.ts'
import { anchorsOf, keptName } from './anchors.ts'
import type { ListName, UpdateCandidate } from './facts.ts'
import * as say from './say.ts'
import type { ListedCertificate } from './signature-list.ts'

const SECURE_BOOT = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
type KeyList = Fact<'boot.uefi.keys'>

/** Names that test keys of firmware makers give themselves. */
const CALLS_ITSELF = /DO NOT (?:TRUST|SHIP)/i
const REVOKING = new Set(['dbx', 'MokListX'])

/** Reduce: what lists and stores hold, and whether updates verify. */
export function concludeKeys(facts: Facts, out: ReduceOut, settings: Settings): void {
  const lists = facts.of('boot.uefi.keys')
  const leaked = new Set(
    facts.of('key.private').flatMap(({ data }) => (data.sample === undefined ? [data.spkiSha256] : [])),
  )
  for (const group of byPath(lists)) out.evidence(keysEvidence(group))
  for (const group of byPath(lists.filter(({ data }) => !REVOKING.has(data.name))))
    for (const { certificate, holders } of byCertificate(group))
      for (const draft of worthless(holders, certificate, leaked)) out.evidence(draft)
  for (const store of facts.of('boot.uefi.store'))
    for (const draft of storeEvidence(store, lists)) out.evidence(draft)
  for (const update of facts.of('boot.uefi.update')) {
    const verified = verifyUpdate(update.data.signature, update.data.candidates, facts, settings)
    const draft = updateEvidence(update, verified)
    out.evidence(draft)
    out.fact('chain.link', update.place, updateLink(update, verified, draft, leaked))
  }
}

function byPath(lists: readonly KeyList[]): readonly (readonly KeyList[])[] {
  const groups = new Map<string, KeyList[]>()
  for (const list of lists) groups.set(list.place.path, [...(groups.get(list.place.path) ?? []), list])
  return [...groups.values()]
}

interface Held {
  readonly certificate: ListedCertificate
  /** The lists that have it, the one that decides over the others first. */
  readonly holders: readonly KeyList[]
}

/** One certificate is often in several lists of a store. */
function byCertificate(group: readonly KeyList[]): readonly Held[] {
  const held = new Map<string, { readonly certificate: ListedCertificate; readonly holders: KeyList[] }>()
  for (const list of group)
    for (const certificate of list.data.certificates) {
      const known = held.get(certificate.sha256)
      if (!known) held.set(certificate.sha256, { certificate, holders: [list] })
      else if (!known.holders.includes(list)) known.holders.push(list)
    }
  const rank = ({ data }: KeyList) => ORDER.indexOf(data.name)
  return [...held.values()].map(({ certificate, holders }) => ({
    certificate,
    holders: holders.toSorted((a, b) => rank(a) - rank(b)),
  }))
}

const ORDER: readonly ListName[] = ['PK', 'KEK', 'db', 'dbt', 'dbr', 'MokList']

function keysEvidence(group: readonly KeyList[]): EvidenceDraft {
  const { place } = group[0] as KeyList
  return {
    ...SECURE_BOOT,
    kind: 'boot.uefi.keys',
    polarity: 'neutral',
    place: group.length === 1 ? place : { ...place, offset: 0, length: 0 },
    title: say.KEYS,
    observation: { lists: group.map(observedList), repeat: REPEAT },
    confidence: { grade: 'medium', reason: say.LISTED },
  }
}

const REPEAT = 'virt-fw-vars --input STORE --print --verbose; sig-list-to-certs FILE CERT'

function observedList({ data }: KeyList): Json {
  const { certificates, hashes, others } = data
  return {
    list: keptName(data),
    certificates: certificates.map(({ subject, sha256, spkiSha256 }) => ({ subject, sha256, spkiSha256 })),
    hashes: hashes.length,
    others,
  }
}

/** A key that anybody has, by publication or by this release; or that only calls itself so. */
function worthless(
  holders: readonly KeyList[],
  { subject, sha256, spkiSha256 }: ListedCertificate,
  leaked: ReadonlySet<string>,
): readonly EvidenceDraft[] {
  const { place, data } = holders[0] as KeyList
  const isFile = data.kept === 'file' || data.kept === 'update'
  const lists = holders.map((list) => keptName(list.data))
  const observation = { lists, subject, sha256, spkiSha256, repeat: REPEAT }
  const common = { ...SECURE_BOOT, place } as const
  const known: KnownKey | KnownCertificate | undefined = knownCertificate(sha256) ?? knownKey(spkiSha256)
  const drafts: EvidenceDraft[] = []
  if (known)
    drafts.push({
      ...common,
      kind: 'boot.uefi.known-key',
      polarity: 'against',
      title: say.known(data.name, known),
      observation: { ...observation, published: known.id },
      confidence: isFile
        ? { grade: 'medium', reason: say.ONLY_A_FILE }
        : { grade: 'high', reason: say.BY_FINGERPRINT },
      overturnedBy: say.OTHER_KEYS,
    })
  else if (CALLS_ITSELF.test(subject))
    drafts.push({
      ...common,
      kind: 'boot.uefi.look-alike',
      polarity: 'neutral',
      title: say.lookAlike(data.name),
      observation,
      confidence: { grade: 'low', reason: say.BY_SUBJECT },
    })
  if (leaked.has(spkiSha256))
    drafts.push({
      ...common,
      kind: 'boot.uefi.private-key',
      polarity: 'against',
      title: say.leaked(data.name),
      observation,
      confidence: { grade: 'high', reason: say.IN_RELEASE },
      overturnedBy: say.OTHER_KEYS,
    })
  return drafts
}

function storeEvidence(
  { place, data }: Fact<'boot.uefi.store'>,
  lists: readonly KeyList[],
): readonly EvidenceDraft[] {
  const own = lists.filter((list) => list.place.path === place.path && list.data.kept === 'variable')
  // A store that never held a key is that of a firmware that may not know Secure Boot at all.
  if (!data.hasPlatformKey && own.length === 0 && data.enabled === undefined) return []
  const observation = {
    variables: data.variables,
    platformKey: data.hasPlatformKey,
    secureBootEnable: data.enabled ?? null,
    repeat: 'virt-fw-vars --input STORE --print; on a unit: mokutil --sb-state',
  }
  const common = { ...SECURE_BOOT, place, observation } as const
  const has = (name: string) =>
    own.some((list) => list.data.name === name && list.data.certificates.length + list.data.hashes.length > 0)
  return [
    {
      ...common,
      kind: 'boot.uefi.state',
      polarity: 'neutral',
      title: data.hasPlatformKey ? say.USER_MODE : say.SETUP_MODE,
      confidence: { grade: 'medium', reason: say.TEMPLATE },
    },
    ...(data.enabled === false
      ? [
          {
            ...common,
            kind: 'boot.uefi.state',
            polarity: 'against',
            title: say.SWITCHED_OFF,
            confidence: { grade: 'low', reason: say.TEMPLATE },
            overturnedBy: say.OTHER_STATE,
          } as const,
        ]
      : []),
    ...(has('db') && !has('dbx')
      ? [
          {
            ...common,
            kind: 'boot.uefi.no-revocation',
            polarity: 'neutral',
            title: say.NO_REVOCATION,
            confidence: { grade: 'medium', reason: say.TEMPLATE },
          } as const,
        ]
      : []),
  ]
}

interface VerifiedUpdate {
  readonly candidate?: UpdateCandidate
  readonly outcome: Outcome | undefined
}

function updateEvidence(
  { place, data }: Fact<'boot.uefi.update'>,
  { candidate, outcome }: VerifiedUpdate,
): EvidenceDraft {
  const holds = outcome?.result === 'holds' ? outcome : undefined
  const fails = outcome?.result === 'fails'
  const level: SignatureLevel = holds?.level ?? (fails ? 'EX' : 'E3')
  const common = { ...SECURE_BOOT, kind: 'boot.uefi.update', level, place } as const
  const observation = {
    time: data.time,
    variable: candidate?.name ?? null,
    attributes: candidate ? `0x${candidate.attributes.toString(16)}` : null,
    signer: holds?.signer?.subject.text ?? null,
    anchors: holds?.anchors.map(({ kept, place: at }) => ({ kept, path: at.path })) ?? [],
    repeat: 'the signed bytes: name in UTF-16LE without NUL, vendor GUID, attributes, time, lists',
  }
  if (holds && candidate)
    return {
      ...common,
      polarity: 'neutral',
      title: say.updateHolds(candidate.name, holds.level),
      observation,
      confidence: { grade: 'medium', reason: say.UPDATE_REASON.holds },
    }
  if (!fails)
    return {
      ...common,
      polarity: 'neutral',
      title: say.UPDATE_UNKNOWN,
      observation,
      confidence: { grade: 'medium', reason: say.UPDATE_REASON.unknown },
    }
  return {
    ...common,
    polarity: 'against',
    title: say.UPDATE_FAILS,
    observation,
    confidence: { grade: 'medium', reason: say.UPDATE_REASON.fails },
    overturnedBy: say.CUT_OR_OTHER,
  }
}

/** The variable for which the signature holds: its name is signed and stands nowhere. */
function verifyUpdate(
  signature: string,
  candidates: readonly UpdateCandidate[],
  facts: Facts,
  settings: Settings,
): VerifiedUpdate {
  const data = readPkcs7(Buffer.from(signature, 'base64'))
  const anchors = anchorsOf(facts, ['PK', 'KEK'])
  let worst: Outcome | undefined
  for (const signer of data?.signers ?? []) {
    for (const candidate of candidates) {
      const outcome = verifyWith(
        data as NonNullable<typeof data>,
        signer,
        digested(candidate.digests),
        anchors,
        settings,
      )
      if (outcome.result === 'holds') return { candidate, outcome }
      worst = outcome
    }
  }
  return { outcome: worst }
}

function updateLink(
  { place }: Fact<'boot.uefi.update'>,
  { candidate, outcome }: VerifiedUpdate,
  { kind, level = 'E3' }: EvidenceDraft,
  leaked: ReadonlySet<string>,
): LinkFact {
  return {
    scheme: 'uefi-keys',
    evidence: kind,
    name: candidate?.name ?? '',
    holder: place.path,
    covers: [{ path: place.path, stage: 'update', name: candidate?.name ?? 'variable' }],
    gaps: [],
    level,
    signature: linkSignature(outcome ?? { result: 'unknown' }),
    anchors: outcome ? linkAnchors(outcome, leaked) : [],
    demand: { by: 'unknown' },
    rollback: [],
    open: [],
    repeat: 'efi-updatevar -f UPDATE VARIABLE',
  }
}
