import { ecSpki, sha256 } from '@messlatte/bytes'
import type { EvidenceDraft, ReduceOut } from '../../contract.ts'
import type { Anchor, Demand, HardwareQuestion, LinkFact, LinkSignature, Part } from '../chain/facts.ts'
import type { BlockAlgorithm, EspRow } from './facts.ts'
import { type Context, digestsOf, type Image, type KeyUse } from './keys.ts'
import type { Hardware } from './signature-evidence.ts'

/** What an evidence says of an image, as far as a link needs it. */
export interface Linked {
  readonly draft: EvidenceDraft
  readonly scheme: LinkFact['scheme']
  readonly image: Image
  readonly signature?: LinkSignature | undefined
  readonly hash?: LinkFact['hash']
  /** That it verifies with, or was tried with. */
  readonly keys: readonly KeyUse[]
  readonly demand: Demand
}

export function giveLink(out: ReduceOut, one: Linked, context: Context): void {
  const { draft, scheme, image, signature, hash, keys, demand } = one
  const { data, place } = image
  const name = data.project || data.version || data.role
  const part: Part = { path: place.path, stage: stageOf(image), name }
  out.fact('chain.link', draft.place, {
    scheme,
    evidence: draft.kind,
    name: data.version,
    holder: place.path,
    covers: [part],
    gaps: [],
    level: draft.level ?? 'E0',
    ...(signature ? { signature } : {}),
    ...(hash === undefined ? {} : { hash }),
    anchors: keys.flatMap((key) => anchorsOf(key, image, context)),
    demand,
    rollback:
      data.secureVersion === undefined
        ? []
        : [{ name: 'secure_version', value: data.secureVersion, signed: signature !== undefined }],
    open: data.family === 'esp8266' ? [] : QUESTIONS,
    repeat: signature
      ? `espsecure verify-signature --version ${scheme === 'esp-secure-boot-1' ? 1 : 2} --keyfile KEY IMAGE`
      : 'esptool image-info IMAGE',
  })
}

/** A partition of an encrypted flash: neither signed nor unsigned, as long as nobody has the key. */
export function giveEncryptedLink(out: ReduceOut, draft: EvidenceDraft, { label }: EspRow): void {
  const { path, offset, length } = draft.place
  out.fact('chain.link', draft.place, {
    scheme: 'esp-image',
    evidence: draft.kind,
    name: label,
    holder: path,
    covers: [{ path, stage: 'application', name: label, offset, length, encrypted: true }],
    gaps: [],
    level: draft.level ?? 'E3',
    anchors: [],
    demand: { by: 'unknown' },
    rollback: [],
    open: QUESTIONS,
    repeat: 'espsecure decrypt-flash-data --keyfile KEY --address OFFSET --output PLAIN PARTITION',
  })
}

const COMMAND = 'espefuse --port PORT summary --format json'
const QUESTIONS: readonly HardwareQuestion[] = (
  [
    'secure-boot-enabled',
    'key-digest',
    'key-revoked',
    'flash-encryption',
    'debug-locked',
    'download-locked',
    'rollback-counter',
  ] as const
).map((id) => ({ id, command: COMMAND }))

function stageOf({ data }: Image): Part['stage'] {
  switch (data.role) {
    case 'boot-loader':
      return 'bootloader'
    case 'app':
    case 'unknown':
      return 'application'
  }
}

/** A key that the user trusts may sign an earlier stage as well: then the chain goes on there. */
function anchorsOf(use: KeyUse, image: Image, { loaders, leaked }: Context): readonly Anchor[] {
  const { origin, from, spkiSha256, fuseDigest, known } = use
  const common = {
    fingerprints: [
      { form: 'spki-sha256', value: spkiSha256 },
      ...(fuseDigest === undefined ? [] : [{ form: 'esp-key-digest', value: fuseDigest } as const]),
    ],
    name: '',
    ...(known ? { everybody: known.id } : {}),
    ...(leaked.has(spkiSha256) ? { leaked: true } : {}),
  } as const
  const trusted =
    origin === 'trusted' ? from.map((name) => ({ ...common, lies: { in: 'trusted', name } }) as const) : []
  const earlier = loaders
    .filter((loader) => loader !== image && image.data.role !== 'boot-loader' && holds(loader, use))
    .map(({ place }) => ({ ...common, lies: { in: 'release', place } }) as const)
  const all = [...trusted, ...earlier]
  return all.length > 0 ? all : [{ ...common, lies: { in: 'travelling' } }]
}

/** Version 2 signs boot loaders with the key; version 1 links it into them. */
function holds({ data }: Image, { fuseDigest, spkiSha256 }: KeyUse): boolean {
  if (fuseDigest !== undefined) return digestsOf(data.blocks).has(fuseDigest)
  return data.points.some((hex) => sha256(ecSpki('P-256', Buffer.from(hex, 'hex'))) === spkiSha256)
}

export function signatureOf(algorithm: BlockAlgorithm | undefined): LinkSignature {
  switch (algorithm) {
    case 'rsa-3072-pss':
      return { type: 'rsa', bits: 3072, padding: 'pss' }
    case 'ecdsa-p192':
      return { type: 'ecdsa', curve: 'P-192' }
    case 'ecdsa-p256':
      return { type: 'ecdsa', curve: 'P-256' }
    case 'ecdsa-p384':
      return { type: 'ecdsa', curve: 'P-384' }
    case undefined:
      return { type: 'other', name: 'unknown' }
  }
}

/** What the release shows of who refuses an image that does not verify; the rest is a matter of fuses. */
export function demandOf(image: Image, hardware: Hardware, { loaders }: Context): Demand {
  const loader = loaders[0]
  switch (hardware) {
    case 'own-key':
      return { by: 'nobody', place: image.place }
    case 'boot-loader-unsigned':
      return loader ? { by: 'nobody', place: loader.place } : { by: 'unknown' }
    case 'boot-loader-demands': {
      const demanding = loaders.find(({ data }) => data.traces.includes('enables-secure-boot-2'))
      return demanding && demanding !== image ? { by: 'release', place: demanding.place } : { by: 'hardware' }
    }
    case 'boot-loader-has-other-key':
    case 'boot-loader-signed':
    case 'not-shown':
      return { by: 'hardware' }
  }
}
