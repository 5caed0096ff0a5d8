import { readPublicKey } from '@messlatte/bytes'
import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import type { Gap, LinkSignature, Part } from '../chain/facts.ts'
import {
  besideGaps,
  otherEvidence,
  rollbackEvidence,
  signatureEvidence,
  unsignedEvidence,
} from '../outcome/evidence.ts'
import { type Candidate, type KeyRing, keyRing, type SignerKey, signerKey } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome, verifyBy } from '../outcome/outcome.ts'
import type { HabCommands, HabFact, HabUnlock } from './facts.ts'
import * as say from './say.ts'
import { HAB } from './scheme.ts'

type Image = Fact<'boot.hab.image'>

export function concludeHab(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const image of facts.of('boot.hab.image')) ofImage(image, ring, out)
}

function ofImage(image: Image, ring: KeyRing, out: ReduceOut): void {
  const { data, place } = image
  const observed = observedImage(data)
  const { commands } = data
  const reason = unsignedReason(data)
  if (reason !== 'signed') {
    out.evidence(unsignedEvidence(HAB, place, 'E0', observed, reason))
    const covers = [partOf(image)]
    out.fact('chain.link', place, linkOf(HAB, place, { evidence: 'unsigned', level: 'E0', covers }))
    return
  }
  const outcome = outcomeOf(image, ring)
  const isOpen = data.whole && (commands?.gaps.length ?? 0) > 0
  for (const draft of signatureEvidence(HAB, place, ring, outcome, observed))
    out.evidence(isOpen ? besideGaps(draft) : draft)
  if (commands && data.whole) for (const draft of ofCommands(image, commands)) out.evidence(draft)
  out.evidence(rollbackEvidence(HAB, place, undefined, { revocation: 'of root keys, in fuses' }))
  out.fact(
    'chain.link',
    place,
    linkOf(HAB, place, {
      ...coverage(image),
      evidence: 'signature',
      level: judge(HAB, ring, outcome).level,
      signature: algorithmOf(commands),
      hash: 'sha256',
      keys: 'keys' in outcome ? outcome.keys.filter(({ spkiSha256 }) => isRoot(commands, spkiSha256)) : [],
    }),
  )
}

/** Why it counts as unsigned; undefined says that there is nothing to add. */
function unsignedReason({ csf, whole, commands }: HabFact) {
  if (csf === 'none') return undefined
  if (csf === 'named' && whole) return say.NO_COMMANDS
  if (commands && whole && commands.data.length === 0 && commands.encrypted.length === 0) return say.NO_DATA
  return 'signed'
}

function outcomeOf({ data, place }: Image, ring: KeyRing): Outcome {
  const { commands, whole } = data
  if (!whole) return { result: 'not-verified', why: 'cut' }
  const root = rootKey(commands)
  if (!commands || !root) return { result: 'not-verified', why: 'algorithm' }
  const results = [commands.commands ?? 'unread', ...commands.data]
  const vouched = commands.certificates.map(({ holds }) => holds)
  const candidate: Candidate = {
    key: root,
    origin: 'travelling',
    from: place.path,
    digests: [commands.root?.tableSha256 ?? ''],
  }
  if (results.includes('other-bytes')) return { result: 'refused', because: 'other-bytes', keys: [] }
  if (results.includes('fails') || vouched.includes(false))
    return { result: 'refused', because: 'named', keys: [signerKey(ring, candidate)] }
  if (results.includes('outside')) return { result: 'not-verified', why: 'cut' }
  if (results.includes('unread') || vouched.includes(undefined))
    return { result: 'not-verified', why: 'algorithm' }
  if (commands.encrypted.length > 0) return { result: 'not-verified', why: 'encrypted' }
  const isIt = ({ spkiSha256 }: { readonly spkiSha256: string }) => spkiSha256 === root.spkiSha256
  const outcome = verifyBy(ring, [candidate], isIt, () => true, true)
  return outcome.result === 'verified'
    ? { ...outcome, keys: [...outcome.keys, ...worthlessKeys(commands, place.path, ring)] }
    : outcome
}

function rootKey(commands: HabCommands | undefined) {
  const spki = commands?.root?.spki
  return spki === undefined ? undefined : readPublicKey(Buffer.from(spki, 'base64'))
}

function isRoot(commands: HabCommands | undefined, spkiSha256: string): boolean {
  return rootKey(commands)?.spkiSha256 === spkiSha256
}

/** A root key is worth no more than the keys that it vouches for. */
function worthlessKeys({ certificates }: HabCommands, from: string, ring: KeyRing): readonly SignerKey[] {
  return certificates.flatMap(({ spki }) => {
    const key = readPublicKey(Buffer.from(spki, 'base64'))
    const signer = key && signerKey(ring, { key, origin: 'travelling', from })
    return signer?.known || signer?.leaked ? [signer] : []
  })
}

