import type { ChainState, ChainStrength, ChainVerdict, Text } from '@messlatte/model'

// The words of the chain of secure boot, for both outputs.

export const CHAIN_VERDICT_WORDS: Readonly<Record<ChainVerdict, Text>> = {
  whole: { en: 'whole', de: 'geschlossen' },
  open: { en: 'open', de: 'offen' },
  broken: { en: 'broken', de: 'unterbrochen' },
  absent: { en: 'absent', de: 'nicht vorhanden' },
  refused: { en: 'refused', de: 'abgewiesen' },
}

export const CHAIN_STATE_WORDS: Readonly<Record<ChainState, Text>> = {
  verified: { en: 'verified', de: 'geprüft' },
  open: { en: 'open', de: 'offen' },
  broken: { en: 'break', de: 'Lücke' },
  refused: { en: 'refused', de: 'abgewiesen' },
}

/** Stands before the word, never alone. */
export const CHAIN_STATE_SYMBOLS: Readonly<Record<ChainState, string>> = {
  verified: '+',
  open: '?',
  broken: '✗',
  refused: '–',
}

/** The line that leads to a step, in a terminal. */
export const CHAIN_TIES: Readonly<Record<ChainState, string>> = {
  verified: '│',
  open: '┆',
  broken: '╳',
  refused: '╌',
}

export const STRENGTH_WORDS: Readonly<Record<ChainStrength['grade'], Text>> = {
  agreed: { en: 'agreed', de: 'anerkannt' },
  legacy: { en: 'legacy', de: 'Altverfahren' },
  below: { en: 'below the threshold', de: 'unter dem Schwellenwert' },
  insecure: { en: 'broken', de: 'gebrochen' },
  unknown: { en: 'no threshold recorded', de: 'kein Schwellenwert hinterlegt' },
}

export const CHAIN_WORDS = {
  chain: { en: 'What verifies what', de: 'Was wen prüft' },
  short: { en: 'Boot chain', de: 'Startkette' },
  lead: {
    en: 'Each way in which this release can start, step by step, and what verifies each step. An image never shows that the hardware begins the chain.',
    de: 'Jeder Weg, auf dem diese Firmware starten kann, Schritt für Schritt, und was jeden Schritt prüft. Dass die Hardware die Kette beginnt, zeigt ein Abbild nie.',
  },
  none: {
    en: 'Nothing was seen that starts.',
    de: 'Es wurde nichts gesehen, das startet.',
  },
  boot: { en: 'Start', de: 'Start' },
  update: { en: 'Update', de: 'Update' },
  alike: { en: 'The same holds for:', de: 'Dasselbe gilt für:' },
  hardware: { en: 'ROM and fuses', de: 'ROM und Fuses' },
  hardwareOpen: {
    en: 'Not visible in an image. A laboratory asks:',
    de: 'In einem Abbild nicht zu sehen. Ein Labor fragt:',
  },
  hardwareRead: {
    en: 'Read out of one unit; it says nothing about others.',
    de: 'Aus einem Gerät ausgelesen; über andere sagt das nichts.',
  },
  verifiedBy: { en: 'verified with step {step}', de: 'geprüft mit Schritt {step}' },
  step: { en: 'Step {step}', de: 'Schritt {step}' },
  scheme: { en: 'Scheme', de: 'Verfahren' },
  algorithm: { en: 'Algorithm', de: 'Algorithmus' },
  strength: { en: 'Strength', de: 'Stärke' },
  key: { en: 'Key', de: 'Schlüssel' },
  everybody: { en: 'everybody can sign with it', de: 'jeder kann damit signieren' },
  covers: { en: 'Covers', de: 'Deckt ab' },
  gaps: { en: 'Leaves out', de: 'Lässt aus' },
  demand: { en: 'Demanded', de: 'Verlangt' },
  rollback: { en: 'Rollback data', de: 'Rollback-Daten' },
  noValue: { en: 'none', de: 'keine' },
  signed: { en: 'signed', de: 'signiert' },
  unsigned: { en: 'not signed', de: 'nicht signiert' },
  repeat: { en: 'Verify again with', de: 'Nachprüfen mit' },
  details: { en: 'Details', de: 'Einzelheiten' },
  encrypted: { en: 'encrypted', de: 'verschlüsselt' },
  answer: { en: 'Answer', de: 'Antwort' },
  open: { en: 'open', de: 'offen' },
} as const satisfies Readonly<Record<string, Text>>
