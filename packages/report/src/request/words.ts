import type { Text } from '@messlatte/model'
import type { AnswerForm } from '@messlatte/portfolio'

export const FORM_WORDS: Readonly<Record<AnswerForm, Text>> = {
  release: {
    en: 'the files of a firmware release',
    de: 'die Dateien einer Firmware',
  },
  pack: {
    en: 'a signed evidence pack (messlatte pack)',
    de: 'ein signiertes Evidenzpaket (messlatte pack)',
  },
  report: { en: 'a test report', de: 'ein Prüfbericht' },
  ixit: { en: 'ICS and IXIT rows by TS 103 701', de: 'ICS- und IXIT-Zeilen nach TS 103 701' },
  statement: { en: 'a document that shows it', de: 'ein Dokument, das es zeigt' },
}

export const REQUEST_WORDS = {
  title: { en: 'Request for evidence', de: 'Anforderung von Nachweisen' },
  to: { en: 'To {supplier}', de: 'An {supplier}' },
  intro: {
    en: 'You supply modules with firmware for the products below. For their supplies we still need what this request lists, as of {day}. One answer for a module counts for every product that carries it.',
    de: 'Sie liefern Module mit Firmware für die unten genannten Produkte. Für deren Lieferungen fehlt uns mit Stand {day} noch, was diese Anforderung aufführt. Eine Antwort zu einem Modul gilt für jedes Produkt, das es enthält.',
  },
  how: { en: 'How to answer', de: 'So antworten Sie' },
  howItems: {
    en: 'Fill in the workbook that belongs to this request: Y, N or N/A, the measures or the reason, and the name of the file.|Put the files beside the workbook in one folder and send all of it back.|Do not change the column with the keys: by it an answer finds its line.|Any of the named forms of an answer is enough. A statement alone is taken as a claim; it proves nothing.',
    de: 'Füllen Sie die Arbeitsmappe aus, die zu dieser Anforderung gehört: Y, N oder N/A, die Maßnahmen oder den Grund und den Namen der Datei.|Legen Sie die Dateien neben die Arbeitsmappe in einen Ordner und senden Sie alles zurück.|Bitte ändern Sie die Spalte mit den Schlüsseln nicht: Über sie findet eine Antwort ihre Zeile.|Jede der genannten Formen einer Antwort genügt. Eine bloße Angabe gilt als Angabe; sie beweist nichts.',
  },
  formsLead: {
    en: 'Forms of an answer; each line names those that are accepted for it:',
    de: 'Formen einer Antwort; jede Zeile nennt die, die für sie anerkannt werden:',
  },
  module: { en: 'Module {name}', de: 'Modul {name}' },
  firmware: { en: 'Firmware {version}', de: 'Firmware {version}' },
  digest: { en: 'SHA-256 {digest}', de: 'SHA-256 {digest}' },
  noFirmware: { en: 'no firmware named yet', de: 'noch keine Firmware genannt' },
  products: { en: 'In our products: {names}', de: 'In unseren Produkten: {names}' },
  by: { en: 'Needed before {day}', de: 'Benötigt vor dem {day}' },
  soon: { en: 'Needed as soon as you can', de: 'Benötigt, sobald Sie können' },
  releaseTitle: { en: 'The firmware release itself', de: 'Die Firmware selbst' },
  releaseAsk: {
    en: 'The files of the release with their version, or an evidence pack of it: nobody has looked at this firmware yet.',
    de: 'Die Dateien der Firmware mit ihrer Version oder ein Evidenzpaket dazu: Diese Firmware hat noch niemand angesehen.',
  },
  number: { en: 'Number', de: 'Nummer' },
  asks: { en: 'What it asks (our words)', de: 'Was sie verlangt (eigene Worte)' },
  state: { en: 'State', de: 'Stand' },
  closes: { en: 'What would close it', de: 'Was es klären würde' },
  accepted: { en: 'Accepted: {forms}', de: 'Anerkannt: {forms}' },
  sharedTitle: { en: 'Asked for in several lines', de: 'In mehreren Zeilen gefragt' },
  sharedNumber: { en: 'Q{number}', de: 'F{number}' },
  ownNumber: { en: '‹number of the line›', de: '‹Nummer der Zeile›' },
  sharedSee: { en: 'See {numbers} above', de: 'Siehe oben {numbers}' },
  otherRelease: {
    en: 'A release without what was found, or a report that shows why it is not so: {reasons}',
    de: 'Eine Firmware ohne das Gefundene oder ein Bericht, der zeigt, warum es nicht zutrifft: {reasons}',
  },
  ruleLaw: { en: '{title}: law', de: '{title}: Recht' },
  ruleReported: {
    en: '{title}: as reported; no official text is known to us',
    de: '{title}: laut Bericht; ein amtlicher Text ist uns nicht bekannt',
  },
  more: { en: ' and {count} more', de: ' und {count} weitere' },
  sheet: { en: 'Request', de: 'Anforderung' },
  key: { en: 'Key', de: 'Schlüssel' },
  supplierName: { en: 'Supplier', de: 'Lieferant' },
  moduleName: { en: 'Module', de: 'Modul' },
  version: { en: 'Firmware', de: 'Firmware' },
  rule: { en: 'Rule', de: 'Regel' },
  why: { en: 'Why', de: 'Warum' },
  forms: { en: 'Accepted answers', de: 'Anerkannte Antworten' },
  before: { en: 'Needed before', de: 'Benötigt vor' },
  productNames: { en: 'Products', de: 'Produkte' },
  answer: { en: 'Your answer: Y, N or N/A', de: 'Ihre Antwort: Y, N oder N/A' },
  detail: { en: 'Measures, or the reason', de: 'Maßnahmen oder der Grund' },
  file: { en: 'File', de: 'Datei' },
  issuer: { en: 'Issued by', de: 'Ausgestellt von' },
  until: { en: 'Valid until', de: 'Gültig bis' },
  summary: {
    en: '{supplier}: lines {lines}, modules {modules}',
    de: '{supplier}: Zeilen {lines}, Module {modules}',
  },
  taken: {
    en: 'Taken over: {claims} claims, {documents} documents.',
    de: 'Übernommen: {claims} Angaben, {documents} Dokumente.',
  },
  look: { en: 'To be looked at:', de: 'Noch anzusehen:' },
  silent: { en: 'Not answered ({count})', de: 'Nicht beantwortet ({count})' },
  bare: { en: 'Claimed, and still to be shown ({count})', de: 'Angegeben und noch zu zeigen ({count})' },
  complete: {
    en: 'Every line has an answer and something that shows it.',
    de: 'Jede Zeile hat eine Antwort und etwas, das sie zeigt.',
  },
  none: { en: 'Nothing is missing.', de: 'Es fehlt nichts.' },
} as const satisfies Readonly<Record<string, Text>>
