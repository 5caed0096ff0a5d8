import { compareProvisionIds } from '@messlatte/conformity'
import type { EnclosedFor, ProvisionVerdict, Reason, RequirementResult, Text } from '@messlatte/model'
import type { Runs } from '../documents/model.ts'
import { PARTY_WORDS, SOURCE_STATUS_WORDS, VERDICT_WORDS } from '../words.ts'
import type { PaperInput } from './input.ts'
import { both, type Paper } from './paper.ts'

/** What an assessor decided. */
export const DECIDED = {
  pass: both('pass', 'bestanden'),
  fail: both('fail', 'nicht bestanden'),
  inconclusive: both('inconclusive', 'nicht entscheidbar'),
} as const

/** Of a table's width: the longest word of a verdict stays whole in the widest font that may take Calibri's place. */
export const VERDICT_SHARE = 3

/** Of each kind. */
const MOST_REASONS = 3
const MOST_MISSING = 3

/** The files that were looked at, by digest; the only release that a paper can be about. */
export function releaseTable(paper: Paper, { results }: PaperInput): void {
  if (results.length === 0) {
    paper.gap(NO_RESULTS)
    return
  }
  paper.table(
    [
      [both('Stored result', 'Gespeichertes Ergebnis'), 3],
      [both('File', 'Datei'), 3],
      [both('SHA-256', 'SHA-256'), 6],
    ],
    results.flatMap(({ name, tool, images }) =>
      images.map((image) => [`${name} (${tool})`, image.name, image.sha256]),
    ),
  )
  paper.paragraph(NO_UNIT, 'note')
}

/** Documents of the folder that are enclosed for something, with what speaks against each; a gap where there are none. */
export function enclosedList(paper: Paper, input: PaperInput, use: EnclosedFor, what: Text): void {
  const ids = input.papers.enclosed[use]
  if (ids.length === 0) paper.gap(what)
  else paper.list(ids.map((id) => documentRuns(paper, input, id)))
}

function documentRuns(paper: Paper, { documents, documentFindings }: PaperInput, id: string): Runs {
  const document = documents.find((one) => one.id === id)
  if (!document) return [paper.missing(both(`the document ${id}`, `das Dokument ${id}`))]
  const against = documentFindings.filter((one) => one.document === id)
  return [
    { text: document.title, bold: true },
    ` (${document.issuer}), SHA-256 ${document.sha256}`,
    ...against.flatMap(({ text }) => ['\n', paper.missing(text)]),
  ]
}

/** What a rule asks in its own numbering, with what came of it. */
export function requirementTable(paper: Paper, requirements: readonly RequirementResult[]): void {
  paper.table(
    [
      [both('Number, and what it asks (our words)', 'Nummer und was verlangt ist (eigene Worte)'), 4],
      [both('Verdict', 'Urteil'), VERDICT_SHARE],
      [both('What it rests on, and what is missing', 'Worauf es beruht und was fehlt'), 6],
    ],
    requirements.map((one) => [
      [{ text: one.id, bold: true }, ` ${paper.say(one.title)}`],
      verdictRuns(paper, one.result),
      [...restsOn(paper, one.result), ...linesOf(paper, one)],
    ]),
  )
}

export function verdictRuns(paper: Paper, { verdict }: ProvisionVerdict): Runs {
  const word = paper.say(VERDICT_WORDS[verdict])
  const shut = verdict !== 'pass' && verdict !== 'supported' && verdict !== 'not-applicable'
  return shut ? [{ text: word, gap: true }] : word
}

/**
 * Reasons that rest on evidence before those that people gave, of both the first and the last ones, with how many more there are;
 * then what would settle it.
 */
export function restsOn(paper: Paper, { reasons, missing }: ProvisionVerdict): readonly string[] {
  const texts = (some: readonly Reason[]) => [...new Set(some.map(({ text }) => paper.say(text)))]
  const seen = texts(reasons.filter(({ evidence }) => evidence.length > 0))
  const stated = texts(reasons.filter(({ evidence }) => evidence.length === 0))
  const shown = [...seen.slice(0, MOST_REASONS), ...stated.slice(-MOST_REASONS)]
  const more = seen.length + stated.length - shown.length
  const lines = [
    ...shown,
    ...(more > 0 ? [paper.say(MORE_REASONS, { more })] : []),
    ...missing
      .slice(0, MOST_MISSING)
      .map(
        ({ what, who }) =>
          `${paper.say(MISSING_FROM, { who: paper.say(PARTY_WORDS[who]) })}: ${paper.say(what)}`,
      ),
  ]
  return [lines.join('\n')]
}

