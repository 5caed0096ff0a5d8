import type { SignatureLevel } from '@messlatte/model'
import { parseOtaSelect } from '@messlatte/unpack'
import type { Artefact, EvidenceDraft } from '../../contract.ts'
import { placeOf, provisions } from '../../drafts.ts'
import type { EspImageFact } from './facts.ts'
import { type Context, digestsOf, type Image } from './keys.ts'
import * as say from './say.ts'
import { observedImage, SECURE_BOOT } from './signature-evidence.ts'

const SECTOR = 4096
const ROLLBACK = { provisions: provisions(['5.3-2', '5.7-1']), cases: [] } as const

/** What lies at the end of an image does not fit the image. */
export function mismatchEvidence({ place, data }: Image): readonly EvidenceDraft[] {
  const sums = { checksum: data.checksum, hash: data.hash, crc: data.crc }
  if (!Object.values(sums).includes(false)) return []
  // Older flashing tools patch the header of boot loaders and leave the hash as it was; the chip does not look at it.
  const patched = data.role === 'boot-loader' && data.checksum === true
  return [
    {
      ...SECURE_BOOT,
      kind: 'boot.esp.hash-mismatch',
      polarity: 'against',
      level: 'EX',
      place,
      title: say.mismatch(data),
      observation: { ...observedImage(data), ...observedSums(data), repeat: 'esptool image-info IMAGE' },
      confidence: { grade: patched ? 'medium' : 'high', reason: patched ? say.PATCHED : say.RECOMPUTED },
      overturnedBy: say.CUT_OR_NOT_STARTED,
    },
  ]
}

/** An image without any signature. */
export function unsignedEvidence({ place, data }: Image, { images, loaders }: Context): EvidenceDraft {
  const first =
    data.role === 'boot-loader' && (data.traces.includes('enables-secure-boot-1') || onlyV1(images))
  const beside = loaders.some((loader) => digestsOf(loader.data.blocks).size > 0)
  return {
    ...SECURE_BOOT,
    kind: 'boot.esp.unsigned',
    polarity: first ? 'neutral' : 'against',
    level: levelOf(data),
    place,
    title: say.unsigned(data),
    observation: {
      ...observedImage(data),
      ...observedSums(data),
      signedBootLoaderBeside: beside,
      repeat: 'espsecure signature-info-v2 IMAGE; esptool image-info IMAGE',
    },
    confidence: {
      grade: 'medium',
      reason: first ? say.LOADER_OF_VERSION_1 : data.family === 'esp8266' ? say.ESP8266 : say.UNSIGNED_REASON,
    },
    ...(first ? {} : { overturnedBy: say.SIGNED_ELSEWHERE }),
  }
}

/** The boot loader of secure boot 1 carries no signature: the chip keeps a digest of it, made with a key of its own. */
function onlyV1(images: readonly Image[]): boolean {
  const signed = images.filter(({ data }) => data.v1 || data.blocks.length > 0)
  return signed.length > 0 && signed.every(({ data }) => data.v1)
}

function levelOf({ checksum, hash, crc }: EspImageFact): SignatureLevel {
  if (checksum !== true || hash === false || crc === false) return 'E0'
  return hash ? 'E2' : 'E1'
}

function observedSums({ checksum, hash, crc }: EspImageFact) {
  const word = (value: boolean | undefined) => (value === undefined ? 'none' : value ? 'match' : 'mismatch')
  return { checksum: word(checksum), sha256: word(hash), crc32: word(crc) }
}

/** The number that a chip compares with its fuses, where rollback is refused. */
export function rollbackEvidence({ place, data }: Image): readonly EvidenceDraft[] {
  if (data.secureVersion === undefined) return []
  return [
    {
      ...ROLLBACK,
      kind: 'boot.esp.rollback',
      polarity: 'neutral',
      place,
      title: say.secureVersion(data),
      observation: {
        ...observedImage(data),
        repeat: 'esptool image-info IMAGE',
        enforcement: 'open: espefuse summary on the unit (SECURE_VERSION)',
      },
      confidence: { grade: 'medium', reason: say.VERSION_REASON },
    },
  ]
}

/** Which slot is booted, and whether a slot has to prove itself. */
export function slotEvidence(artefact: Artefact): readonly EvidenceDraft[] {
  const entries = [0, 1].flatMap((index) => parseOtaSelect(artefact.bytes, index * SECTOR) ?? [])
  if (entries.length === 0) return []
  const proving = entries.some(({ state }) => state !== 'undefined')
  return [
    {
      ...ROLLBACK,
      kind: 'boot.esp.rollback',
      polarity: 'neutral',
      place: placeOf(artefact),
      title: say.slots(proving),
      observation: {
        entries: entries.map(({ sequence, state }) => ({ sequence, state })),
        repeat: 'otatool.py -f FLASH read_otadata (ESP-IDF, components/app_update)',
      },
      confidence: { grade: 'medium', reason: say.SLOTS_REASON },
    },
  ]
}

/** What a boot loader shows of what it does. */
export function loaderEvidence({ place, data }: Image): readonly EvidenceDraft[] {
  if (data.role !== 'boot-loader') return []
  const enables = data.traces.filter((trace) => trace.startsWith('enables-'))
  return [
    {
      ...SECURE_BOOT,
      kind: 'boot.esp.loader',
      polarity: 'neutral',
      place,
      title: say.loader(enables.length > 0),
      observation: {
        ...observedImage(data),
        enables,
        fuseDigests: [...digestsOf(data.blocks)],
        keysOfVersion1: data.points.length,
        repeat: 'strings BOOTLOADER',
      },
      confidence: { grade: 'medium', reason: enables.length > 0 ? say.COMPILED_IN : say.SILENCE },
    },
  ]
}
