/** What a release keeps twice so that one can be written while the other runs. */
export interface Pair {
  /** What both are: `rootfs`. */
  readonly of: string
  readonly names: readonly [string, string]
}

/** Parts of a system that an update replaces as a whole; calibration, settings and logs are often kept twice for other reasons. */
const SYSTEM =
  /^(?:(?:linux|kern|kernel|root|root-?fs|sys|system|firmware|fw|image|img|os|fit|fitimage|uimage|zimage|boot|app|application|slot|bank|squashfs|sysimage|mainfs|rootfs_?ubi|ubi_?rootfs|ubi_?kernel)(?:fs|img|image|part)?)$/
const SUFFIX = /^(.+?)[-_. ]?([ab012]|bak|backup|alt|2nd|second|inactive)$/
const COUNTERPARTS: readonly (readonly [string, string])[] = [
  ['a', 'b'],
  ['0', '1'],
  ['1', '2'],
  ['', '2'],
  ['', 'b'],
  ['', 'bak'],
  ['', 'backup'],
  ['', 'alt'],
  ['', '2nd'],
  ['', 'second'],
  ['', 'inactive'],
]
const RECOVERY =
  /^(?:recovery|rescue|failsafe|golden)(?:[-_. ]?(?:[ab0-9]|fs|rootfs|kernel|linux|system|image|os))?$/

/** Partitions of a table that are there twice, by their names. */
export function pairsOf(names: readonly string[]): readonly Pair[] {
  const stems = new Map<string, Map<string, string>>()
  const note = (stem: string, suffix: string, name: string) => {
    // Numbers are those of boot loaders and of the areas of an eMMC; letters those of Android.
    if (!SYSTEM.test(stem) || (stem === 'boot' && !/^[ab]$/.test(suffix))) return
    const suffixes = stems.get(stem) ?? new Map<string, string>()
    stems.set(stem, suffixes.set(suffix, name))
  }
  for (const name of names) {
    const plain = name.toLowerCase()
    const [, stem = '', suffix = ''] = SUFFIX.exec(plain) ?? []
    note(plain, '', name)
    if (stem !== '') note(stem, suffix, name)
  }
  return [...stems].flatMap(([of, suffixes]) => {
    for (const [one, other] of COUNTERPARTS) {
      const [first, second] = [suffixes.get(one), suffixes.get(other)]
      if (first !== undefined && second !== undefined) return [{ of, names: [first, second] as const }]
    }
    return []
  })
}

export function recoveryOf(names: readonly string[]): readonly string[] {
  return names.filter((name) => RECOVERY.test(name.toLowerCase()))
}
