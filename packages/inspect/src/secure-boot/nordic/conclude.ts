import type { Json } from '@messlatte/model'
import type { EvidenceDraft, Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import type { LinkSignature, Part, Stage } from '../chain/facts.ts'
import {
  mismatchEvidence,
  otherEvidence,
  rollbackEvidence,
  signatureEvidence,
  unsignedEvidence,
  worthlessAnchor,
} from '../outcome/evidence.ts'
import { type KeyRing, keyRing, signerKey } from '../outcome/keys.ts'
import { linkOf } from '../outcome/link.ts'
import { judge, type Outcome } from '../outcome/outcome.ts'
import type { ManifestEntry, PacketFact } from './facts.ts'
import * as say from './say.ts'
import { NORDIC } from './scheme.ts'
import { loaderKeys, verifyForStart, verifyPacket } from './verify.ts'

type Packet = Fact<'boot.nordic.packet'>
type Firmware = Fact<'boot.nordic.firmware'>
type Manifest = Fact<'boot.nordic.manifest'>

const NO_VERSION = 0xffffffff
const SHA256 = 3
const STARTED_UNCHECKED = 0
const STARTED_BY_SIGNATURE = 3
const TYPES = [
  'application',
  'SoftDevice',
  'boot loader',
  'SoftDevice and boot loader',
  'external application',
]
const STAGES: readonly Stage[] = ['application', 'application', 'bootloader', 'bootloader', 'coprocessor']
const VALIDATIONS = ['none', 'CRC', 'SHA-256', 'ECDSA P-256']

/** Reduce: joins packets, firmwares and manifests, and verifies. */
export function concludeNordic(facts: Facts, out: ReduceOut, settings: Settings): void {
  const ring = keyRing(facts, settings)
  for (const packet of facts.of('boot.nordic.packet')) ofPacket(packet, facts, ring, out)
  for (const manifest of facts.of('boot.nordic.manifest')) withoutPacket(manifest, facts, out)
  for (const loader of facts.of('boot.nordic.loader'))
    for (const draft of ofLoader(loader, ring)) out.evidence(draft)
}

function ofPacket(packet: Packet, facts: Facts, ring: KeyRing, out: ReduceOut): void {
  const { data, place } = packet
  const firmware = firmwareOf(packet, facts)
  const content = contentOf(data, firmware)
  const observed = { ...observedPacket(data), firmware: firmware?.place.path ?? null, content }
  const verified = data.signature ? verifyPacket(packet, facts, ring) : undefined
  const outcome =
    content === 'mismatch' && verified
      ? ({
          result: 'refused',
          because: 'other-bytes',
          keys: 'keys' in verified ? verified.keys : [],
        } as const)
      : verified
  const drafts = [
    ...(outcome
      ? signatureEvidence(NORDIC, place, ring, outcome, observed)
      : [unsignedEvidence(NORDIC, place, content === 'match' ? 'E2' : 'E0', observed)]),
    ...(content === 'mismatch'
      ? [
          mismatchEvidence(NORDIC, place, say.FIRMWARE, {
            ...observed,
            computed: firmware?.place.sha256 ?? null,
          }),
        ]
      : []),
    ...debugEvidence(packet),
    rollbackEvidence(
      NORDIC,
      place,
      data.firmwareVersion === NO_VERSION ? undefined : data.firmwareVersion,
      observed,
    ),
    ...startEvidence(packet, firmware, facts, ring),
  ]
  for (const draft of drafts) out.evidence(draft)
  linkPacket(packet, firmware, content, outcome, ring, out)
}

function linkPacket(
  { data, place }: Packet,
  firmware: Firmware | undefined,
  content: Content,
  outcome: Outcome | undefined,
  ring: KeyRing,
  out: ReduceOut,
): void {
  const hash = data.hashType === SHA256 ? ({ hash: 'sha256' } as const) : {}
  const rollback =
    data.firmwareVersion === undefined || data.firmwareVersion === NO_VERSION
      ? []
      : [{ name: 'version', value: data.firmwareVersion, signed: outcome !== undefined }]
  const covers = [partOf(firmware, place, STAGES[data.type] ?? 'update')]
  const details = outcome
    ? ({
        evidence: 'signature',
        level: judge(NORDIC, ring, outcome).level,
        signature: algorithmOf(data),
        keys: 'keys' in outcome ? outcome.keys : [],
      } as const)
    : ({ evidence: 'unsigned', level: content === 'match' ? 'E2' : 'E0' } as const)
  out.fact('chain.link', place, linkOf(NORDIC, place, { ...details, ...hash, covers, rollback }))
}

/** The firmware where it is at hand, else what stands for it. */
function partOf(firmware: Firmware | undefined, place: Manifest['place'], stage: Stage): Part {
  return firmware
    ? { path: firmware.place.path, stage, name: 'firmware' }
    : { path: place.path, stage: 'update', name: 'package' }
}

function algorithmOf({ signature }: PacketFact): LinkSignature {
  switch (signature?.type) {
    case 0:
      return { type: 'ecdsa', curve: 'P-256' }
    case 1:
      return { type: 'ed25519' }
    default:
      return { type: 'other', name: `type ${signature?.type}` }
  }
}

function ofLoader({ data, place }: Fact<'boot.nordic.loader'>, ring: KeyRing): readonly EvidenceDraft[] {
  return loaderKeys([{ data, place }], '').flatMap((candidate) =>
    worthlessAnchor(NORDIC, place, signerKey(ring, candidate)),
  )
}

type Content = 'match' | 'mismatch' | 'not-here' | 'not-computed'

function contentOf({ hashType, hash }: PacketFact, firmware: Firmware | undefined): Content {
  if (!firmware) return 'not-here'
  if (hashType !== SHA256) return 'not-computed'
  return firmware.place.sha256 === hash ? 'match' : 'mismatch'
}

/** What the manifest beside it says; without one, the file of the same name. */
function firmwareOf({ place }: Packet, facts: Facts): Firmware | undefined {
  const named = facts
    .of('boot.nordic.manifest')
    .flatMap(({ data, place: at }) =>
      data.entries.filter(({ packet }) => at.root === place.root && beside(at.inner, packet) === place.inner),
    )[0]
  const wanted = named ? beside(place.inner, named.firmware) : place.inner.replace(/\.dat$/, '.bin')
  return facts
    .of('boot.nordic.firmware')
    .find(({ place: at }) => at.root === place.root && at.inner === wanted)
}

function beside(inner: string, name: string): string {
  return inner.slice(0, inner.lastIndexOf('/') + 1) + name
}

function debugEvidence({ data, place }: Packet): readonly EvidenceDraft[] {
  if (!data.isDebug) return []
  return [
    otherEvidence(NORDIC, 'debug', place, {
      polarity: 'against',
      title: say.DEBUG,
      observation: { ...observedPacket(data), repeat: 'nrfutil pkg display PACKAGE.zip' },
      confidence: { grade: 'medium', reason: say.DEBUG_REASON },
      overturnedBy: say.NO_DEBUG,
    }),
  ]
}

/** How boot loaders are told to check the firmware at each start. */
function startEvidence(
  packet: Packet,
  firmware: Firmware | undefined,
  facts: Facts,
  ring: KeyRing,
): readonly EvidenceDraft[] {
  const { data, place } = packet
  if (data.validations.length === 0) return []
  const strongest = Math.max(STARTED_UNCHECKED, ...data.validations.map(({ type }) => type))
  const outcome =
    firmware && data.type === 0 ? verifyForStart(packet, firmware.place.sha256, facts, ring) : undefined
  return [
    otherEvidence(NORDIC, 'start', place, {
      polarity: 'neutral',
      title: strongest === STARTED_BY_SIGNATURE ? say.STARTS_SIGNED : say.STARTS_UNSIGNED,
      observation: {
        validations: data.validations.map(({ type }) => VALIDATIONS[type] ?? `type ${type}`),
        signature: outcome?.result ?? null,
        repeat: 'nrfutil pkg display PACKAGE.zip',
        enforcement: NORDIC.enforcement,
      },
      confidence: {
        grade: 'medium',
        reason: strongest === STARTED_BY_SIGNATURE ? say.STARTS_SIGNED_REASON : say.STARTS_UNSIGNED_REASON,
      },
    }),
  ]
}

/** Firmwares of a package whose packet is missing, or of the kind before 2016. */
function withoutPacket({ data, place }: Manifest, facts: Facts, out: ReduceOut): void {
  const packets = facts.of('boot.nordic.packet')
  for (const entry of data.entries) {
    const at = beside(place.inner, entry.packet)
    if (packets.some((packet) => packet.place.root === place.root && packet.place.inner === at)) continue
    const wanted = beside(place.inner, entry.firmware)
    const firmware = facts
      .of('boot.nordic.firmware')
      .find((one) => one.place.root === place.root && one.place.inner === wanted)
    ofEntry(entry, firmware, place, out)
  }
}

function ofEntry(
  entry: ManifestEntry,
  firmware: Firmware | undefined,
  manifest: Manifest['place'],
  out: ReduceOut,
): void {
  const { role, isLegacy, legacyCrc } = entry
  const checked = legacyCrc !== undefined && firmware?.data.crc16 === legacyCrc
  const place = firmware?.place ?? manifest
  const level = checked ? 'E1' : 'E0'
  const observed = {
    role,
    legacy: isLegacy,
    firmwareCrc16: legacyCrc ?? null,
    computed: firmware?.data.crc16 ?? null,
  }
  out.evidence(unsignedEvidence(NORDIC, place, level, observed, isLegacy ? say.LEGACY : say.NO_PACKET))
  const stage = role.endsWith('bootloader') ? 'bootloader' : 'application'
  const covers = [partOf(firmware, place, stage)]
  out.fact('chain.link', place, linkOf(NORDIC, place, { evidence: 'unsigned', level, covers }))
}

function observedPacket(data: PacketFact): { readonly [key: string]: Json } {
  return {
    type: TYPES[data.type] ?? String(data.type),
    firmwareVersion: data.firmwareVersion ?? null,
    hardwareVersion: data.hardwareVersion ?? null,
    softdevices: data.softdevices,
    sha256: data.hash,
    debug: data.isDebug,
    algorithm: data.signature
      ? data.signature.type === 0
        ? 'ecdsa-p256-sha256'
        : `type ${data.signature.type}`
      : null,
  }
}
