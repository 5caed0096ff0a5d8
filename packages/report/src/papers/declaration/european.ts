import type { PaperInput } from '../input.ts'
import type { Declarable } from '../law.ts'
import { both, type Paper } from '../paper.ts'
import { standardsTable } from '../standards.ts'

/**
 * The contents of Annex V of Regulation (EU) 2024/2847 and Annex VI of Directive 2014/53/EU, which agree but for the
 * accessories of radio equipment; then the short form (Annex VI and Annex VII).
 */
export function europeanDeclaration(paper: Paper, input: PaperInput, acts: readonly Declarable[]): void {
  const { product, papers, assessment } = input
  const radio = acts.includes('eu-red-2025')
  const what = [product.model, papers.product.type].filter((one) => one !== null).join(', ')
  paper.heading(1, both('Declaration', 'Erklärung'))
  paper.table(COLUMNS, [
    [
      '1',
      paper.say(both('Product: name, type, identification', 'Produkt: Name, Typ, Kennung')),
      paper.stated(what === '' ? null : what, both('name and type', 'Name und Typ')),
    ],
    [
      '',
      paper.say(both('Batch or serial numbers', 'Charge oder Seriennummern')),
      paper.stated(
        product.batch ?? papers.product.identification,
        both('batch, or serial numbers', 'Charge oder Seriennummern'),
      ),
    ],
    [
      '2',
      paper.say(both('Maker, name and address', 'Hersteller, Name und Anschrift')),
      [nameOf(paper, product.maker), '\n', ...addressOf(paper, papers.maker.address)],
    ],
    [
      '',
      paper.say(both('Authorised representative, if any', 'Bevollmächtigter, sofern vorhanden')),
      papers.maker.representative ?? '–',
    ],
    [
      '3',
      paper.say(both('Responsibility', 'Verantwortung')),
      paper.say(
        both(
          'This declaration is given under the sole responsibility of the maker.',
          'Die alleinige Verantwortung für diese Erklärung trägt der Hersteller.',
        ),
      ),
    ],
    ['4', paper.say(both('Object', 'Gegenstand')), objectOf(paper, input)],
    ['5', paper.say(both('Statement', 'Aussage')), statement(paper, input, acts)],
  ])
  paper.heading(2, both('6 Standards, specifications, schemes', '6 Normen, Spezifikationen, Schemata'))
  standardsTable(paper, papers)
  if (radio) paper.paragraph(OTHER_ARTICLES, 'note')
  paper.heading(2, both('Procedure and signatory', 'Verfahren und Unterzeichnende'))
  paper.table(COLUMNS, [
    [
      '7',
      paper.say(
        both('Notified body, procedure, certificate', 'Notifizierte Stelle, Verfahren, Bescheinigung'),
      ),
      bodyOf(paper, input),
    ],
    ...(radio
      ? [
          [
            '8',
            paper.say(
              both(
                'Accessories and components, software too, that the equipment needs and this covers',
                'Zubehör und Bestandteile, auch Software, die die Anlage braucht und die mit erklärt sind',
              ),
            ),
            paper.stated(
              papers.product.accessories,
              both(
                'accessories and components, or that there are none',
                'Zubehör und Bestandteile, oder dass es keine gibt',
              ),
            ),
          ],
        ]
      : []),
    [
      radio ? '9' : '8',
      paper.say(both('Signed for and on behalf of', 'Unterzeichnet für und im Namen von')),
      signatory(paper, input),
    ],
  ])
  if (acts.includes('eu-cra-2027') && assessment.asOf < CRA_APPLIES) paper.paragraph(NOT_YET, 'note')
  shortForm(paper, input, what)
}

const COLUMNS = [
  ['', 1],
  ['', 4],
  ['', 7],
] as const
const CRA_APPLIES = '2027-12-11'

function nameOf(paper: Paper, name: string | null) {
  return name ?? paper.missing(both('the maker’s name', 'Name des Herstellers'))
}

function addressOf(paper: Paper, address: string | null) {
  return [address ?? paper.missing(both('the maker’s address', 'Anschrift des Herstellers'))]
}

function objectOf(paper: Paper, { product, papers }: PaperInput) {
  const said = [
    product.hardware === null ? null : `Hardware ${product.hardware}`,
    product.firmware === null ? null : `Software ${product.firmware}`,
    papers.product.purpose,
  ].filter((one) => one !== null)
  return said.length > 0
    ? said.join('\n')
    : [paper.missing(both('hardware, software, and what it is for', 'Hardware, Software und wofür es ist'))]
}

