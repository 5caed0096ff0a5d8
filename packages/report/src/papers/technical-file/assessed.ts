import { COMPARISON_WORDS, mendingIn, originText } from '@messlatte/conformity'
import { WORDS } from '../../words.ts'
import { DECIDED, enclosedList, requirementTable, restsOn, VERDICT_SHARE, verdictRuns } from '../common.ts'
import type { PaperInput } from '../input.ts'
import { isLaw, sourcesOf } from '../law.ts'
import { both, type Paper } from '../paper.ts'
import { standardsTable } from '../standards.ts'

/** Annex VII (3): risks and requirements. `rule` is the profile of the Act. */
export function risksChapter(paper: Paper, input: PaperInput, rule: string): void {
  const requirements = input.assessment.requirements.filter(({ profile }) => profile === rule)
  paper.heading(1, both('3 Risk assessment', '3 Risikobewertung'))
  enclosedList(
    paper,
    input,
    'risk-assessment',
    both(
      'the risk assessment, with how each item of Annex I Part I(2) applies',
      'die Risikobewertung mit der Aussage zu jedem Punkt von Anhang I Teil I(2)',
    ),
  )
  paper.paragraph(
    both(
      'Which items of Annex I Part I(2) apply, the risk assessment decides. The verdicts below are over the evidence of the files above and the answers about the product.',
      'Welche Punkte von Anhang I Teil I(2) zutreffen, entscheidet die Risikobewertung. Die Urteile unten beruhen auf den Befunden zu den Dateien oben und den Antworten zum Produkt.',
    ),
    'note',
  )
  for (const [where, title] of PARTS) {
    paper.heading(2, title)
    requirementTable(
      paper,
      requirements.filter((one) => one.where === where),
    )
  }
}

/** Annex VII (5) to (8): standards, tests, declaration. */
export function shownChapter(paper: Paper, input: PaperInput, rule: string): void {
  paper.heading(1, both('5 Standards and schemes', '5 Normen und Schemata'))
  standardsTable(paper, input.papers)
  provisions(paper, input)
  notCited(paper, input, rule)
  paper.heading(1, both('6 Test reports', '6 Prüfberichte'))
  enclosedList(
    paper,
    input,
    'test-reports',
    both(
      'test reports on the product and on the handling of vulnerabilities',
      'Prüfberichte zum Produkt und zum Umgang mit Schwachstellen',
    ),
  )
  decisions(paper, input)
  comparisons(paper, input)
  paper.heading(1, both('7 Copy of the declaration', '7 Kopie der Erklärung'))
  enclosedList(paper, input, 'declaration', both('the signed declaration', 'die unterschriebene Erklärung'))
  paper.heading(1, both('8 Bill of materials on request', '8 Stückliste auf Verlangen'))
  paper.paragraph(
    both(
      'Handed to an authority on reasoned request; it need not lie here.',
      'Einer Behörde auf begründetes Verlangen übergeben; sie muss nicht hier liegen.',
    ),
  )
}

const PARTS = [
  ['Annex I, Part I', both('Annex I, Part I', 'Anhang I, Teil I')],
  ['Annex I, Part II', both('Annex I, Part II', 'Anhang I, Teil II')],
] as const

function provisions(paper: Paper, { assessment, claims }: PaperInput): void {
  const edition = assessment.catalogue.id === 'en303645-2020' ? 'EN 303 645 V2.1.1' : 'EN 303 645 V3.1.3'
  paper.heading(
    2,
    both('Solutions, by the provisions of {edition}', 'Lösungen, nach den Anforderungen der {edition}'),
    { edition },
  )
  paper.paragraph(
    both(
      'EN 303 645 gives no presumption of conformity under the Cyber Resilience Act or the Radio Equipment Directive. What does not apply is left out.',
      'EN 303 645 begründet keine Konformitätsvermutung nach der Cyberresilienz-Verordnung oder der Funkanlagenrichtlinie. Was nicht anwendbar ist, fehlt hier.',
    ),
    'note',
  )
  paper.table(
    [
      [both('Provision (our words)', 'Anforderung (eigene Worte)'), 4],
      [both('Claim', 'Angabe'), 1.5],
      [both('Verdict', 'Urteil'), VERDICT_SHARE],
      [both('What it rests on, and what is missing', 'Worauf es beruht und was fehlt'), 6],
    ],
    assessment.provisions
      .filter(({ baseline }) => baseline.verdict !== 'not-applicable')
      .map((provision) => {
        const { id, title, baseline } = provision
        const mending = mendingIn(assessment, provision)
        const claim = claims.find((one) => one.provision === id)
        return [
          [{ text: `${id} (${baseline.status})`, bold: true }, ` ${paper.say(title)}`],
          claim?.support ?? '–',
          verdictRuns(paper, baseline),
          [
            ...restsOn(paper, baseline),
            ...(mending === null ? [] : [`\n${paper.say(WORDS.mending, { how: paper.say(mending) })}`]),
          ],
        ]
      }),
  )
}

