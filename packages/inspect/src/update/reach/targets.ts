import type { Facts } from '../../contract.ts'
import '../../scope/flash-layout/facts.ts'

/** A partition that a command writes. */
export interface Target {
  readonly name: string
  /** The device, where its number stands for the name. */
  readonly device?: string
}

const NAME = /^[\w-]{1,32}$/
/** Links that udev, Android and OpenWrt make by the names of partitions. */
const BY_NAME =
  /^\/dev\/(?:disk\/by-(?:partlabel|label)|block\/(?:.{1,64}\/)?by-name|mtd\/by-name|by-partlabel)\/([\w-]{1,32})$/
const BY_NUMBER = /^\/dev\/(?:mtd|mtdblock|mtd\/)(\d{1,3})$/

/** `mtd [options] write FILE PARTITION` of OpenWrt; for all others, the last device that is named is the one that is written. */
export function targetOf(
  { words, writes }: { readonly words: readonly string[]; readonly writes: readonly string[] },
  partitions: readonly string[],
): Target | undefined {
  const [program = '', ...args] = words
  const write = args.indexOf('write')
  const target = args[write + 2]
  if (/(?:^|\/)mtd$/.test(program) && write >= 0 && target !== undefined && NAME.test(target))
    return { name: target }
  const device = [...args, ...writes]
    .map((word) => word.replace(/^of=/, ''))
    .findLast((word) => word.startsWith('/dev/') && word !== '/dev/null')
  if (device === undefined) return undefined
  const named = BY_NAME.exec(device)?.[1]
  if (named !== undefined) return { name: named }
  const number = BY_NUMBER.exec(device)?.[1]
  const name = number === undefined ? undefined : partitions[Number(number)]
  return name === undefined ? undefined : { name, device }
}

/**
 * Names of the partitions of flash memory in the order of their numbers: where all layouts of the release agree on them. Of
 * two chips it is not known which is counted first.
 */
export function numberedPartitions(facts: Facts): readonly string[] {
  const layouts = facts.of('scope.flash-layout').map(({ data }) => data.layouts)
  const told = new Map(
    layouts.map((chips) => {
      const names = chips.length === 1 ? (chips[0]?.partitions ?? []).map(({ name }) => name) : []
      return [JSON.stringify(names), names]
    }),
  )
  return told.size === 1 ? ([...told.values()][0] ?? []) : []
}