function statement(paper: Paper, { papers }: PaperInput, acts: readonly Declarable[]) {
  const union = [
    ...(acts.includes('eu-cra-2027')
      ? [
          paper.say(
            both(
              'Regulation (EU) 2024/2847 (Cyber Resilience Act)',
              'Verordnung (EU) 2024/2847 (Cyberresilienz-Verordnung)',
            ),
          ),
        ]
      : []),
    ...(acts.includes('eu-red-2025')
      ? [paper.say(both('Directive 2014/53/EU (radio equipment)', 'Richtlinie 2014/53/EU (Funkanlagen)'))]
      : []),
    ...papers.declaration.otherActs.map((act) =>
      paper.say(
        both(
          `${act} (named by the maker; not looked at here)`,
          `${act} (vom Hersteller genannt; hier nicht angesehen)`,
        ),
      ),
    ),
  ]
  return `${paper.say(both('The maker states that the object named above is in conformity with this Union law:', 'Der Hersteller erklärt, dass der genannte Gegenstand mit diesem Unionsrecht in Einklang steht:'))}\n${union.map((act) => `· ${act}`).join('\n')}`
}

function bodyOf(paper: Paper, { papers }: PaperInput) {
  const { notifiedBody, procedure, certificate } = papers.declaration
  return [
    `${paper.say(both('Procedure', 'Verfahren'))}: `,
    procedure ??
      paper.missing(
        both('the conformity assessment procedure (module)', 'das Konformitätsbewertungsverfahren (Modul)'),
      ),
    `\n${paper.say(both('Notified body', 'Notifizierte Stelle'))}: ${notifiedBody ?? paper.say(NONE_STATED)}`,
    `\n${paper.say(both('Certificate', 'Bescheinigung'))}: ${certificate ?? paper.say(NONE_STATED)}`,
  ]
}

function signatory(paper: Paper, { papers, product }: PaperInput) {
  const { name, role, place } = papers.signatory
  return [
    nameOf(paper, product.maker),
    '\n',
    name ?? paper.missing(both('who signs', 'wer unterzeichnet')),
    ', ',
    role ?? paper.missing(both('in which function', 'in welcher Funktion')),
    ', ',
    place ?? paper.missing(both('the place', 'der Ort')),
  ]
}

function shortForm(paper: Paper, { product, papers }: PaperInput, what: string): void {
  paper.heading(2, both('Short form, to be enclosed', 'Kurzform, zum Beilegen'))
  const { address } = papers.declaration
  if (product.maker === null || what === '' || address === null) {
    paper.gap(
      both(
        'maker, product and the internet address of the full declaration',
        'Hersteller, Produkt und die Internetadresse der vollständigen Erklärung',
      ),
    )
    return
  }
  paper.paragraph(
    both(
      `${product.maker} declares that the product ${what} is in conformity with the Union law named in its full declaration, which is at ${address}.`,
      `${product.maker} erklärt, dass das Produkt ${what} mit dem Unionsrecht in Einklang steht, das die vollständige Erklärung nennt. Sie ist zu finden unter ${address}.`,
    ),
  )
  paper.paragraph(
    both(
      'In our words; the annexes (VI of the Regulation, VII of the Directive) have the wording that counts.',
      'In eigenen Worten; den maßgeblichen Wortlaut haben die Anhänge (VI der Verordnung, VII der Richtlinie).',
    ),
    'note',
  )
}

const NONE_STATED = both('none stated', 'keine angegeben')
const OTHER_ARTICLES = both(
  'Messlatte looks at Article 3(3)(d), (e) and (f) of the Directive alone. Safety, electromagnetic compatibility and spectrum (Article 3(1) and (2)) are covered only by what the maker lists.',
  'Messlatte betrachtet nur Artikel 3 Absatz 3 Buchstaben d, e und f der Richtlinie. Sicherheit, elektromagnetische Verträglichkeit und Frequenznutzung (Artikel 3 Absätze 1 und 2) deckt nur ab, was der Hersteller auflistet.',
)
const NOT_YET = both(
  'The Regulation applies from 11 December 2027. On the day of this document no declaration under it is required, and no harmonised standard was known to be cited under it.',
  'Die Verordnung gilt ab dem 11. Dezember 2027. Am Tag dieses Dokuments ist keine Erklärung nach ihr nötig, und es war keine zu ihr angeführte harmonisierte Norm bekannt.',
)
