import { encodeText } from '../names.ts'
import { type Layout, MOST_PARTITIONS, type Partition } from './partition.ts'

const PARTITION =
  /^(-|(?:0x[0-9a-f]+|\d+)[kmg]?)(?:@(0x[0-9a-f]+|\d+)([kmg]?))?(?:\(([^)]{0,64})\))?((?:ro|lk|slc)*)$/i
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }

/**
 * The layouts of an `mtdparts=` argument, from behind the equals sign: Linux kernel, drivers/mtd/parsers/cmdlinepart.c. A chip
 * of which a part does not read is left out.
 */
export function parseMtdparts(text: string): readonly Layout[] {
  return text.split(';').flatMap((definition) => {
    // Names of chips may have colons themselves; partitions have none.
    const colon = definition.lastIndexOf(':')
    const partitions = colon > 0 ? parsePartitions(definition.slice(colon + 1)) : undefined
    return partitions ? [{ chip: encodeText(definition.slice(0, colon)), partitions }] : []
  })
}

/** What stands before it in a command line. */
export const MTDPARTS = 'mtdparts='
/** COMMAND_LINE_SIZE of the kernels that have most. */
const MOST_TEXT = 4096

/** The layouts that a command line, or the value of a variable of U-Boot, has. */
export function layoutsOfCommandLine(text: string): readonly Layout[] {
  const at = text.lastIndexOf(MTDPARTS)
  if (at < 0) return []
  const from = at + MTDPARTS.length
  return parseMtdparts(text.slice(from, from + MOST_TEXT).replace(/[\s"'\\].*$/s, ''))
}

function parsePartitions(text: string): readonly Partition[] | undefined {
  const partitions: Partition[] = []
  let at = 0
  for (const [index, part] of text.split(',').entries()) {
    const match = PARTITION.exec(part)
    if (!match || index >= MOST_PARTITIONS) return undefined
    const [, sizeText = '', offsetText, offsetUnit = '', name, flags = ''] = match
    const offset = offsetText === undefined ? at : Number(offsetText) * unitOf(offsetUnit)
    const size = sizeText === '-' ? undefined : sizeOf(sizeText)
    partitions.push({
      name: encodeText(name ?? `part-${index}`),
      offset,
      size,
      readOnly: flags.toLowerCase().includes('ro'),
    })
    at = offset + (size ?? 0)
  }
  return partitions
}

function sizeOf(text: string): number {
  const unit = /[kmg]$/i.exec(text)?.[0] ?? ''
  return Number(text.slice(0, text.length - unit.length)) * unitOf(unit)
}

function unitOf(unit: string): number {
  return UNITS[unit.toLowerCase()] ?? 1
}
