import { encodeText, parseUimageHeader } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { IN_FILE_SYSTEM } from '../file-systems.ts'
import './facts.ts'

/** Formats of firmware for other processors, where a file system of a larger system holds them. */
const COPROCESSOR: ReadonlySet<string> = new Set([
  'ebl',
  'esp-image',
  'gbl',
  'intel-hex',
  'mcuboot',
  'srec',
  'telink',
  'uf2',
  'zigbee-ota',
])
const KERNEL: ReadonlySet<string> = new Set(['android-boot', 'fit', 'kernel', 'uimage'])
export const FORMATS: readonly string[] = [...COPROCESSOR, ...KERNEL]
export const FIRMWARE_FOLDER = /^(?:.*\/)?lib\/firmware$/
/** include/image.h: a kernel, and one with more behind it. */
const UIMAGE_KERNELS: ReadonlySet<number> = new Set([2, 4])

/** Map: what would have to be updated. Boot loaders and root file systems are facts of other checks. */
export function lookForComponents(artefact: Artefact, out: MapOut): void {
  const { type, inner, format, path } = artefact
  if (type === 'directory' && FIRMWARE_FOLDER.test(inner)) {
    out.fact('update.component', placeOf(artefact), {
      stage: 'radio-firmware',
      name: `/${encodeText(inner)}`,
    })
    return
  }
  if (format === undefined || type === 'directory') return
  if (KERNEL.has(format)) {
    if (format === 'uimage' && !UIMAGE_KERNELS.has(parseUimageHeader(artefact.bytes, 0)?.type ?? 0)) return
    out.fact('update.component', placeOf(artefact, 0, 0), { stage: 'kernel', name: nameOf(path) })
  } else if (COPROCESSOR.has(format) && IN_FILE_SYSTEM.test(path)) {
    out.fact('update.component', placeOf(artefact, 0, 0), { stage: 'coprocessor', name: nameOf(path) })
  }
}

/** The file that something lies in, as a path of the system. */
function nameOf(path: string): string {
  const inside = path.replace(/^.*:[a-z0-9-]+\//, '/')
  return inside.replace(/@0x[0-9a-f]+:[\w-]+$/, '')
}
