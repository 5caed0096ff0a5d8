/** What updates are handed out in, and what is wrapped around them. */
const CARRIERS: ReadonlySet<string> = new Set([
  'apk',
  'apk-v3',
  'bzip2',
  'cab',
  'cpio',
  'gzip',
  'intel-hex',
  'matter-ota',
  'mender',
  'srec',
  'swupdate',
  'tar',
  'uf2',
  'xz',
  'zigbee-ota',
  'zip',
  'zstd',
])

/** Folders of a root file system that lies in the open: what is in them runs. */
const SYSTEM = /(?:^|\/)(?:bin|boot|etc|lib\d*|opt|sbin|usr|var)\//

/**
 * The file that is nothing but an image, or carries it to a device; undefined where the image lies in a flash dump, a file
 * system or a larger image, where it is what runs.
 * @param holder nest path of the image
 */
export function deliveredFile(holder: string): string | undefined {
  const steps = [...holder.matchAll(/@0x([0-9a-f]+):([a-z0-9-]+)/g)]
  const own = steps.at(-1)
  const isRegion = own !== undefined && own.index + own[0].length === holder.length
  const around = isRegion ? steps.slice(0, -1) : steps
  if (isRegion && own[1] !== '0') return undefined
  if (around.some(([, , format]) => !CARRIERS.has(format as string))) return undefined
  const file = isRegion ? holder.slice(0, own.index) : holder
  return SYSTEM.test(file) ? undefined : file
}
