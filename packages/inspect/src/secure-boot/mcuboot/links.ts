import { CURVES } from '@messlatte/bytes'
import type { SignatureLevel } from '@messlatte/model'
import type { EvidenceDraft, Facts, ReduceOut } from '../../contract.ts'
import type { Anchor, Demand, Gap, HardwareQuestion, LinkHash, LinkSignature } from '../chain/facts.ts'
import { fingerprintsOf } from '../chain/trust.ts'
import type { Content } from './content.ts'
import { openToAnybody } from './content-evidence.ts'
import type { SignatureTlv } from './facts.ts'
import { type Candidate, type Image, isWithinImage, type Anchor as KeyFact } from './keys.ts'
import * as say from './say.ts'

/** What an evidence says, as far as a link needs it. */
interface Linked {
  readonly draft: EvidenceDraft
  readonly image: Image
  readonly content: Content | undefined
  readonly tlv: SignatureTlv | undefined
  /** That it verifies with, or was tried with. */
  readonly keys: readonly Candidate[]
  readonly facts: Facts
  readonly leaked: ReadonlySet<string>
}

export function giveLink(out: ReduceOut, { draft, image, content, tlv, keys, facts, leaked }: Linked): void {
  const { path } = image.place
  const { version, encrypted, counter } = image.data
  const level: SignatureLevel = draft.level ?? 'E0'
  const anchors = keys.flatMap((key) => anchorsOf(key, facts, leaked))
  const hash = content?.hashes[0]?.hash.algorithm
  const part = { path, stage: 'application', name: version } as const
  out.fact('chain.link', draft.place, {
    scheme: 'mcuboot',
    evidence: draft.kind,
    name: version,
    holder: path,
    covers: [encrypted ? { ...part, encrypted } : part],
    gaps: tlv ? gapsOf(image) : [],
    level,
    ...(tlv ? { signature: signatureOf(tlv, keys) } : {}),
    ...(hash === undefined ? {} : { hash: hash satisfies LinkHash }),
    anchors,
    demand: demandOf(keys, facts),
    rollback: [
      { name: 'version', value: version, signed: true },
      { name: 'security-counter', value: counter?.value, signed: counter?.protected ?? false },
    ],
    open: QUESTIONS,
    repeat: tlv ? 'imgtool verify --key PUBLIC.pem IMAGE' : 'imgtool dumpinfo IMAGE',
  })
}

/** MCUboot runs on chips of many makers; OpenOCD knows the locks of most of them. */
const QUESTIONS: readonly HardwareQuestion[] = [
  {
    id: 'flash-locked',
    command: "openocd -f BOARD.cfg -c 'init; reset halt; flash probe 0; flash info 0; shutdown'",
  },
  { id: 'debug-locked', command: "openocd -f BOARD.cfg -c 'init; targets; shutdown'" },
]

function gapsOf(image: Image): readonly Gap[] {
  return openToAnybody(image).map((name) => ({
    path: image.place.path,
    stage: 'configuration',
    name,
    why: say.NOT_COVERED_REASON,
  }))
}

function signatureOf({ type }: SignatureTlv, keys: readonly Candidate[]): LinkSignature {
  switch (type) {
    case 'rsa2048-pss':
      return { type: 'rsa', bits: 2048, padding: 'pss' }
    case 'rsa3072-pss':
      return { type: 'rsa', bits: 3072, padding: 'pss' }
    case 'ed25519':
      return { type: 'ed25519' }
    case 'ecdsa224':
      return { type: 'ecdsa', curve: 'P-224' }
    case 'ecdsa': {
      const curve = keys.flatMap(({ key }) => (key.type === 'ec' ? [CURVES[key.curve].name] : []))[0]
      return curve === undefined ? { type: 'other', name: 'ECDSA' } : { type: 'ecdsa', curve }
    }
  }
}

/** A key that the user trusts may lie in the boot loader as well: then the chain goes on there. */
function anchorsOf(one: Candidate, facts: Facts, leaked: ReadonlySet<string>): readonly Anchor[] {
  const { origin, from, key, spkiSha256, known } = one
  const common = {
    fingerprints: fingerprintsOf(key.spki),
    name: '',
    ...(known ? { everybody: known.id } : {}),
    ...(leaked.has(spkiSha256) ? { leaked: true } : {}),
  }
  const trusted = origin === 'trusted' ? [{ ...common, lies: { in: 'trusted', name: from } } as const] : []
  const earlier = foundEarlier(one, facts).map(
    ({ place }) => ({ ...common, lies: { in: 'release', place } }) as const,
  )
  const all = [...trusted, ...earlier]
  return all.length > 0 ? all : [{ ...common, lies: { in: 'travelling' } }]
}

function foundEarlier({ spkiSha256 }: Candidate, facts: Facts): readonly KeyFact[] {
  return facts
    .of('boot.mcuboot.key')
    .filter((one) => one.data.spkiSha256 === spkiSha256 && !isWithinImage(one))
}

/** MCUboot that was built with a key refuses what the key does not verify; one whose key is not here says nothing. */
function demandOf(keys: readonly Candidate[], facts: Facts): Demand {
  const loader = keys.flatMap((key) => foundEarlier(key, facts)).find(({ data }) => data.isLoader)
  return loader ? { by: 'release', place: loader.place } : { by: 'unknown' }
}