const MORE_REASONS = both(
  '(and {more} more reasons: messlatte assess --json)',
  '(und {more} weitere Gründe: messlatte assess --json)',
)

function linesOf(paper: Paper, { lines, result }: RequirementResult): readonly string[] {
  const authors = [...new Set(lines.map(({ author }) => author))]
  const status = paper.say(SOURCE_STATUS_WORDS[result.sourceStatus])
  if (authors.length === 0) return [`\n${paper.say(NO_LINES, { status })}`]
  const provisions = [...new Set(lines.map(({ provision }) => provision))].sort(compareProvisionIds)
  return [`\n${paper.say(LINES, { status, authors: authors.join(', '), provisions: provisions.join(', ') })}`]
}

/** How to tell what was confirmed from what was concluded. */
export function legend(paper: Paper): void {
  paper.heading(1, both('How to read this', 'Wie dies zu lesen ist'))
  paper.facts([
    [
      both('Stated', 'Angegeben'),
      paper.say(
        both(
          'The maker says so in the project folder. Nothing here proves it.',
          'Der Hersteller sagt es im Projektordner. Nichts hier beweist es.',
        ),
      ),
    ],
    [
      both('Observed', 'Beobachtet'),
      paper.say(
        both(
          'A machine saw it in the files with the digests below; anybody who has them can repeat it. It does not show that any unit runs them.',
          'Eine Maschine hat es in den Dateien mit den Digests unten gesehen; wer sie hat, kann es wiederholen. Es zeigt nicht, dass ein Gerät sie ausführt.',
        ),
      ),
    ],
    [
      both('Decided', 'Entschieden'),
      paper.say(
        both(
          'A named assessor decided it on this very evidence. Only this is a pass.',
          'Eine benannte Prüfperson hat es auf genau diesen Befunden entschieden. Nur das heißt bestanden.',
        ),
      ),
    ],
    [
      both('Law', 'Recht'),
      paper.say(
        both(
          'A source in force, or adopted and to apply from a day; in our own words, the law’s text counts.',
          'Eine Quelle, die in Kraft ist oder erlassen ist und ab einem Tag gilt; in eigenen Worten, maßgeblich ist der Text des Rechts.',
        ),
      ),
    ],
    [
      both('Analysis', 'Auslegung'),
      paper.say(
        both(
          'A conclusion of ours or of an author who is named: the lines from EN 303 645 to a law above all. It is no law.',
          'Ein Schluss von uns oder von jemandem, der genannt ist: vor allem die Zeilen von EN 303 645 zu einem Gesetz. Es ist kein Recht.',
        ),
      ),
    ],
    [
      both('Gap', 'Lücke'),
      [
        {
          text: paper.say(
            both('Nobody stated it or handed it in.', 'Niemand hat es angegeben oder eingereicht.'),
          ),
          gap: true,
        },
        paper.say(both(' Nothing was put in its place.', ' Nichts wurde an seine Stelle gesetzt.')),
      ],
    ],
  ])
}

const NO_RESULTS = both(
  'no stored result in results/: no file of the firmware was looked at (messlatte check --json)',
  'kein gespeichertes Ergebnis in results/: Keine Datei der Firmware wurde angesehen (messlatte check --json)',
)
const NO_UNIT = both(
  'About the files with these digests. It does not show that any unit runs them.',
  'Über die Dateien mit diesen Digests. Es zeigt nicht, dass ein Gerät sie ausführt.',
)
const MISSING_FROM = both('Missing, from {who}', 'Fehlt, von: {who}')
const NO_LINES = both(
  'Text: {status}. No line leads here from EN 303 645: no firmware shows it.',
  'Text: {status}. Keine Zeile führt von EN 303 645 hierher: Keine Firmware zeigt es.',
)
const LINES = both(
  'Text: {status}. Lines from EN 303 645 ({provisions}) by {authors}.',
  'Text: {status}. Zeilen von EN 303 645 ({provisions}) von {authors}.',
)
