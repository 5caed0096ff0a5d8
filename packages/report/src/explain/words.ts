import type { CaseKind } from '@messlatte/conformity'
import type { EconomicRole, MappingRelation, Polarity, Reading, Text } from '@messlatte/model'

export const EXPLAIN_WORDS = {
  whatItAsks: { en: 'What it asks', de: 'Was sie verlangt' },
  status: { en: 'Status', de: 'Status' },
  conditions: { en: 'conditions {numbers}', de: 'Bedingungen {numbers}' },
  features: { en: 'features {letters}', de: 'Merkmale {letters}' },
  before: { en: 'was {id} in 2020: {note}', de: 'war 2020 {id}: {note}' },
  imageCan: {
    en: 'An image can support it, contradict it, and never pass it.',
    de: 'Ein Abbild kann sie stützen, ihr widersprechen, und sie nie bestehen lassen.',
  },
  imageCannot: {
    en: 'An image can contradict it and never support it alone.',
    de: 'Ein Abbild kann ihr widersprechen und sie nie allein stützen.',
  },
  evidence: { en: 'What evidence counts', de: 'Welche Befunde zählen' },
  noEvidence: {
    en: 'No check states evidence on it: it is settled by documents, units or a running device.',
    de: 'Keine Prüfung liefert Befunde dazu: Sie klärt sich durch Dokumente, Geräte oder ein laufendes Gerät.',
  },
  laboratory: { en: 'What a laboratory does (TS 103 701)', de: 'Was ein Labor tut (TS 103 701)' },
  units: { en: 'test units: {count}', de: 'Prüfschritte: {count}' },
  byTables: { en: 'by {tables}', de: 'nach {tables}' },
  closes: { en: 'What settles it', de: 'Was sie klärt' },
  mending: { en: 'How makers usually mend it', de: 'Wie Hersteller es gewöhnlich beheben' },
  mendingSource: {
    en: 'Practice as we know it, written without a source: no duty, no proof, and not the only way.',
    de: 'Praxis, wie wir sie kennen, ohne Quelle geschrieben: keine Pflicht, kein Nachweis und nicht der einzige Weg.',
  },
  rules: { en: 'What rules make of it', de: 'Was Regeln daraus machen' },
  sources: { en: 'Sources', de: 'Quellen' },
  requirement: { en: '{id} of {profile} ({where})', de: '{id} von {profile} ({where})' },
  wayThere: { en: 'Seen through EN 303 645', de: 'Gesehen durch EN 303 645' },
  noWay: {
    en: 'No provision of EN 303 645 leads here: no image shows anything about it.',
    de: 'Keine Anforderung der EN 303 645 führt hierher: Kein Abbild zeigt etwas darüber.',
  },
  by: { en: '{author}, confidence {confidence}', de: '{author}, Gewissheit {confidence}' },
  testCase: { en: 'Test case {id} of {spec}', de: 'Prüffall {id} von {spec}' },
  kind: { en: 'Kind of evidence {kind}', de: 'Art von Befund {kind}' },
  touches: { en: 'Usually touches', de: 'Berührt gewöhnlich' },
  statedBy: { en: 'Stated by', de: 'Geliefert von' },
  canShow: { en: 'Can show', de: 'Kann zeigen' },
  cannotShow: { en: 'Cannot show', de: 'Kann nicht zeigen' },
  states: { en: 'States', de: 'Liefert' },
  check: { en: 'Check {id}: {title}', de: 'Prüfung {id}: {title}' },
  papers: { en: 'Finding in papers {id}: {title}', de: 'Befund in Unterlagen {id}: {title}' },
  papersMean: {
    en: 'It is about what was written or handed in, not about the product, and is mended there. It disproves a provision only where the test case of that provision looks at the document itself.',
    de: 'Er betrifft, was geschrieben oder eingereicht wurde, nicht das Produkt, und wird dort behoben. Er widerlegt eine Anforderung nur, wenn deren Prüffall das Dokument selbst ansieht.',
  },
  market: { en: 'Market', de: 'Markt' },
  roles: { en: 'Binds', de: 'Bindet' },
  firstDay: {
    en: 'units placed after {day} ({zone})',
    de: 'Geräte, die nach dem {day} ({zone}) in Verkehr gebracht werden',
  },
  noDay: { en: 'no day divides units', de: 'kein Stichtag teilt die Geräte' },
  reading: { en: 'What ends', de: 'Was endet' },
  consequence: { en: 'Consequence', de: 'Folge' },
  over: { en: 'Stands over', de: 'Steht über' },
  requirements: {
    en: 'Asks in its own numbering ({count})',
    de: 'Verlangt in eigener Nummerierung ({count})',
  },
  overrides: { en: 'Raises and lowers', de: 'Hebt an und senkt' },
  criteria: { en: 'Asks beyond the standard', de: 'Verlangt über die Norm hinaus' },
  checklists: { en: 'Checklists', de: 'Checklisten' },
  appliesFrom: { en: 'applies from {day}', de: 'gilt ab {day}' },
  note: { en: 'Note', de: 'Anmerkung' },
  disclaimer: {
    en: 'In our own words; the texts themselves are with their publishers.',
    de: 'In eigenen Worten; die Texte selbst liegen bei ihren Herausgebern.',
  },
} as const satisfies Readonly<Record<string, Text>>

export const CASE_KIND_WORDS: Readonly<Record<CaseKind, Text>> = {
  conceptual: { en: 'conceptual (documents)', de: 'konzeptionell (Unterlagen)' },
  functional: { en: 'functional (device)', de: 'funktional (Gerät)' },
  mixed: { en: 'conceptual and functional', de: 'konzeptionell und funktional' },
}

export const COUNTS_WORDS: Readonly<Record<Polarity, Text>> = {
  against: { en: 'against', de: 'dagegen' },
  for: { en: 'for', de: 'dafür' },
  neutral: { en: 'decides nothing', de: 'entscheidet nichts' },
}

export const RELATION_WORDS: Readonly<Record<MappingRelation, Text>> = {
  same: { en: 'asks for as much', de: 'verlangt ebenso viel' },
  part: { en: 'is one part of it', de: 'ist ein Teil davon' },
  related: { en: 'touches it, decides nothing', de: 'berührt es, entscheidet nichts' },
}

export const ROLE_WORDS: Readonly<Record<EconomicRole, Text>> = {
  maker: { en: 'maker', de: 'Hersteller' },
  'authorised-representative': { en: 'authorised representative', de: 'Bevollmächtigter' },
  importer: { en: 'importer', de: 'Einführer' },
  distributor: { en: 'distributor', de: 'Händler' },
}

export const READING_WORDS: Readonly<Record<Reading, Text>> = {
  'new-units': {
    en: 'new units may not be placed',
    de: 'neue Geräte dürfen nicht in Verkehr gebracht werden',
  },
  'new-declaration': {
    en: 'no new declaration can be made',
    de: 'keine neue Erklärung kann ausgestellt werden',
  },
  certificate: {
    en: 'a notified body’s certificate ends',
    de: 'die Bescheinigung einer notifizierten Stelle endet',
  },
  label: { en: 'a label is not granted or ends', de: 'ein Kennzeichen wird nicht erteilt oder endet' },
  surveillance: {
    en: 'an authority may stop supply or recall',
    de: 'eine Behörde kann die Abgabe untersagen oder zurückrufen lassen',
  },
}
