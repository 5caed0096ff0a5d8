import type { Run } from '../../shell/script/evaluate.ts'

const MOST_ASSIGNMENTS = 200

/**
 * Commands of a script with the device where it chooses one of several (`if …; then t=/dev/mmcblk0p3; else t=/dev/mmcblk0p2;
 * fi`): which one is not known, but that it is one. The first that the script names stands for all of them. What is also
 * given something else than a device stays unknown.
 * @param text of the script in which the commands stand
 */
export function withChosenDevices(runs: readonly Run[], file: string, text: string): readonly Run[] {
  const devices = chosenDevices(text)
  if (devices.size === 0) return runs
  const known = (word: string) => {
    const [, before = '', name = ''] = /^((?:of=)?)\$(\w+)$/.exec(word) ?? []
    const device = devices.get(name)?.[0]
    return device === undefined ? word : `${before}${device}`
  }
  return runs.map((run) =>
    run.file === file && [...run.words, ...run.writes].some((word) => word.includes('$'))
      ? { ...run, words: run.words.map(known), writes: run.writes.map(known) }
      : run,
  )
}

/** Variables that are only ever given devices, with these in the order of the text. */
export function chosenDevices(text: string): ReadonlyMap<string, readonly string[]> {
  const given = new Map<string, Set<string>>()
  const others = new Set<string>()
  const found = text.matchAll(/(?:^|[\s;])([A-Za-z_]\w{0,60})=["']?([^\s;"']{0,200})/gm)
  for (const [, name = '', value = ''] of found.take(MOST_ASSIGNMENTS)) {
    if (value === '') continue
    if (/^\/dev\/[\w./-]+$/.test(value)) given.set(name, (given.get(name) ?? new Set()).add(value))
    else others.add(name)
  }
  return new Map([...given].filter(([name]) => !others.has(name)).map(([name, all]) => [name, [...all]]))
}
