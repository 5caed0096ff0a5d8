import type { Fact, Place, ReduceOut } from '../../contract.ts'
import type { EspRow } from '../../secure-boot/esp/facts.ts'
import { givePart } from './give.ts'
import * as say from './say.ts'

const [APP, DATA, BOOT_LOADER] = [0, 1, 2]
/** Subtypes: of applications the factory's and sixteen slots, of data the record of slots. */
const [FACTORY, FIRST_SLOT, LAST_SLOT, RECORD] = [0x00, 0x10, 0x1f, 0x00]
const READ_TABLE = 'gen_esp32part.py TABLE (ESP-IDF, components/partition_table)'

/** The partitions of a table that matter for updates. */
export interface EspLayout {
  readonly slots: readonly string[]
  readonly factory: string | undefined
  readonly hasRecord: boolean
  readonly hasLoaderSlot: boolean
  /** Where an update is written; none where there is no room beside what runs. */
  readonly targets: readonly string[]
}

export function layoutOf(rows: readonly EspRow[]): EspLayout {
  const apps = rows.filter(({ type }) => type === APP)
  const slots = apps
    .filter(({ subtype }) => subtype >= FIRST_SLOT && subtype <= LAST_SLOT)
    .map(({ label }) => label)
  const factory = apps.find(({ subtype }) => subtype === FACTORY)?.label
  const hasRecord = rows.some(({ type, subtype }) => type === DATA && subtype === RECORD)
  const roomy = hasRecord && (slots.length > 1 || (slots.length === 1 && factory !== undefined))
  return {
    slots,
    factory,
    hasRecord,
    hasLoaderSlot: rows.filter(({ type }) => type === BOOT_LOADER).length > 0,
    targets: roomy ? slots : [],
  }
}

export function giveLayout(table: Fact<'boot.esp.table'>, place: Place, out: ReduceOut): void {
  const layout = layoutOf(table.data.rows)
  const { slots, factory, hasRecord } = layout
  if (slots.length === 0 && factory === undefined) return
  const names = [...(factory === undefined ? [] : [factory]), ...slots]
  const [method, statement] =
    slots.length > 1 && hasRecord
      ? (['slots', say.slots(slots)] as const)
      : slots.length === 1 && hasRecord && factory !== undefined
        ? (['recovery', say.slotBesideFactory(factory, slots[0] as string)] as const)
        : (['in-place', slots.length > 1 ? say.NO_RECORD : say.NO_SLOT] as const)
  givePart(
    out,
    place,
    { id: 'install', method, names },
    {
      statement,
      confidence: say.IN_TABLE,
      how: 'partition-table',
      observation: {
        partitions: table.data.rows.map(({ label, type, subtype, offset, size }) => ({
          label,
          type,
          subtype,
          offset,
          size,
        })),
        repeat: READ_TABLE,
      },
    },
  )
}
