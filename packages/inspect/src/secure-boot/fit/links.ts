import type { EvidenceDraft, ReduceOut } from '../../contract.ts'
import type { Anchor, AnchorPlace, Demand, Gap, LinkSignature, Part, Stage } from '../chain/facts.ts'
import { fingerprintsOf } from '../chain/trust.ts'
import type { ImageContent } from './content.ts'
import type { Configuration, FitImage, SignatureNode } from './facts.ts'
import type { Candidate, Control } from './keys.ts'
import { isDemanded } from './outcome.ts'
import * as say from './say.ts'
import { signatureAlgorithm } from './verify.ts'

/** What an evidence says, as far as a link needs it. */
interface Linked {
  readonly draft: EvidenceDraft
  /** Nest path of the FIT. */
  readonly fit: string
  readonly configuration?: Configuration | undefined
  readonly images: readonly ImageContent[]
  readonly node: SignatureNode | undefined
  readonly keys: readonly Candidate[]
  readonly controls: readonly Control[]
  readonly demand: Demand
  readonly gaps: readonly Gap[]
  readonly leaked: ReadonlySet<string>
}

export function giveLink(out: ReduceOut, one: Linked): void {
  const { draft, fit, configuration, images, node, keys, controls, demand, gaps, leaked } = one
  const covers = images.map(({ image }) => partOf(fit, image, configuration?.references))
  const algorithm = node && signatureAlgorithm(node.algorithm)
  out.fact('chain.link', draft.place, {
    scheme: 'u-boot-fit',
    evidence: draft.kind,
    name: configuration?.name ?? '',
    ...(configuration ? { isDefault: configuration.isDefault } : {}),
    holder: fit,
    covers: covers.length > 0 ? covers : [{ path: fit, stage: 'kernel', name: 'FIT' }],
    gaps,
    level: draft.level ?? 'E0',
    ...(node ? { signature: signatureOf(node) } : {}),
    ...(algorithm ? { hash: algorithm.digest } : {}),
    anchors: keys.map((key) => anchorOf(key, controls, leaked)),
    demand,
    rollback: [],
    open: [],
    repeat: node ? 'fit_check_sign -f FIT -k CONTROL.dtb -c CONFIGURATION' : 'dumpimage -l FIT',
  })
}

/** By the property that starts it; loadables by their own type and system. */
const BY_PROPERTY: Readonly<Record<string, Stage>> = {
  kernel: 'kernel',
  fdt: 'device-tree',
  ramdisk: 'initramfs',
  fpga: 'coprocessor',
  script: 'configuration',
}

const BY_SYSTEM: Readonly<Record<string, Stage>> = {
  'arm-trusted-firmware': 'trusted-firmware',
  opensbi: 'trusted-firmware',
  tee: 'trusted-os',
  'u-boot': 'bootloader',
}

const BY_TYPE: Readonly<Record<string, Stage>> = {
  kernel: 'kernel',
  kernel_noload: 'kernel',
  flat_dt: 'device-tree',
  ramdisk: 'initramfs',
  filesystem: 'root-file-system',
  standalone: 'bootloader',
  firmware: 'bootloader',
  fpga: 'coprocessor',
  copro: 'coprocessor',
  script: 'configuration',
  tee: 'trusted-os',
}

function partOf(fit: string, image: FitImage, references: Configuration['references'] = []): Part {
  const property = references.find((one) => one.image === image.name)?.property ?? ''
  const stage = BY_PROPERTY[property] ?? BY_SYSTEM[image.os] ?? BY_TYPE[image.type] ?? 'data'
  const part = { path: `${fit}/images/${image.name}`, stage, name: image.name }
  return image.encrypted ? { ...part, encrypted: true } : part
}

/** Images that their hashes hold to the signature by nothing that withstands an attacker. */
export function weakParts(fit: string, images: readonly ImageContent[]): readonly Gap[] {
  return images
    .filter(({ state }) => state === 'none' || state === 'checksum' || state === 'weak-hash')
    .map((content) => ({
      ...partOf(fit, content.image),
      why: say.weakHash(content.image.name, content.state),
    }))
}

function signatureOf({ algorithm, padding }: SignatureNode): LinkSignature {
  const known = signatureAlgorithm(algorithm)
  if (!known) return { type: 'other', name: algorithm === '' ? 'none' : algorithm }
  if (known.key.type === 'ec') return { type: 'ecdsa', curve: CURVES[known.key.curve] ?? known.key.curve }
  return { type: 'rsa', bits: known.key.bits, padding: padding === 'pss' ? 'pss' : 'pkcs1' }
}

const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

function anchorOf(
  { origin, from, hint, key, spkiSha256, known }: Candidate,
  controls: readonly Control[],
  leaked: ReadonlySet<string>,
): Anchor {
  return {
    fingerprints: fingerprintsOf(key.export({ type: 'spki', format: 'der' })),
    name: hint,
    lies: liesOf(origin, from, controls),
    ...(known ? { everybody: known.id } : {}),
    ...(leaked.has(spkiSha256) ? { leaked: true } : {}),
  }
}

function liesOf(origin: Candidate['origin'], from: string, controls: readonly Control[]): AnchorPlace {
  if (origin === 'trusted') return { in: 'trusted', name: from }
  const control = origin === 'earlier' && controls.find(({ place }) => place.path === from)
  return control ? { in: 'release', place: control.place } : { in: 'travelling' }
}

/** Who refuses what does not verify: the boot loader, where its control device tree requires a key of configurations. */
export function demandOf(controls: readonly Control[], verified: ReadonlySet<string>): Demand {
  const earlier = controls.filter(({ keys }) => keys.some(({ origin }) => origin === 'earlier'))
  const demanding = earlier.find((control) => isDemanded([control], verified))
  if (demanding) return { by: 'release', place: demanding.place }
  const requires = earlier.find(({ keys }) => keys.some(({ required }) => required === 'conf'))
  if (requires) return { by: 'release', place: requires.place }
  return earlier[0] ? { by: 'nobody', place: earlier[0].place } : { by: 'unknown' }
}
