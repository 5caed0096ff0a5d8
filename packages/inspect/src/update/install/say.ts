import type { Confidence, Text } from '@messlatte/model'

export const CONFIGURED: Confidence = {
  grade: 'high',
  reason: {
    en: 'It stands in a configuration of the system.',
    de: 'Es steht in einer Konfiguration des Systems.',
  },
}

export const VARIABLES: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The variables of the boot loader in the release say so; a unit may have others.',
    de: 'Die Variablen des Bootloaders im Release sagen es; ein Gerät kann andere haben.',
  },
}

export const NAMES: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The names of the partitions say so; that updates use them like that is not shown.',
    de: 'Die Namen der Partitionen sagen es; dass Updates sie so verwenden, ist nicht gezeigt.',
  },
}

export const STARTED: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The files of the boot start it.',
    de: 'Die Dateien des Systemstarts starten es.',
  },
}

export const TREE: Confidence = {
  grade: 'low',
  reason: {
    en: 'The device tree has it; whether something starts it is not shown.',
    de: 'Der Device-Tree hat ihn; ob ihn etwas startet, ist nicht gezeigt.',
  },
}

export const NAMED: Confidence = {
  grade: 'low',
  reason: {
    en: 'Only the name of the device stands in the program.',
    de: 'Im Programm steht nur der Name des Geräts.',
  },
}

export const KNOWN_CLIENT: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The client compares versions only where it is told to; a handler of the maker could do it as well.',
    de: 'Das Programm vergleicht Versionen nur, wenn es dazu angewiesen ist; ein eigener Handler des Herstellers könnte es auch tun.',
  },
}

export const IN_METADATA: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The number stands in the release; the one that it is compared with is kept by the device.',
    de: 'Die Zahl steht im Release; die, mit der sie verglichen wird, bewahrt das Gerät auf.',
  },
}

export function bootCount(limit: string, hasCommand: boolean): Text {
  return hasCommand
    ? {
        en: `The boot loader is set to count starts, and to run altbootcmd after ${limit} that were not confirmed.`,
        de: `Der Bootloader ist so eingestellt, dass er Starts zählt und nach ${limit} unbestätigten altbootcmd ausführt.`,
      }
    : {
        en: `The boot loader is set to count starts up to ${limit}; what it runs then (altbootcmd) is not set.`,
        de: `Der Bootloader ist so eingestellt, dass er Starts bis ${limit} zählt; was dann läuft (altbootcmd), ist nicht gesetzt.`,
      }
}

export function bootOrder(names: readonly string[]): Text {
  return {
    en: `The boot loader has an order of ${names.length} slots to start from: ${names.join(', ')}.`,
    de: `Der Bootloader hat eine Reihenfolge von ${names.length} Slots, aus denen er startet: ${names.join(', ')}.`,
  }
}

export const MENDER_PART: Text = {
  en: 'The boot loader keeps which partition Mender starts from.',
  de: 'Der Bootloader bewahrt auf, von welcher Partition Mender startet.',
}

export function activeSlot(setting: string): Text {
  return {
    en: `A variable of the boot loader names the slot that is started: ${setting}.`,
    de: `Eine Variable des Bootloaders nennt den Slot, der gestartet wird: ${setting}.`,
  }
}

export function recoveryCommand(name: string): Text {
  return {
    en: `A command of the boot loader starts a recovery system: ${name}.`,
    de: `Ein Befehl des Bootloaders startet ein Wiederherstellungssystem: ${name}.`,
  }
}

export function redundant(devices: readonly string[]): Text {
  return {
    en: `The variables of the boot loader are kept twice (${devices.join(', ')}): a cut-off write leaves one copy.`,
    de: `Die Variablen des Bootloaders werden doppelt geführt (${devices.join(', ')}): Ein abgebrochener Schreibvorgang lässt eine Kopie.`,
  }
}

export const REDUNDANT_COPY: Text = {
  en: 'The stored variables of the boot loader are one of two copies.',
  de: 'Die gespeicherten Variablen des Bootloaders sind eine von zwei Kopien.',
}

