import type { EvidenceDraft, Fact } from '../../contract.ts'
import type { EspRow } from './facts.ts'
import * as say from './say.ts'
import { SECURE_BOOT } from './signature-evidence.ts'

const APP = 0
const DATA = 1
/** Subtypes: the factory application, sixteen slots for updates from 0x10 on, and keys of encrypted NVS. */
const FACTORY = 0
const FIRST_SLOT = 0x10
const LAST_SLOT = 0x1f
const NVS_KEYS = 4

export function partitionsEvidence(
  { place, data }: Fact<'boot.esp.table'>,
  opened: Fact<'boot.esp.opened'> | undefined,
): EvidenceDraft {
  const apps = data.rows.filter(({ type }) => type === APP)
  const marked = data.rows.filter(({ encrypted }) => encrypted)
  const slots = apps.filter(({ subtype }) => subtype >= FIRST_SLOT && subtype <= LAST_SLOT)
  const readable = apps.filter(({ content }) => content === 'image')
  return {
    ...SECURE_BOOT,
    kind: 'boot.esp.partitions',
    polarity: 'neutral',
    place,
    title: say.partitions(slots.length, marked.length),
    observation: {
      slots: slots.length,
      factory: apps.some(({ subtype }) => subtype === FACTORY),
      markedEncrypted: marked.map(({ label }) => label),
      nvsKeys: data.rows.some(({ type, subtype }) => type === DATA && subtype === NVS_KEYS),
      readableApps: readable.map(({ label }) => label),
      ...(opened && {
        encryption: {
          scheme: opened.data.scheme,
          covers: opened.data.tableEncrypted ? 'boot loader, table and partitions' : 'partitions',
          openedWith: '--key',
        },
      }),
      md5: data.md5 === undefined ? 'none' : data.md5 ? 'match' : 'mismatch',
      repeat: 'gen_esp32part.py TABLE (ESP-IDF, components/partition_table)',
      enforcement: 'open: espefuse summary on the unit (SPI_BOOT_CRYPT_CNT or FLASH_CRYPT_CNT)',
    },
    confidence: {
      grade: 'medium',
      reason: opened
        ? say.OPENED
        : marked.length > 0 && readable.length > 0
          ? say.READABLE
          : say.TABLE_REASON,
    },
  }
}

/** Partitions that cannot be read, of those that have to be. */
export function opaqueRows({ data }: Fact<'boot.esp.table'>): readonly EspRow[] {
  return data.rows.filter((row) => row.content === 'opaque' && (isApplication(row) || row.encrypted))
}

export function isApplication({ type }: EspRow): boolean {
  return type === APP
}

export function encryptedEvidence(row: EspRow, place: Fact['place']): EvidenceDraft {
  return {
    ...SECURE_BOOT,
    kind: 'boot.esp.encrypted',
    polarity: 'neutral',
    level: 'E3',
    place: { ...place, offset: row.at ?? 0, length: row.size },
    title: isApplication(row) ? say.encrypted(row.label) : say.encryptedData(row.label),
    observation: {
      partition: row.label,
      type: row.type,
      subtype: row.subtype,
      flash: { offset: row.offset, size: row.size },
      marked: row.encrypted,
      repeat: 'espsecure decrypt-flash-data --keyfile KEY --address OFFSET --output PLAIN PARTITION',
    },
    confidence: { grade: 'medium', reason: say.ENCRYPTED_REASON },
  }
}
