import type { Scheme as ChainScheme } from '../../secure-boot/chain/facts.ts'
import { text } from '../package/say.ts'
import type { UpdateScheme } from '../package/scheme.ts'

/** Images that boot loaders verify, by their schemes in the chain: the same files are what updates consist of. */
export const BOOT_IMAGES = {
  mcuboot: scheme(
    'mcuboot',
    'The MCUboot image',
    'of the MCUboot image',
    'Das MCUboot-Abbild',
    'des MCUboot-Abbilds',
  ),
  'esp-image': scheme('esp-image', 'The ESP image', 'of the ESP image', 'Das ESP-Abbild', 'des ESP-Abbilds'),
  'esp-secure-boot-1': scheme(
    'esp-secure-boot-1',
    'The ESP image',
    'of the ESP image',
    'Das ESP-Abbild',
    'des ESP-Abbilds',
  ),
  'esp-secure-boot-2': scheme(
    'esp-secure-boot-2',
    'The ESP image',
    'of the ESP image',
    'Das ESP-Abbild',
    'des ESP-Abbilds',
  ),
  'nordic-dfu': scheme(
    'nordic-dfu',
    'The DFU package',
    'of the DFU package',
    'Das DFU-Paket',
    'des DFU-Pakets',
  ),
  gbl: scheme(
    'gbl',
    'The update file for the Gecko boot loader',
    'of the update file',
    'Die Update-Datei für den Gecko-Bootloader',
    'der Update-Datei',
  ),
  'uefi-capsule': scheme(
    'uefi-capsule',
    'The UEFI capsule',
    'of the UEFI capsule',
    'Die UEFI-Kapsel',
    'der UEFI-Kapsel',
  ),
} as const satisfies Partial<Record<ChainScheme, UpdateScheme>>

export type BootImage = keyof typeof BOOT_IMAGES

export function isBootImage(name: ChainScheme): name is BootImage {
  return Object.hasOwn(BOOT_IMAGES, name)
}

function scheme(chain: ChainScheme, it: string, of: string, itDe: string, ofDe: string): UpdateScheme {
  return { name: 'boot-image', it: text(it, itDe), of: text(of, ofDe), repeat: '', chain }
}
