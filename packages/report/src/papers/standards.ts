import type { ListedStandard, Papers } from '@messlatte/model'
import type { Runs } from '../documents/model.ts'
import { both, type Paper } from './paper.ts'

/** Drafts by the way in which European and international bodies mark them, and by the word. */
const DRAFT = /\b(?:fpr|pr)EN\b|\bdraft\b|\bentwurf\b|\b(?:CD|DIS|FDIS|WD)\s+\d|\bproposal\b|\bvorschlag\b/i
const CONSUMER_IOT = /\b303[\s-]?645\b/

/** What the maker lists: harmonised standards, then the rest. A draft is named as a gap and never as applied. */
export function standardsTable(paper: Paper, { declaration }: Papers): void {
  if (declaration.standards.length === 0) {
    paper.gap(NONE)
    return
  }
  paper.table(
    [
      [both('Standard, specification or scheme', 'Norm, Spezifikation oder Schema'), 4],
      [both('Applied', 'Angewandt'), 2],
      [both('Cited by the Union', 'Von der Union angeführt'), 4],
    ],
    declaration.standards.map((one) => [
      titleRuns(paper, one),
      paper.say(EXTENT[one.extent]),
      citation(paper, one),
    ]),
  )
}

function titleRuns(paper: Paper, standard: ListedStandard): Runs {
  const about = standard.about === null ? '' : ` (${standard.about})`
  if (DRAFT.test(standard.title))
    return [
      paper.missing(
        both(
          `${standard.title} is a draft and is not cited`,
          `${standard.title} ist ein Entwurf und wird nicht angeführt`,
        ),
      ),
    ]
  return `${standard.title}${about}`
}

function citation(paper: Paper, { title, citedIn }: ListedStandard): Runs {
  if (CONSUMER_IOT.test(title)) return paper.say(NO_PRESUMPTION)
  return citedIn === null
    ? paper.say(NOT_CITED)
    : paper.say(both(`${citedIn} (stated by the maker)`, `${citedIn} (Angabe des Herstellers)`))
}

const EXTENT = { whole: both('in full', 'vollständig'), part: both('in part', 'teilweise') }
const NONE = both(
  'standards, specifications or schemes applied; without any, the solutions chosen',
  'angewandte Normen, Spezifikationen oder Schemata; ohne solche die gewählten Lösungen',
)
const NOT_CITED = both(
  'not stated: gives no presumption of conformity',
  'nicht angegeben: begründet keine Konformitätsvermutung',
)
const NO_PRESUMPTION = both(
  'not cited under the Cyber Resilience Act or the Radio Equipment Directive: gives no presumption of conformity there',
  'nicht zur Cyberresilienz-Verordnung oder Funkanlagenrichtlinie angeführt: begründet dort keine Konformitätsvermutung',
)
