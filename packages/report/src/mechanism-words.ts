import type { PartId, PartSource, Text } from '@messlatte/model'

// The words of the update mechanism, for both outputs.

export const PART_WORDS: Readonly<Record<PartId, Text>> = {
  agent: { en: 'Agent', de: 'Update-Programm' },
  source: { en: 'Source', de: 'Quelle' },
  transport: { en: 'Transport check', de: 'Prüfung der Übertragung' },
  packageCheck: { en: 'Package check', de: 'Prüfung des Pakets' },
  anchor: { en: 'Trust anchor', de: 'Vertrauensanker' },
  install: { en: 'Installation', de: 'Installation' },
  rollback: { en: 'Rollback protection', de: 'Rollback-Schutz' },
  automatic: { en: 'Automatic check', de: 'Automatische Suche' },
  notification: { en: 'Notification', de: 'Benachrichtigung' },
  reach: { en: 'Reach', de: 'Reichweite' },
}

export const PART_SOURCE_WORDS: Readonly<Record<PartSource, Text>> = {
  configuration: { en: 'configuration', de: 'Konfiguration' },
  script: { en: 'script', de: 'Skript' },
  program: { en: 'program', de: 'Programm' },
  'package-record': { en: 'package database', de: 'Paketdatenbank' },
  'key-file': { en: 'key file', de: 'Schlüsseldatei' },
  'boot-loader': { en: 'boot loader', de: 'Bootloader' },
  'device-tree': { en: 'device tree', de: 'Device-Tree' },
  'partition-table': { en: 'partition table', de: 'Partitionstabelle' },
}

export const MECHANISM_WORDS = {
  title: { en: 'Update mechanism', de: 'Update-Mechanismus' },
  short: { en: 'Updates', de: 'Updates' },
  lead: {
    en: 'Each way of updating that was recognised, in its parts, and where each stands. What is open was not found; that does not mean that it is not there.',
    de: 'Jeder erkannte Weg zu aktualisieren, in seinen Teilen, und wo jeder steht. Was offen ist, wurde nicht gefunden; das heißt nicht, dass es fehlt.',
  },
  none: {
    en: 'None recognised in {seen} of {all} bytes. Whether there is one stays open.',
    de: 'Keiner erkannt in {seen} von {all} Byte. Ob es einen gibt, bleibt offen.',
  },
  part: { en: 'Part', de: 'Teil' },
  found: { en: 'Found', de: 'Gefunden' },
  place: { en: 'Place', de: 'Stelle' },
  line: { en: 'line {line}', de: 'Zeile {line}' },
  offset: { en: 'offset {offset}', de: 'Offset {offset}' },
  open: { en: 'Open', de: 'Offen' },
} as const satisfies Readonly<Record<string, Text>>