function ofCommands({ place }: Image, { gaps, unlocks }: HabCommands): readonly EvidenceDraft[] {
  const [gap] = gaps
  const repeat = 'csf_parser -c CSF; the blocks of its Authenticate Data commands beside IVT and boot data'
  return [
    ...(gap
      ? [
          otherEvidence(
            HAB,
            'not-covered',
            { ...place, offset: gap.from, length: gap.to - gap.from },
            {
              polarity: 'against',
              title: say.notCovered([...new Set(gaps.map(({ what }) => what))]),
              observation: { gaps: gaps.map(({ from, to, what }) => ({ what, from, to })), repeat },
              confidence: { grade: 'high', reason: say.NOT_COVERED_REASON },
              overturnedBy: say.NOT_USED,
            },
          ),
        ]
      : []),
    ...[true, false].flatMap((opens) => {
      const some = unlocks.filter((one) => (one.opens && !one.oneUnit) === opens)
      return some.length > 0 ? [unlockEvidence(place, some, opens)] : []
    }),
  ]
}

function unlockEvidence(place: Image['place'], unlocks: readonly HabUnlock[], opens: boolean): EvidenceDraft {
  const reason = unlocks.every(({ oneUnit }) => oneUnit) ? say.ONE_UNIT_REASON : say.UNLOCK_REASON
  const common = {
    title: say.unlocks(unlocks.flatMap(({ engine, features }) => features.map((one) => `${engine} ${one}`))),
    observation: { unlocks: unlocks.map((one) => ({ ...one })), repeat: 'csf_parser -c CSF' },
  }
  return opens
    ? otherEvidence(HAB, 'unlock', place, {
        ...common,
        polarity: 'against',
        confidence: { grade: 'medium', reason: say.OPENS_REASON },
        overturnedBy: say.LOCKED_LATER,
      })
    : otherEvidence(HAB, 'unlock', place, {
        ...common,
        polarity: 'neutral',
        confidence: { grade: 'medium', reason },
      })
}

function partOf({ place }: Image): Part {
  return { path: `${place.path}/image`, stage: 'bootloader-first', name: 'image' }
}

/** All of the program where nothing is left out, else the signed stretches. */
function coverage(image: Image): { readonly covers: readonly Part[]; readonly gaps: readonly Gap[] } {
  const { data, place } = image
  const { commands } = data
  const stage = 'bootloader-first'
  const range = ({ from, to }: { readonly from: number; readonly to: number }) =>
    ({ path: place.path, stage, offset: from, length: to - from }) as const
  const gaps = (data.whole ? (commands?.gaps ?? []) : []).map((gap) => ({
    ...range(gap),
    name: gap.what,
    why: say.gap(gap.what),
  }))
  if (!commands || gaps.length === 0) {
    const encrypted = commands && commands.encrypted.length > 0
    return { covers: [{ ...partOf(image), ...(encrypted ? { encrypted } : {}) }], gaps: [] }
  }
  const covers = [
    ...commands.covered.map((one) => ({ ...range(one), name: 'image' })),
    ...commands.encrypted.map((one) => ({ ...range(one), name: 'image', encrypted: true })),
  ]
  return { covers: covers.length > 0 ? covers : [partOf(image)], gaps }
}

function algorithmOf(commands: HabCommands | undefined): LinkSignature {
  const key = rootKey(commands)
  switch (key?.type) {
    case 'rsa':
      return { type: 'rsa', bits: key.bits, padding: 'pkcs1' }
    case 'ec':
      return { type: 'ecdsa', curve: key.curve }
    default:
      return { type: 'other', name: 'HAB' }
  }
}

function observedImage({ version, plugin, hasDcd, csf, commands }: HabFact): {
  readonly [key: string]: Json
} {
  return {
    ivt: version,
    plugin,
    deviceConfiguration: hasDcd,
    csf,
    ...(commands
      ? {
          csfVersion: commands.version,
          srkTableSha256: commands.root?.tableSha256 ?? null,
          srk: commands.root ? `${commands.root.index + 1} of ${commands.root.keys}` : null,
          fastAuthentication: commands.fast,
          certificates: commands.certificates.map(({ slot, holds }) => ({
            slot,
            signedByRoot: holds ?? null,
          })),
          commandsSignature: commands.commands ?? null,
          dataSignatures: commands.data,
          blocks: commands.covered.map(({ from, to }) => ({ from, to })),
          encrypted: commands.encrypted.map(({ from, to }) => ({ from, to })),
        }
      : {}),
  }
}
