import type { Text } from '@messlatte/model'

export const STATUS_WORDS = {
  title: { en: 'Status of {product}', de: 'Status von {product}' },
  signed: { en: 'Signed by', de: 'Signiert von' },
  key: { en: 'Key', de: 'Schlüssel' },
  release: { en: 'Release', de: 'Firmware' },
  units: { en: 'Units', de: 'Geräte' },
  market: { en: 'Market', de: 'Markt' },
  answer: { en: 'Answer', de: 'Antwort' },
  asOf: { en: 'As of', de: 'Stand' },
  valid: { en: 'Valid', de: 'Gültig' },
  fromTo: { en: '{from} to {until}', de: '{from} bis {until}' },
  holds: { en: 'What holds', de: 'Was gilt' },
  nothing: { en: 'nothing is stated to hold', de: 'es wird nichts als geltend angegeben' },
  allUnits: { en: 'no GTIN and no batch named', de: 'weder GTIN noch Charge genannt' },
  batch: { en: 'batch {batch}', de: 'Charge {batch}' },
  serials: { en: 'serial numbers {serials}', de: 'Seriennummern {serials}' },
  good: {
    en: 'The signature is that of a key that you trust, it is valid on that day, and nothing in it contradicts what you named.',
    de: 'Die Signatur ist die eines Schlüssels, dem Sie vertrauen, er gilt an diesem Tag, und nichts darin widerspricht dem, was Sie genannt haben.',
  },
  notGood: {
    en: 'The signature is that of a key that you trust, and the status does not hold here:',
    de: 'Die Signatur ist die eines Schlüssels, dem Sie vertrauen, und der Status gilt hier nicht:',
  },
  'not-yet': { en: 'it is not valid yet', de: 'er gilt noch nicht' },
  expired: { en: 'it is not valid any more', de: 'er gilt nicht mehr' },
  'other-gtin': { en: 'it is about another GTIN', de: 'er betrifft eine andere GTIN' },
  'other-batch': { en: 'it is about another batch', de: 'er betrifft eine andere Charge' },
  'other-file': { en: 'it is about another file', de: 'er betrifft eine andere Datei' },
  closing: {
    en: 'It says what its signer stands for, about the files with these digests; it does not show that any unit runs them.',
    de: 'Er sagt, wofür der Unterzeichner einsteht, über die Dateien mit diesen Prüfsummen; er zeigt nicht, dass ein Gerät sie ausführt.',
  },
} as const satisfies Readonly<Record<string, Text>>
