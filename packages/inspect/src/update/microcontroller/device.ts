import type { Fact, Place } from '../../contract.ts'

/** Formats that hold the firmware of one processor, and nothing beside it. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'esp-image',
  'esp-nvs',
  'esp-otadata',
  'gbl',
  'intel-hex',
  'matter-ota',
  'mcuboot',
  'srec',
  'telink',
  'uf2',
  'zigbee-ota',
])

/**
 * The place with what holds the whole device as its root: a dump of its flash, or the folder, archive or file system in
 * which its files lie beside each other.
 */
export function onDevice(place: Place, tables: readonly Fact<'boot.esp.table'>[]): Place {
  const dump = tables.find(
    ({ place: { path, root }, data }) =>
      data.rows.some(({ at }) => at !== undefined) && (path === place.path || root === place.root),
  )
  return { ...place, root: dump ? dump.place.path : deviceOf(place.root) }
}

function deviceOf(root: string): string {
  let at = root
  while (at !== '') {
    const step = /^(.*)@0x[0-9a-f]+:([\w-]+)$/.exec(at)
    if (step && !WRAPPERS.has(step[2] as string)) return at
    at = folderOf(step ? (step[1] as string) : at)
  }
  return at
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** Whether what lies there is firmware by its place: a file of the release, a partition, or what a format of firmware holds. */
export function isFirmwareAlone(root: string): boolean {
  if (!/@0x/.test(root)) return true
  const format = /:([\w-]+)$/.exec(root)?.[1] ?? ''
  return WRAPPERS.has(format) || PARTITIONS.has(format)
}

const PARTITIONS: ReadonlySet<string> = new Set(['esp-flash', 'esp-partition-table', 'gpt', 'mbr', 'nand'])