export function pairs(of: readonly string[], where: Text): Text {
  return {
    en: `${where.en} has two partitions each for: ${of.join(', ')}.`,
    de: `${where.de} hat je zwei Partitionen für: ${of.join(', ')}.`,
  }
}

export function recoveryPartition(names: readonly string[], where: Text): Text {
  return {
    en: `${where.en} has a partition for recovery: ${names.join(', ')}.`,
    de: `${where.de} hat eine Partition zur Wiederherstellung: ${names.join(', ')}.`,
  }
}

export const DISK: Text = { en: 'The table of the disk', de: 'Die Tabelle des Datenträgers' }
export const FLASH_TREE: Text = { en: 'The device tree', de: 'Der Device-Tree' }
export const FLASH_LINE: Text = { en: 'The command line', de: 'Die Kommandozeile' }

export function systemdWatchdog(value: string): Text {
  return {
    en: `systemd is set to serve a hardware watchdog (RuntimeWatchdogSec=${value}), which resets a system that hangs.`,
    de: `systemd ist so eingestellt, dass es einen Hardware-Watchdog bedient (RuntimeWatchdogSec=${value}), der ein hängendes System zurücksetzt.`,
  }
}

export function startedWatchdog(command: string): Text {
  return {
    en: `A watchdog is served from the start on: ${command}.`,
    de: `Ein Watchdog wird ab dem Start bedient: ${command}.`,
  }
}

export function namedWatchdog(program: string): Text {
  return {
    en: `The program ${program} has the name of a watchdog's device in it.`,
    de: `Das Programm ${program} enthält den Namen eines Watchdog-Geräts.`,
  }
}

export function treeWatchdog(node: string): Text {
  return {
    en: `The device tree has a watchdog that is switched on: ${node}.`,
    de: `Der Device-Tree hat einen eingeschalteten Watchdog: ${node}.`,
  }
}

export const BAREBOX_STATE: Text = {
  en: 'The device tree keeps a state for barebox, which can count starts of each slot.',
  de: 'Der Device-Tree führt einen Zustand für barebox, der die Starts je Slot zählen kann.',
}

export function clientSlots(client: string, classes: readonly string[]): Text {
  return {
    en: `${client} is configured with two slots for: ${classes.join(', ')}.`,
    de: `${client} ist mit zwei Slots konfiguriert für: ${classes.join(', ')}.`,
  }
}

export function singleSlots(client: string, slots: readonly string[]): Text {
  return {
    en: `${client} is configured with one slot of each kind: ${slots.join(', ')}.`,
    de: `${client} ist mit je einem Slot konfiguriert: ${slots.join(', ')}.`,
  }
}

export function lowest(client: string, setting: string, value: string): Text {
  return {
    en: `${client} refuses what is older than ${value} (${setting}).`,
    de: `${client} weist ab, was älter ist als ${value} (${setting}).`,
  }
}

export const RAUC_TAKES_OLDER: Text = {
  en: 'RAUC is not told a lowest version (min-bundle-version): by itself it installs older bundles as well.',
  de: 'RAUC ist keine niedrigste Version vorgegeben (min-bundle-version): Von sich aus installiert es auch ältere Bundles.',
}

export function avbIndex(index: string, location: number): Text {
  return {
    en: `A vbmeta has the rollback index ${index} for location ${location}; lower ones are refused where the device keeps it.`,
    de: `Ein vbmeta hat den Rollback-Index ${index} für die Stelle ${location}; niedrigere werden abgewiesen, wo das Gerät ihn aufbewahrt.`,
  }
}

export function countedEntry(left: string): Text {
  return {
    en: `A boot entry counts its starts (${left}): systemd-boot takes another one when they are used up.`,
    de: `Ein Boot-Eintrag zählt seine Starts (${left}): systemd-boot nimmt einen anderen, wenn sie verbraucht sind.`,
  }
}
