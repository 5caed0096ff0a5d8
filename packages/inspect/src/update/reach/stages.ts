import type { Text } from '@messlatte/model'

/** What a device consists of, as far as an update can replace it. */
export const STAGES = [
  'bootloader',
  'kernel',
  'root-file-system',
  'application',
  'radio-firmware',
  'coprocessor',
] as const
export type Stage = (typeof STAGES)[number]

export const STAGE_WORDS: Readonly<Record<Stage, Text>> = {
  bootloader: { en: 'the boot loader', de: 'den Bootloader' },
  kernel: { en: 'the kernel', de: 'den Kernel' },
  'root-file-system': { en: 'the root file system', de: 'das Wurzeldateisystem' },
  application: { en: 'the application', de: 'die Anwendung' },
  'radio-firmware': {
    en: 'firmware that the kernel loads into other chips',
    de: 'Firmware, die der Kernel in andere Chips lädt',
  },
  coprocessor: { en: 'the firmware of another processor', de: 'die Firmware eines anderen Prozessors' },
}

/** Names of slots, partitions and image files, by what they hold; the first that fits. */
const NAMES: readonly (readonly [RegExp, readonly Stage[]])[] = [
  [
    /(?:^|[^a-z])(?:u-?boot(?!-?env)|boot-?loader|barebox|spl|mlo|fip|tf-?a|idbloader|preloader)(?:[^a-z]|$)/,
    ['bootloader'],
  ],
  [
    /(?:^|[^a-z])(?:mcu|radio|zigbee|modem|co-?proc\w*|stm32|efr32|nrf5\d*|esp32)(?:[^a-z]|$)/,
    ['coprocessor'],
  ],
  [/(?:^|[^a-z])(?:firmware|os-?image|all)(?:[^a-z]|$)/, ['kernel', 'root-file-system']],
  [/(?:^|[^a-z])(?:kernel|linux|[uz]image|fit-?image|boot-?fs)(?:[^a-z]|$)/, ['kernel']],
  [/(?:^|[^a-z])(?:root-?fs|root|system|squashfs)(?:[^a-z]|$)/, ['root-file-system']],
  [/(?:^|[^a-z])app(?:s|fs|lication)?(?:[^a-z]|$)/, ['application']],
]

export function stagesOf(name: string): readonly Stage[] {
  const plain = name.toLowerCase()
  return NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? []
}
