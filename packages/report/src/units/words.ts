import type { ComparedSecret, SecretOutcome, Text, UnitIdentity, UnitRegions } from '@messlatte/model'

/** Words of the comparison of units. */

export const OUTCOMES = [
  'equal',
  'partly-equal',
  'not-comparable',
  'differ',
  'one-unit',
] as const satisfies readonly SecretOutcome[]

export const OUTCOME_WORDS: Readonly<Record<SecretOutcome, Text>> = {
  equal: { en: 'the same in all units', de: 'in allen Geräten gleich' },
  'partly-equal': { en: 'the same in some units', de: 'in einigen Geräten gleich' },
  'not-comparable': { en: 'not comparable', de: 'nicht vergleichbar' },
  differ: { en: 'different in each unit', de: 'in jedem Gerät anders' },
  'one-unit': { en: 'found in one unit only', de: 'nur in einem Gerät gefunden' },
}

export const KIND_WORDS: Readonly<Record<ComparedSecret['kind'], Text>> = {
  account: { en: 'password of', de: 'Passwort von' },
  credential: { en: 'credential', de: 'Zugangsdatum' },
  'private-key': { en: 'private key', de: 'privater Schlüssel' },
}

export const OPENS_WORDS: Readonly<Record<ComparedSecret['opens'], Text>> = {
  device: { en: 'opens the device', de: 'öffnet das Gerät' },
  network: { en: 'opens a network', de: 'öffnet ein Netz' },
  service: { en: 'for updates or services', de: 'für Aktualisierungen oder Dienste' },
  ssh: { en: 'SSH', de: 'SSH' },
  stored: { en: 'for what is stored', de: 'für Gespeichertes' },
}

export const IDENTITY_WORDS: Readonly<Record<UnitIdentity['kind'], Text>> = {
  mac: { en: 'MAC address', de: 'MAC-Adresse' },
  serial: { en: 'serial number', de: 'Seriennummer' },
  ssid: { en: 'SSID', de: 'SSID' },
  other: { en: 'other', de: 'anderes' },
}

export const REGION_WORDS: Readonly<Record<UnitRegions['regions'][number]['state'], Text>> = {
  equal: { en: 'equals the release', de: 'gleicht der Firmware' },
  partly: { en: 'partly equals the release', de: 'gleicht zum Teil der Firmware' },
  'only-here': { en: 'only in the unit', de: 'nur im Gerät' },
  padding: { en: 'padding', de: 'Füllung' },
}

/** By the ids of the comparison; another id stands for itself. */
export const ALPHABET_WORDS: Readonly<Record<string, Text>> = {
  digits: { en: 'digits', de: 'Ziffern' },
  'hex-lower': { en: 'hexadecimal digits, lower case', de: 'Hexadezimalziffern, klein' },
  'hex-upper': { en: 'hexadecimal digits, upper case', de: 'Hexadezimalziffern, groß' },
  lower: { en: 'lower-case letters', de: 'Kleinbuchstaben' },
  upper: { en: 'upper-case letters', de: 'Großbuchstaben' },
  'lower-digits': { en: 'lower-case letters and digits', de: 'Kleinbuchstaben und Ziffern' },
  'upper-digits': { en: 'upper-case letters and digits', de: 'Großbuchstaben und Ziffern' },
  letters: { en: 'letters', de: 'Buchstaben' },
  'letters-digits': { en: 'letters and digits', de: 'Buchstaben und Ziffern' },
  printable: { en: 'printable ASCII', de: 'druckbares ASCII' },
  any: { en: 'any characters', de: 'beliebige Zeichen' },
}

