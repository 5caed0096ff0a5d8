import { PROFILES, referenceText } from '@messlatte/conformity'
import type { Language, Verdict } from '@messlatte/model'
import type { PaperDocument } from '../../documents/model.ts'
import { releaseTable, requirementTable } from '../common.ts'
import type { PaperInput } from '../input.ts'
import { type Declarable, isLaw, listed, sourcesOf } from '../law.ts'
import { both, Paper } from '../paper.ts'
import { productLine } from '../technical-file/index.ts'
import { europeanDeclaration } from './european.ts'
import { statementForTheUnitedKingdom } from './united-kingdom.ts'

/**
 * A declaration for its maker to sign, under law that has a form for it. The acts are either of the Union, which one
 * declaration covers, or of the United Kingdom. Before the places to sign stands what a signatory has to know.
 */
export function declaration(
  input: PaperInput,
  acts: readonly Declarable[],
  language: Language,
): PaperDocument {
  const paper = new Paper(language)
  const { product, assessment } = input
  const british = acts.includes('uk-psti')
  paper.paragraph(DRAFT, 'gap')
  if (british) statementForTheUnitedKingdom(paper, input)
  else europeanDeclaration(paper, input, acts)
  paper.toSign()
  paper.pageBreak()
  beforeSigning(paper, input, acts)
  paper.listGaps()
  return {
    language,
    title: paper.say(
      british
        ? both('Statement for the product (draft)', 'Erklärung zum Produkt (Entwurf)')
        : both('EU declaration of conformity (draft)', 'EU-Konformitätserklärung (Entwurf)'),
    ),
    subtitle: paper.say(
      british
        ? both('with the contents of Schedule 4, SI 2023/1007', 'mit dem Inhalt von Schedule 4, SI 2023/1007')
        : both(
            `under ${acts.map((act) => NAMES[act].en).join(' and ')}`,
            `nach ${acts.map((act) => NAMES[act].de).join(' und ')}`,
          ),
    ),
    product: productLine(paper, product),
    date: assessment.asOf,
    ...(product.maker !== null && { author: product.maker }),
    blocks: paper.blocks,
    gaps: paper.gaps.length,
    sources: listed(sourcesOf(acts).filter(isLaw), language),
    toSign: false,
  }
}

const NAMES = {
  'eu-cra-2027': both('Regulation (EU) 2024/2847', 'Verordnung (EU) 2024/2847'),
  'eu-red-2025': both('Directive 2014/53/EU', 'Richtlinie 2014/53/EU'),
  'uk-psti': both('SI 2023/1007', 'SI 2023/1007'),
} as const satisfies Readonly<Record<Declarable, unknown>>

const DRAFT = both(
  'A draft, filled from the maker’s project folder. Messlatte declares nothing and signs nothing: what is said here is said by whoever signs it.',
  'Ein Entwurf, gefüllt aus dem Projektordner des Herstellers. Messlatte erklärt nichts und unterschreibt nichts: Was hier steht, sagt, wer es unterschreibt.',
)

/** What speaks against signing, as far as it is known: to be taken off before the declaration is given to anybody. */
function beforeSigning(paper: Paper, input: PaperInput, acts: readonly Declarable[]): void {
  const { assessment } = input
  paper.heading(
    1,
    both('For the signatory: take this off', 'Für die Unterzeichnenden: vor der Abgabe entfernen'),
  )
  paper.paragraph(
    both('What follows is not part of the declaration.', 'Was folgt, gehört nicht zur Erklärung.'),
    'note',
  )
  paper.heading(2, both('What was looked at', 'Was angesehen wurde'))
  releaseTable(paper, input)
  for (const act of acts) {
    const asked = assessment.requirements.filter(({ profile }) => profile === act)
    const having = (verdicts: readonly Verdict[]) =>
      asked.filter(({ result }) => verdicts.includes(result.verdict))
    const [against, open] = [having(['fail', 'contested', 'not-met']), having(['open'])]
    paper.heading(
      2,
      both(
        '{act}: against a signature speak {against} of {asked} requirements; {open} are open',
        '{act}: Gegen eine Unterschrift sprechen {against} von {asked} Anforderungen; {open} sind offen',
      ),
      { act, against: against.length, asked: asked.length, open: open.length },
    )
    if (against.length + open.length === 0) paper.paragraph(NOTHING)
    paper.paragraph(assessment.profiles.find(({ id }) => id === act)?.caveat ?? '', 'note')
    requirementTable(paper, against)
    if (open.length > 0)
      paper.paragraph(
        `${paper.say(OPEN)} ${open.map(({ id, title }) => `${id} (${paper.say(title)})`).join('; ')}`,
      )
  }
  lostPresumption(paper, acts)
}

/** What takes the presumption of conformity of a cited standard away; a notified body is needed then. */
function lostPresumption(paper: Paper, acts: readonly Declarable[]): void {
  const lists = PROFILES.filter(({ id }) => (acts as readonly string[]).includes(id))
    .flatMap(({ checklists }) => checklists)
    .filter(({ id }) => id === 'red-presumption')
  const [list] = lists
  if (!list) return
  paper.heading(2, list.title)
  paper.paragraph(WITH_A_BODY)
  paper.list(list.items.map(({ ref, text }) => `${paper.say(referenceText(ref))}: ${paper.say(text)}`))
}

const WITH_A_BODY = both(
  'Commission Implementing Decision (EU) 2025/138 cites EN 18031 with restrictions. Where one of these fits, the standard gives no presumption of conformity, and a notified body is needed:',
  'Der Durchführungsbeschluss (EU) 2025/138 führt EN 18031 mit Einschränkungen an. Trifft eine davon zu, begründet die Norm keine Konformitätsvermutung, und eine notifizierte Stelle ist nötig:',
)
const OPEN = both('Open, because not enough is known:', 'Offen, weil nicht genug bekannt ist:')
const NOTHING = both(
  'None that is known here. What no firmware shows is for the maker to answer for.',
  'Keine, soweit hier bekannt. Für das, was keine Firmware zeigt, steht der Hersteller ein.',
)
