import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import {
  mismatchEvidence,
  rollbackEvidence,
  signatureEvidence,
  unsignedEvidence,
} from '../outcome/evidence.ts'
import { type KeyRing, keyRing, type SignerKey } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome } from '../outcome/outcome.ts'
import * as say from './say.ts'
import { BOOT, BOOTCODE, EEPROM } from './scheme.ts'
import { verifyBootcode, verifySig } from './verify.ts'

type Sig = Fact<'boot.rpi.sig'>
type File = Fact<'boot.rpi.file'>

export function concludeRaspberryPi(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const sig of facts.of('boot.rpi.sig')) ofSig(sig, facts, ring, out)
  for (const bootcode of facts.of('boot.rpi.bootcode')) {
    const observed = { version: bootcode.data.version }
    const outcome = verifyBootcode(bootcode, ring)
    for (const draft of signatureEvidence(BOOTCODE, bootcode.place, ring, outcome, observed))
      out.evidence(draft)
    out.evidence(rollbackEvidence(BOOTCODE, bootcode.place, bootcode.data.version, observed))
  }
  for (const file of facts.of('boot.rpi.file').filter(({ data }) => data.isConfiguration))
    for (const draft of notPrepared(file, facts)) out.evidence(draft)
}

function ofSig(sig: Sig, facts: Facts, ring: KeyRing, out: ReduceOut): void {
  const { data, place } = sig
  const signed = signedBy(sig, facts)
  const scheme = place.root.endsWith(':rpi-eeprom') ? EEPROM : BOOT
  const content = !signed ? 'not-here' : signed.place.sha256 === data.digest ? 'match' : 'mismatch'
  const observed = {
    sha256: data.digest,
    file: signed?.place.path ?? null,
    content,
    timestamp: data.timestamp ?? null,
  }
  // A name alone is no sign: other programs write digests into files of this kind, too.
  if (!signed && data.signature === undefined) return
  const isSigned = data.signature !== undefined
  const outcome = isSigned ? outcomeOf(sig, content, facts, ring) : undefined
  for (const draft of drafts(scheme, sig, content, outcome, observed, ring)) out.evidence(draft)
  if (!signed) return
  const level = outcome ? judge(scheme, ring, outcome).level : content === 'match' ? 'E2' : 'E0'
  const keys: readonly SignerKey[] = outcome && 'keys' in outcome ? outcome.keys : []
  out.fact(
    'chain.link',
    place,
    linkOf(scheme, place, {
      evidence: isSigned ? 'signature' : 'unsigned',
      level,
      covers: [
        {
          path: signed.place.path,
          stage: scheme === EEPROM ? 'configuration' : 'kernel',
          name: nameOf(signed),
        },
      ],
      ...(isSigned ? { signature: { type: 'rsa', bits: 2048, padding: 'pkcs1' } as const } : {}),
      hash: 'sha256',
      keys,
    }),
  )
}

type Content = 'match' | 'mismatch' | 'not-here'
type Observed = { readonly [key: string]: Json }

function drafts(
  scheme: typeof BOOT,
  { place }: Sig,
  content: Content,
  outcome: Outcome | undefined,
  observed: Observed,
  ring: KeyRing,
): readonly EvidenceDraft[] {
  return [
    ...(outcome
      ? signatureEvidence(scheme, place, ring, outcome, observed)
      : [unsignedEvidence(scheme, place, content === 'match' ? 'E2' : 'E0', observed)]),
    ...(content === 'mismatch' ? [mismatchEvidence(scheme, place, say.FILE, observed)] : []),
  ]
}

function outcomeOf(sig: Sig, content: Content, facts: Facts, ring: KeyRing): Outcome {
  const outcome = verifySig(sig, facts, ring)
  return content === 'mismatch'
    ? { result: 'refused', because: 'other-bytes', keys: 'keys' in outcome ? outcome.keys : [] }
    : outcome
}

/** The file of the same name but for its end: `boot.img` of `boot.sig`. */
function signedBy({ place }: Sig, facts: Facts): File | undefined {
  const stem = place.inner.replace(/\.sig$/, '')
  return facts
    .of('boot.rpi.file')
    .find(({ place: at }) => at.root === place.root && ENDS.some((end) => at.inner === stem + end))
}

const ENDS = ['.img', '.txt', '.bin', '.upd']

function nameOf({ place }: File): string {
  return place.inner.slice(place.inner.lastIndexOf('/') + 1)
}

/** An EEPROM image without the customer's key, or whose configuration nobody signed: it is started as anybody changes it. */
function notPrepared({ data, place }: File, facts: Facts): readonly EvidenceDraft[] {
  if (!place.root.endsWith(':rpi-eeprom')) return []
  const inside = (at: { readonly root: string }) => at.root === place.root
  const hasKey = facts.of('boot.rpi.key').some(({ place: at }) => inside(at))
  const hasSig = facts.of('boot.rpi.sig').some(({ place: at }) => inside(at) && at.inner === 'bootconf.sig')
  if (hasKey && hasSig) return []
  const observed = { signedBoot: data.signedBoot, pubkey: hasKey, bootconfSig: hasSig, repeat: EEPROM.repeat }
  return [unsignedEvidence(EEPROM, place, 'E0', observed, say.NOT_PREPARED)]
}
