import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import type { EspImageFact } from '../../secure-boot/esp/facts.ts'
import { giveAgents } from './agents.ts'
import { onDevice } from './device.ts'
import { giveLayout, layoutOf } from './esp.ts'
import { givePart } from './give.ts'
import { giveMcubootImages, giveMcubootKeys, giveMcubootLoader } from './mcuboot.ts'
import * as say from './say.ts'

/** Reduce: relates the texts of firmware to its partition table and its images. */
export function concludeFirmware(facts: Facts, out: ReduceOut): void {
  const tables = facts.of('boot.esp.table')
  const images = new Map(facts.of('boot.esp.image').map((image) => [image.place.path, image]))
  for (const table of tables) giveLayout(table, onDevice(table.place, tables), out)
  for (const texts of facts.of('update.firmware-texts')) {
    const place = onDevice(texts.place, tables)
    const image = images.get(texts.place.path)?.data
    const agents = giveAgents({ texts, place, image, facts }, out)
    giveMcubootLoader(texts, place, out)
    if (image) giveApplication(image, place, agents.length > 0, tables, out)
  }
  for (const image of images.values()) giveLoader(image, tables, out)
  giveMcubootImages(facts, out)
  giveMcubootKeys(facts, out)
}

function giveApplication(
  image: EspImageFact,
  place: Place,
  updates: boolean,
  tables: readonly Fact<'boot.esp.table'>[],
  out: ReduceOut,
): void {
  if (image.role === 'boot-loader') return
  out.fact('update.system', place, {
    title: { en: `ESP-IDF application ${image.project}`, de: `ESP-IDF-Anwendung ${image.project}` },
  })
  const version = image.secureVersion ?? 0
  const compared = image.traces.includes('app-checks-secure-version')
  if (compared || version > 0) {
    givePart(
      out,
      place,
      {
        id: 'rollback',
        checks: compared && version > 0 ? 'refused' : 'unknown',
        setting: 'secure_version',
        value: `${version}`,
      },
      {
        statement: say.secureVersion(version, compared),
        confidence: say.IN_DESCRIPTOR,
        how: 'program',
        observation: { repeat: 'esptool image-info IMAGE; espefuse summary on the unit (SECURE_VERSION)' },
      },
    )
  }
  const targets = tablesOf(place, tables).flatMap(({ data }) => layoutOf(data.rows).targets)
  if (updates && targets.length > 0) {
    givePart(
      out,
      place,
      { id: 'reach', stage: 'application', reaches: 'yes', target: targets.join(', ') },
      {
        statement: say.reachesApplication(targets),
        confidence: say.TEXT_AND_TABLE,
        how: 'partition-table',
        observation: { repeat: 'gen_esp32part.py TABLE (ESP-IDF, components/partition_table)' },
      },
    )
  }
}

/** The boot loader of the second stage, where nothing reaches it. */
function giveLoader(
  { place, data }: Fact<'boot.esp.image'>,
  tables: readonly Fact<'boot.esp.table'>[],
  out: ReduceOut,
): void {
  if (data.role !== 'boot-loader') return
  const device = onDevice(place, tables)
  const own = tablesOf(device, tables)
  if (own.length === 0 || own.some(({ data: { rows } }) => layoutOf(rows).hasLoaderSlot)) return
  givePart(
    out,
    device,
    { id: 'reach', stage: 'bootloader', reaches: 'unknown', target: null },
    {
      statement: say.LOADER_NOT_SEEN,
      confidence: say.IN_TABLE,
      how: 'partition-table',
      observation: { repeat: 'gen_esp32part.py TABLE (ESP-IDF, components/partition_table)' },
    },
  )
}

function tablesOf(
  place: Place,
  tables: readonly Fact<'boot.esp.table'>[],
): readonly Fact<'boot.esp.table'>[] {
  return tables.filter((table) => onDevice(table.place, tables).root === place.root)
}
