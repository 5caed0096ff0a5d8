import type { Text, Verdict } from '@messlatte/model'
import type { Answer, Certificate, MarketRole, Need, SupplyKind } from '@messlatte/portfolio'

/** A sign for each answer, told apart without colour. */
export const ANSWER_SYMBOLS: Readonly<Record<Answer, string>> = {
  barred: '✗',
  'barred-as-reported': '≠',
  'at-risk': '!',
  'not-assessed': '?',
  'no-obstacle': '◐',
  outside: '–',
}

/** The verdict in whose colour and shape an answer is drawn; the word always stands beside it. */
export const ANSWER_TONES: Readonly<Record<Answer, Verdict>> = {
  barred: 'fail',
  'barred-as-reported': 'contested',
  'at-risk': 'not-met',
  'not-assessed': 'open',
  'no-obstacle': 'supported',
  outside: 'not-applicable',
}

export const ANSWER_MEANINGS: Readonly<Record<Answer, Text>> = {
  barred: {
    en: 'the firmware fails what a law asks that binds on the day of placing',
    de: 'die Firmware erfüllt nicht, was ein am Tag des Inverkehrbringens geltendes Gesetz verlangt',
  },
  'barred-as-reported': {
    en: 'it fails what a rule asks that has only been reported; no official text is known',
    de: 'sie erfüllt nicht, was eine nur berichtete Regel verlangt; ein amtlicher Text ist nicht bekannt',
  },
  'at-risk': {
    en: 'something is open, contradicted, fails by a reading alone, runs out, or the day may slip',
    de: 'etwas ist offen, widersprüchlich, nur nach einer Auslegung nicht erfüllt, läuft ab, oder der Tag kann sich verschieben',
  },
  'not-assessed': {
    en: 'no proof of the day, no release, or no evidence',
    de: 'kein Nachweis des Tages, keine Firmware oder keine Befunde',
  },
  'no-obstacle': {
    en: 'nothing that the rule asks for stands against it; this is no clearance',
    de: 'nichts, was die Regel verlangt, steht entgegen; das ist keine Freigabe',
  },
  outside: {
    en: 'the rule does not look at these units: placed before, by proof, or no such product',
    de: 'die Regel fragt nicht nach diesen Geräten: nachweislich vorher in Verkehr gebracht oder kein solches Produkt',
  },
}

export const ROLE_WORDS: Readonly<Record<MarketRole, Text>> = {
  maker: { en: 'maker', de: 'Hersteller' },
  'authorised-representative': { en: 'authorised representative', de: 'Bevollmächtigter' },
  importer: { en: 'importer', de: 'Einführer' },
  'brand-owner': { en: 'brand owner', de: 'Markeninhaber' },
  distributor: { en: 'distributor', de: 'Händler' },
  buyer: { en: 'buyer', de: 'Käufer' },
}

export const KIND_WORDS: Readonly<Record<SupplyKind, Text>> = {
  placing: { en: 'placing', de: 'Inverkehrbringen' },
  'making-available': { en: 'making available', de: 'Bereitstellung' },
}

export const CERTIFICATE_WORDS: Readonly<Record<Certificate['kind'], Text>> = {
  certificate: { en: 'certificate', de: 'Bescheinigung' },
  'type-examination': { en: 'type examination', de: 'Baumusterprüfung' },
  label: { en: 'label', de: 'Kennzeichen' },
}

export const NEED_WORDS: Readonly<Record<Need['what'], Text>> = {
  release: { en: 'name and files of the firmware release', de: 'Angabe und Dateien der Firmware' },
  result: { en: 'files of the firmware release', de: 'Dateien der Firmware' },
  answers: { en: 'what settles {ids}', de: 'was {ids} klärt' },
}

