import type { Confidence, Text } from '@messlatte/model'
import type { Target } from './targets.ts'

export const SLOT: Confidence = {
  grade: 'medium',
  reason: {
    en: 'A slot is configured for it; that updates bring an image for it is not shown.',
    de: 'Ein Slot ist dafür konfiguriert; dass Updates ein Abbild dafür bringen, ist nicht gezeigt.',
  },
}

export const BY_DESIGN: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The client is made for it; what the maker publishes for it is not shown.',
    de: 'Das Programm ist dafür gemacht; was der Hersteller dafür veröffentlicht, ist nicht gezeigt.',
  },
}

export const NAMED: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The name of the partition or of the image says so.',
    de: 'Der Name der Partition oder des Abbilds sagt es.',
  },
}

export const NUMBERED: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The device has this number in the one layout of flash memory that the release tells; another boot loader or kernel may count otherwise.',
    de: 'Das Gerät hat diese Nummer in der einen Aufteilung des Flash-Speichers, die das Release nennt; ein anderer Bootloader oder Kernel kann anders zählen.',
  },
}

export const PART_OF: Confidence = {
  grade: 'medium',
  reason: {
    en: 'It lies in the file system that is replaced.',
    de: 'Es liegt in dem Dateisystem, das ersetzt wird.',
  },
}

export const NOT_SEEN: Confidence = {
  grade: 'low',
  reason: {
    en: 'Something that was not recognised may replace it.',
    de: 'Etwas nicht Erkanntes kann es ersetzen.',
  },
}

export function slot(client: string, what: Text, slots: readonly string[]): Text {
  return {
    en: `${client} has slots for ${what.en}: ${slots.join(', ')}.`,
    de: `${client} hat Slots für ${what.de}: ${slots.join(', ')}.`,
  }
}

export function sysupgrade(what: Text): Text {
  return {
    en: `sysupgrade writes ${what.en}, as one image with the rest of the system.`,
    de: `sysupgrade schreibt ${what.de}, als ein Abbild mit dem übrigen System.`,
  }
}

export function packages(client: string): Text {
  return {
    en: `${client} replaces packages in the root file system.`,
    de: `${client} ersetzt Pakete im Wurzeldateisystem.`,
  }
}

export function written(what: Text, { name, device }: Target): Text {
  const as = device === undefined ? '' : ` (${device})`
  return {
    en: `A script writes ${what.en}: partition ${name}${as}.`,
    de: `Ein Skript schreibt ${what.de}: Partition ${name}${as}.`,
  }
}

export function brought(what: Text, file: string): Text {
  return {
    en: `An update in the release brings ${what.en}: ${file}.`,
    de: `Ein Update im Release bringt ${what.de}: ${file}.`,
  }
}

export function partOfRoot(name: string): Text {
  return {
    en: `${name} is part of the root file system, which updates replace.`,
    de: `${name} ist Teil des Wurzeldateisystems, das Updates ersetzen.`,
  }
}

export function fileOnly(name: string): Text {
  return {
    en: `${name} is replaced with the root file system; what writes it into its processor was not seen.`,
    de: `${name} wird mit dem Wurzeldateisystem ersetzt; was es in seinen Prozessor schreibt, wurde nicht gesehen.`,
  }
}

export function notSeen(name: string): Text {
  return {
    en: `${name} is in the release, and no recognised update mechanism is seen to replace it.`,
    de: `${name} ist im Release, und kein erkannter Update-Mechanismus ersetzt es sichtbar.`,
  }
}