/** Rules that the project is assessed under and that are no law: they are named, and nothing is rested on them. */
function notCited(paper: Paper, { assessment }: PaperInput, rule: string): void {
  const others = assessment.profiles.filter(({ id }) => id !== rule && !sourcesOf([id]).some(isLaw))
  if (others.length === 0) return
  paper.heading(2, both('Not cited', 'Nicht angeführt'))
  paper.paragraph(
    both(
      'The project is also assessed under these rules. They rest on sources that are no law, so nothing in this file rests on them:',
      'Das Projekt wird auch nach diesen Regeln bewertet. Sie beruhen auf Quellen, die kein Recht sind, deshalb beruht hier nichts auf ihnen:',
    ),
  )
  paper.list(others.map(({ id, caveat }) => `${id}: ${paper.say(caveat)}`))
}

/** What assessors decided, and what somebody accepts for a time. */
function decisions(paper: Paper, { decisions, waivers }: PaperInput): void {
  paper.heading(2, both('Decisions of assessors', 'Entscheidungen von Prüfpersonen'))
  if (decisions.length === 0)
    paper.gap(both('decisions: nobody has decided anything', 'Entscheidungen: Niemand hat etwas entschieden'))
  paper.table(
    [
      [both('On', 'Worüber'), 3],
      [both('Verdict', 'Urteil'), VERDICT_SHARE],
      [both('By, on, until', 'Von, am, bis'), 3],
      [both('Reason and method', 'Grund und Methode'), 6],
    ],
    decisions.map((one) => [
      `${one.provision}${one.case === undefined ? '' : `, ${one.case}`}${one.unit === undefined ? '' : ` ${one.unit}`}\n${one.rule}`,
      one.lapsed === null ? paper.say(DECIDED[one.verdict]) : [{ text: paper.say(LAPSED), gap: true }],
      `${one.by}\n${paper.day(one.on)} – ${paper.day(one.until)}`,
      [one.reason, one.method ?? '', one.lapsed === null ? '' : paper.say(one.lapsed)]
        .filter((it) => it !== '')
        .join('\n'),
    ]),
  )
  if (waivers.length === 0) return
  paper.heading(2, both('Waivers', 'Ausnahmen'))
  paper.paragraph(both('They change no verdict.', 'Sie ändern kein Urteil.'), 'note')
  paper.table(
    [
      [both('On', 'Worüber'), 3],
      [both('By, on, until', 'Von, am, bis'), 3],
      [both('Reason', 'Grund'), 6],
    ],
    waivers.map(({ provision, rule, by, on, until, reason }) => [
      `${provision}\n${rule}`,
      `${by}\n${on} – ${until}`,
      reason,
    ]),
  )
}

const LAPSED = both('lapsed', 'erloschen')
const MOST_COMPARISONS = 60

/** Where claims and observations do not agree. */
function comparisons(paper: Paper, { comparisons }: PaperInput): void {
  const told = comparisons.filter(({ result }) => result === 'mismatch' || result === 'undeclared')
  if (told.length === 0) return
  paper.heading(2, both('Claims that observations contradict', 'Angaben, denen Beobachtungen widersprechen'))
  paper.table(
    [
      [both('About', 'Worüber'), 3],
      [both('How they stand', 'Verhältnis'), 2],
      [both('Claimed', 'Angegeben'), 4],
      [both('Observed', 'Beobachtet'), 5],
    ],
    told
      .slice(0, MOST_COMPARISONS)
      .map(({ about, name, result, claimed, observed, origin }) => [
        name === '' ? about : `${about}\n${name}`,
        [{ text: paper.say(COMPARISON_WORDS[result]), gap: true }],
        `${claimed === '' ? '–' : claimed}${origin === undefined ? '' : `\n(${paper.say(originText(origin))})`}`,
        paper.say(observed),
      ]),
  )
  const more = told.length - MOST_COMPARISONS
  if (more > 0)
    paper.paragraph(
      paper.say(
        both('and {more} more (messlatte assess --xlsx)', 'und {more} weitere (messlatte assess --xlsx)'),
        { more },
      ),
      'note',
    )
}