export const UNITS_WORDS = {
  lead: { en: 'Comparison of {units}', de: 'Vergleich von {units}' },
  dumps: { en: 'dumps of {count} units', de: 'Speicherabzügen von {count} Geräten' },
  labels: { en: 'the labels of {count} units', de: 'Typenschildern von {count} Geräten' },
  both: { en: '{a} and {b}', de: '{a} und {b}' },
  verdicts: { en: 'What this says about the provisions', de: 'Was das über die Anforderungen sagt' },
  findings: { en: 'Findings', de: 'Befunde' },
  nothing: { en: 'Nothing was found to compare.', de: 'Es wurde nichts zum Vergleichen gefunden.' },
  unitsHead: { en: 'Units', de: 'Geräte' },
  unitLine: {
    en: '{secrets} secrets, {files} files, {unknown} of {bytes} unknown',
    de: '{secrets} Geheimnisse, {files} Dateien, {unknown} von {bytes} unbekannt',
  },
  statedBy: { en: 'stated', de: 'angegeben' },
  noIdentity: {
    en: 'no MAC address, serial number or SSID known; --unit states them',
    de: 'keine MAC-Adresse, Seriennummer oder SSID bekannt; --unit gibt sie an',
  },
  secretsHead: { en: 'Secrets of the units', de: 'Geheimnisse der Geräte' },
  labelsHead: { en: 'Labels: {name}', de: 'Typenschilder: {name}' },
  labelsLead: {
    en: '{units} units; public: {publics}; SHA-256 of the table with its secrets left empty: {digest}',
    de: '{units} Geräte; öffentlich: {publics}; SHA-256 der Tabelle mit leeren Geheimnissen: {digest}',
  },
  none: { en: 'nothing', de: 'nichts' },
  distinct: {
    en: '{distinct} different values in {count} units',
    de: '{distinct} verschiedene Werte bei {count} Geräten',
  },
  missing: { en: '{count} without a value', de: '{count} ohne Wert' },
  equalLines: { en: 'Equal lines', de: 'Gleiche Zeilen' },
  form: { en: 'Form', de: 'Form' },
  formLine: { en: '{length} characters: {alphabet} ({size})', de: '{length} Zeichen: {alphabet} ({size})' },
  sharedStart: { en: 'the first {count} are the same in all', de: 'die ersten {count} sind überall gleich' },
  sharedEnd: { en: 'the last {count} are the same in all', de: 'die letzten {count} sind überall gleich' },
  same: { en: 'the same value in all {count} units', de: 'derselbe Wert bei allen {count} Geräten' },
  variety: { en: 'Variety', de: 'Vielfalt' },
  varietyLine: {
    en: 'different characters by position: {list}',
    de: 'verschiedene Zeichen je Stelle: {list}',
  },
  bits: { en: 'Bits', de: 'Bit' },
  atMost: { en: '{bits} at most, by the form', de: 'höchstens {bits}, der Form nach' },
  estimated: {
    en: '{bits} estimated (NIST SP 800-90B, most common value, 99 %, if characters are drawn alike and independently)',
    de: '{bits} geschätzt (NIST SP 800-90B, häufigster Wert, 99 %, falls Zeichen gleich und unabhängig gezogen sind)',
  },
  byPairs: { en: '{bits} by the number of equal pairs', de: '{bits} nach der Zahl gleicher Paare' },
  checkDigit: {
    en: 'the last digit checks the others, as in a WPS PIN',
    de: 'die letzte Ziffer prüft die anderen, wie bei einer WPS-PIN',
  },
  relation: { en: 'Relation', de: 'Bezug' },
  relationLine: {
    en: '{follow} of {of} units follow: {rule}. By chance: {chance} at most.',
    de: '{follow} von {of} Geräten folgen: {rule}. Zufällig: höchstens {chance}.',
  },
  noRelation: {
    en: 'no relation to {publics}; {tried} rules tried on each unit',
    de: 'kein Bezug zu {publics}; {tried} Regeln an jedem Gerät versucht',
  },
  noPublics: {
    en: 'nothing public that differs was there to compare with',
    de: 'es gab nichts Öffentliches mit Unterschieden zum Vergleichen',
  },
  regularity: { en: 'Regularity', de: 'Regelmäßigkeit' },
  inRelease: { en: 'also in the release', de: 'auch in der Firmware' },
  releaseHead: {
    en: 'What of the units is that of the release',
    de: 'Was von den Geräten der Firmware gleicht',
  },
  releaseLine: {
    en: '{equal} files equal, {changed} changed, {only} only in the unit',
    de: '{equal} Dateien gleich, {changed} geändert, {only} nur im Gerät',
  },
  filesIn: { en: '{equal} of {all} files', de: '{equal} von {all} Dateien' },
  blocks: { en: '{share} % of its blocks of 4 KiB', de: '{share} % seiner Blöcke von 4 KiB' },
  changed: { en: 'changed', de: 'geändert' },
  onlyHere: { en: 'only here', de: 'nur hier' },
  public: { en: 'public half', de: 'öffentliche Hälfte' },
  closing: {
    en: 'About the files and units that were handed in, and no others. Secrets are not shown. Differences between units never make a pass: that takes an assessor.',
    de: 'Über die vorgelegten Dateien und Geräte und keine anderen. Geheimnisse werden nicht gezeigt. Unterschiede zwischen Geräten ergeben nie „bestanden“: Das entscheidet ein Prüfer.',
  },
} as const satisfies Readonly<Record<string, Text>>