export const PLAN_WORDS = {
  title: { en: 'Plan of supplies', de: 'Lieferplan' },
  asked: {
    en: 'Which products may still be supplied, as seen on {day}, and what is missing from whom',
    de: 'Welche Produkte noch geliefert werden dürfen, Stand {day}, und was von wem fehlt',
  },
  market: { en: 'Market', de: 'Markt' },
  allMarkets: { en: 'all markets of the file', de: 'alle Märkte der Datei' },
  summary: { en: 'Answers', de: 'Antworten' },
  rules: { en: 'Rules', de: 'Regeln' },
  law: { en: 'law', de: 'geltendes oder verabschiedetes Recht' },
  reported: { en: 'as reported, not confirmed', de: 'laut Bericht, nicht bestätigt' },
  lastFreeDay: {
    en: 'last free day {day}, until 24:00 local time',
    de: 'letzter freier Tag {day}, bis 24:00 Uhr Ortszeit',
  },
  noFreeDay: { en: 'divides units by no day', de: 'unterscheidet Geräte nicht nach einem Tag' },
  heat: { en: 'Products under each rule', de: 'Produkte unter jeder Regel' },
  heatLead: {
    en: 'The worst answer of all supplies of a product to a market. {units} units in {rows} rows.',
    de: 'Die schlechteste Antwort aller Lieferungen eines Produkts in einen Markt. {units} Geräte in {rows} Zeilen.',
  },
  rows: { en: 'Supplies that need something', de: 'Lieferungen, für die etwas fehlt' },
  noRows: { en: 'None.', de: 'Keine.' },
  suppliers: { en: 'Missing from suppliers', de: 'Was von Lieferanten fehlt' },
  tenders: { en: 'Tenders and deliveries touched', de: 'Betroffene Ausschreibungen und Lieferungen' },
  certificates: {
    en: 'Certificates and labels that run out',
    de: 'Bescheinigungen und Kennzeichen, die ablaufen',
  },
  leftOut: { en: 'Rows that could not be read', de: 'Zeilen, die nicht gelesen werden konnten' },
  leftOutLead: {
    en: '{count} of {rows} rows are left out of the plan; --errors FILE writes them, to be mended and read again.',
    de: '{count} von {rows} Zeilen fehlen im Plan; --errors DATEI schreibt sie zum Berichtigen und erneuten Einlesen.',
  },
  closing: {
    en: 'A plan from what was handed in. It is no clearance, and not finding something is no proof.',
    de: 'Ein Plan aus dem, was vorliegt. Er ist keine Freigabe, und nicht gefunden ist kein Beweis.',
  },
  row: { en: 'Row', de: 'Zeile' },
  article: { en: 'Article number', de: 'Artikelnummer' },
  gtin: { en: 'GTIN', de: 'GTIN' },
  brand: { en: 'Brand', de: 'Marke' },
  product: { en: 'Product', de: 'Produkt' },
  model: { en: 'Model', de: 'Modell' },
  hardware: { en: 'Hardware', de: 'Hardware' },
  role: { en: 'Role', de: 'Rolle' },
  kind: { en: 'Supply', de: 'Vorgang' },
  planned: { en: 'Planned on', de: 'Geplant am' },
  actual: { en: 'Done on', de: 'Erfolgt am' },
  placed: { en: 'Placed on the market on', de: 'In Verkehr gebracht am' },
  proof: { en: 'Proof of the day', de: 'Nachweis des Tages' },
  batch: { en: 'Batch', de: 'Charge' },
  serials: { en: 'Serial numbers', de: 'Seriennummern' },
  quantity: { en: 'Quantity', de: 'Menge' },
  stock: { en: 'Stock', de: 'Bestand' },
  answer: { en: 'Answer', de: 'Antwort' },
  under: { en: 'Under {rule}', de: 'Unter {rule}' },
  reasons: { en: 'Reasons', de: 'Gründe' },
  changes: { en: 'What would change it', de: 'Was es ändern würde' },
  missing: { en: 'Missing, and from whom', de: 'Was fehlt, und von wem' },
  runningOut: { en: 'Runs out', de: 'Läuft ab' },
  support: { en: 'Security updates until', de: 'Sicherheitsaktualisierungen bis' },
  tender: { en: 'Tender or contract', de: 'Ausschreibung oder Vertrag' },
  due: { en: 'Delivery due on', de: 'Liefertermin' },
  supplier: { en: 'Supplier', de: 'Lieferant' },
  modules: { en: 'Modules', de: 'Module' },
  products: { en: 'Products touched', de: 'Betroffene Produkte' },
  units: { en: 'Units', de: 'Geräte' },
  rowCount: { en: 'Rows', de: 'Zeilen' },
  until: { en: 'until {day}', de: 'bis {day}' },
  freeUntil: { en: 'free until {day}', de: 'frei bis {day}' },
  unnamed: { en: 'supplier not named', de: 'Lieferant nicht genannt' },
  worst: { en: 'Worst answer', de: 'Schlechteste Antwort' },
  result: { en: 'Results', de: 'Ergebnisse' },
  found: { en: '{count} of {all} modules have a result', de: '{count} von {all} Modulen haben ein Ergebnis' },
  ignored: { en: 'Columns passed over: {names}', de: 'Übergangene Spalten: {names}' },
} as const satisfies Readonly<Record<string, Text>>
