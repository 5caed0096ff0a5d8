import type { Text } from '@messlatte/model'

export const EMPTY: Text = { en: 'is empty', de: 'ist leer' }
export const NO_DAY: Text = {
  en: 'is no day such as 2027-01-15 or 15.01.2027',
  de: 'ist kein Tag wie 15.01.2027 oder 2027-01-15',
}
export const IN_FUTURE: Text = {
  en: 'lies in the future; what has not happened yet belongs under the planned day',
  de: 'liegt in der Zukunft; was noch nicht geschehen ist, gehört unter den geplanten Tag',
}
export const NO_MARKET: Text = {
  en: 'is no market that we know, such as DE, FR, GB or EU',
  de: 'ist kein uns bekannter Markt wie DE, FR, GB oder EU',
}
export const NO_ROLE: Text = {
  en: 'is no role: maker, authorised representative, importer, brand owner, distributor, buyer',
  de: 'ist keine Rolle: Hersteller, Bevollmächtigter, Einführer, Markeninhaber, Händler, Käufer',
}
export const NO_KIND: Text = {
  en: 'is neither placing nor making available',
  de: 'ist weder Inverkehrbringen noch Bereitstellung',
}
export const NEITHER: Text = {
  en: 'neither a role nor a kind of supply is given; --role says it for all rows',
  de: 'weder eine Rolle noch ein Vorgang ist angegeben; --role sagt es für alle Zeilen',
}
export const YES_OR_NO: Text = { en: 'is neither yes nor no', de: 'ist weder ja noch nein' }
export const NO_UNITS: Text = {
  en: 'is no number of units such as 1200 or 1.200',
  de: 'ist keine Stückzahl wie 1200 oder 1.200',
}
export const ROUNDED: Text = {
  en: 'is a number that a spreadsheet has rounded; format the column as text',
  de: 'ist eine von der Tabellenkalkulation gerundete Zahl; die Spalte als Text formatieren',
}
export const GTIN_PROBLEMS = {
  digits: { en: 'is no GTIN: it holds more than digits', de: 'ist keine GTIN: enthält anderes als Ziffern' },
  length: {
    en: 'is no GTIN: it needs 8, 12, 13 or 14 digits (format the column as text, else leading zeros are lost)',
    de: 'ist keine GTIN: nötig sind 8, 12, 13 oder 14 Ziffern (die Spalte als Text formatieren, sonst gehen führende Nullen verloren)',
  },
  'check-digit': {
    en: 'is no GTIN: its check digit is wrong',
    de: 'ist keine GTIN: die Prüfziffer stimmt nicht',
  },
} as const satisfies Readonly<Record<string, Text>>
export const NO_DIGEST: Text = {
  en: 'is no SHA-256 of 64 hexadecimal digits',
  de: 'ist keine SHA-256 aus 64 Hexadezimalziffern',
}
export const UNEVEN: Text = {
  en: 'has another number of values than the other columns of modules',
  de: 'hat eine andere Anzahl von Werten als die übrigen Spalten zu Modulen',
}
export const NO_CERTIFICATE_KIND: Text = {
  en: 'is neither certificate, type examination nor label',
  de: 'ist weder Bescheinigung, Baumusterprüfung noch Kennzeichen',
}
