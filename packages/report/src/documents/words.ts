import type { Text } from '@messlatte/model'

export const WORDS = {
  page: { en: 'Page {page} of {pages}', de: 'Seite {page} von {pages}' },
  sources: { en: 'Sources', de: 'Quellen' },
  source: { en: 'Source', de: 'Quelle' },
  status: { en: 'Status', de: 'Geltung' },
  checked: { en: 'Last looked at', de: 'Zuletzt geprüft' },
  signature: { en: 'Signature', de: 'Unterschrift' },
  unsigned: {
    en: 'Nobody has signed this document. It is a draft until the person who answers for the product signs it.',
    de: 'Dieses Dokument hat niemand unterschrieben. Es ist ein Entwurf, bis die Person es unterschreibt, die für das Produkt einsteht.',
  },
  placeAndDate: { en: 'Place and date', de: 'Ort und Datum' },
  nameAndFunction: { en: 'Name and function', de: 'Name und Funktion' },
  signed: { en: 'Signed for the maker', de: 'Unterzeichnet für den Hersteller' },
} as const satisfies Readonly<Record<string, Text>>
