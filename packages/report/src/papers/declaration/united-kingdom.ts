import type { PaperInput } from '../input.ts'
import { both, type Paper } from '../paper.ts'

/** Provisions of EN 303 645 V2.1.1 that Schedule 2 names, by the requirement of Schedule 1. */
const DEEMED = [
  ['PSTI-1', '5.1-1, 5.1-2'],
  ['PSTI-2', '5.2-1'],
  ['PSTI-3', '5.3-13'],
] as const

/**
 * The contents of Schedule 4 of SI 2023/1007, in our own words. The law has a name of its own for the document; that name
 * is a verdict, so the maker writes it.
 */
export function statementForTheUnitedKingdom(
  paper: Paper,
  { product, papers, assessment }: PaperInput,
): void {
  const { maker, support, signatory } = papers
  paper.heading(1, both('Contents of Schedule 4', 'Inhalt von Schedule 4'))
  paper.table(
    [
      ['', 4],
      ['', 7],
    ],
    [
      [
        paper.say(both('Title', 'Titel')),
        [
          paper.missing(
            both(
              'the name that the law gives this document; the maker writes it',
              'der Name, den das Recht diesem Dokument gibt; ihn schreibt der Hersteller',
            ),
          ),
        ],
      ],
      [
        paper.say(both('Product: type', 'Produkt: Typ')),
        paper.stated(typeOf(product.model, papers.product.type), both('the type', 'der Typ')),
      ],
      [
        paper.say(both('Product: batch', 'Produkt: Charge')),
        paper.stated(product.batch, both('the batch', 'die Charge')),
      ],
      [
        paper.say(both('Each maker, name and address', 'Jeder Hersteller, Name und Anschrift')),
        [
          product.maker ?? paper.missing(both('the maker’s name', 'Name des Herstellers')),
          '\n',
          maker.address ?? paper.missing(both('the maker’s address', 'Anschrift des Herstellers')),
        ],
      ],
      [
        paper.say(
          both(
            'Authorised representative, name and address, if any',
            'Bevollmächtigter, Name und Anschrift, sofern vorhanden',
          ),
        ),
        maker.representative ?? '–',
      ],
      [
        paper.say(both('Prepared by', 'Erstellt von')),
        paper.say(
          both(
            'This statement is prepared by or on behalf of the maker.',
            'Diese Erklärung ist vom Hersteller oder in seinem Namen erstellt.',
          ),
        ),
      ],
      [
        paper.say(both('Statement', 'Aussage')),
        paper.say(
          both(
            'In the opinion of the maker, the security requirements of Schedule 1 that apply, or the conditions of Schedule 2 that are deemed to meet them, are met.',
            'Nach Auffassung des Herstellers sind die zutreffenden Sicherheitsanforderungen von Schedule 1 oder die Bedingungen von Schedule 2, die als deren Erfüllung gelten, erfüllt.',
          ),
        ),
      ],
      [
        paper.say(
          both(
            'Defined support period, as it was when the maker first supplied the product',
            'Festgelegter Unterstützungszeitraum, wie er bei der ersten Abgabe durch den Hersteller galt',
          ),
        ),
        paper.stated(
          support.until === null ? null : paper.day(support.until),
          both('the end of the support period', 'das Ende des Unterstützungszeitraums'),
        ),
      ],
      [
        paper.say(both('Signed by: name and function', 'Unterzeichnet von: Name und Funktion')),
        [
          signatory.name ?? paper.missing(both('who signs', 'wer unterzeichnet')),
          ', ',
          signatory.role ?? paper.missing(both('in which function', 'in welcher Funktion')),
        ],
      ],
      [
        paper.say(
          both(
            'Place of issue; the day is that of the signature',
            'Ort der Ausstellung; der Tag ist der der Unterschrift',
          ),
        ),
        [signatory.place ?? paper.missing(both('the place', 'der Ort'))],
      ],
    ],
  )
  paper.heading(2, both('Where Schedule 2 is relied on', 'Soweit auf Schedule 2 gestützt'))
  paper.paragraph(
    both(
      'EN 303 645 V2.1.1 (2020-06). Strike out what is not relied on.',
      'EN 303 645 V2.1.1 (2020-06). Streichen, worauf man sich nicht stützt.',
    ),
  )
  paper.table(
    [
      [both('Requirement of Schedule 1 (our words)', 'Anforderung von Schedule 1 (eigene Worte)'), 6],
      [both('Provisions', 'Anforderungen der Norm'), 2],
    ],
    DEEMED.map(([id, provisions]) => {
      const asked = assessment.requirements.find((one) => one.profile === 'uk-psti' && one.id === id)
      return [asked === undefined ? id : paper.say(asked.title), provisions]
    }),
  )
}

function typeOf(model: string | null, type: string | null): string | null {
  const named = [model, type].filter((one) => one !== null)
  return named.length === 0 ? null : named.join(', ')
}
