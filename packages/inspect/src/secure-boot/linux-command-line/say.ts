import type { Text } from '@messlatte/model'
import type { SourceKind } from './sources.ts'

// The sentences of this check.

function text(en: string, de: string): Text {
  return { en, de }
}

const SOURCES: Readonly<Record<SourceKind, Text>> = {
  'device-tree': text('a device tree', 'einem Device-Tree'),
  'android-boot': text('an Android boot image', 'einem Boot-Image von Android'),
  'u-boot-environment': text('a U-Boot environment', 'einer Umgebung von U-Boot'),
  grub: text('a menu of GRUB', 'einem Menü von GRUB'),
  extlinux: text('a menu of extlinux', 'einem Menü von extlinux'),
  'loader-entry': text('an entry of the boot loader', 'einem Eintrag des Bootloaders'),
  'cmdline-file': text('a file for the boot loader', 'einer Datei für den Bootloader'),
  'unified-kernel': text('a unified kernel image', 'einem vereinten Kernel-Image'),
  'kernel-config': text("the kernel's configuration", 'der Konfiguration des Kernels'),
}

export function overview(source: SourceKind): Text {
  return text(
    `The kernel's command line stands in ${SOURCES[source].en}`,
    `Die Kommandozeile des Kernels steht in ${SOURCES[source].de}`,
  )
}

export const OFF = {
  'verity-off': text('The command line switches dm-verity off', 'Die Kommandozeile schaltet dm-verity ab'),
  'verity-ignored': text(
    'The command line has dm-verity ignore what does not verify',
    'Die Kommandozeile lässt dm-verity übergehen, was nicht stimmt',
  ),
  'appraisal-off': text(
    'The command line keeps IMA or EVM from refusing changed files',
    'Die Kommandozeile hält IMA oder EVM davon ab, geänderte Dateien abzuweisen',
  ),
  'memory-open': text(
    'The command line opens memory of devices to /dev/mem',
    'Die Kommandozeile öffnet den Speicher von Geräten für /dev/mem',
  ),
} as const

export const SHELL = text(
  'The kernel is told to start a shell instead of the system',
  'Der Kernel soll eine Shell statt des Systems starten',
)
export const DEBUGGER = text(
  'The command line opens the debugger of the kernel',
  'Die Kommandozeile öffnet den Debugger des Kernels',
)

export const MAY_BE_REPLACED = text(
  'The line stands there; a boot loader may replace it or add to it.',
  'Die Zeile steht dort; ein Bootloader kann sie ersetzen oder ergänzen.',
)
export const EXPLICIT = text(
  'The setting is written out; it takes effect where the kernel has what it switches off.',
  'Die Einstellung steht ausdrücklich da; sie wirkt, wo der Kernel hat, was sie abschaltet.',
)
export const REACH = text(
  'Whether the console can be reached is not in the image, and a boot loader may replace this line.',
  'Ob die Konsole erreichbar ist, steht nicht im Image, und ein Bootloader kann diese Zeile ersetzen.',
)
export const OTHER_LINE = text(
  'The command line of a unit that was sold (/proc/cmdline), without this setting.',
  'Die Kommandozeile eines verkauften Geräts (/proc/cmdline) ohne diese Einstellung.',
)
