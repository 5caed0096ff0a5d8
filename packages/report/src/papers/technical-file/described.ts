import { enclosedList } from '../common.ts'
import type { PaperInput } from '../input.ts'
import { both, type Paper } from '../paper.ts'

/** Annex VII (1) and (2): what the product is and how it is made. */
export function describedChapter(paper: Paper, input: PaperInput): void {
  general(paper, input)
  users(paper, input)
  made(paper, input)
}

function general(paper: Paper, input: PaperInput): void {
  const { product, papers } = input
  paper.heading(1, both('1 General description', '1 Allgemeine Beschreibung'))
  paper.heading(2, both('1(a), (b) Product and software', '1(a), (b) Produkt und Software'))
  paper.facts([
    [MAKER, paper.stated(product.maker, both('the maker’s name', 'Name des Herstellers'))],
    [both('Model', 'Modell'), paper.stated(product.model, both('the model', 'das Modell'))],
    [both('Type', 'Typ'), paper.stated(papers.product.type, both('the type', 'der Typ'))],
    [
      both('Hardware', 'Hardware'),
      paper.stated(product.hardware, both('the hardware version', 'die Hardwareversion')),
    ],
    [
      both('Software version', 'Softwareversion'),
      paper.stated(product.firmware, both('the software version', 'die Softwareversion')),
    ],
    [
      both('Identification', 'Kennung'),
      paper.stated(
        papers.product.identification,
        both(
          'by what units are told apart (serial numbers, batches)',
          'wodurch Geräte unterschieden werden (Seriennummern, Chargen)',
        ),
      ),
    ],
    [
      both('Intended purpose', 'Zweckbestimmung'),
      paper.stated(papers.product.purpose, both('the intended purpose', 'die Zweckbestimmung')),
    ],
  ])
  paper.heading(2, both('1(c) Photographs and illustrations', '1(c) Fotos und Abbildungen'))
  enclosedList(
    paper,
    input,
    'photographs',
    both(
      'photographs or illustrations: outside, marking, inner layout',
      'Fotos oder Abbildungen: Äußeres, Kennzeichnung, innerer Aufbau',
    ),
  )
}

function users(paper: Paper, { papers, product }: PaperInput): void {
  const { maker, vulnerabilities, declaration, support } = papers
  const stated = paper.stated.bind(paper)
  paper.heading(2, both('1(d) Information for users (Annex II)', '1(d) Angaben für Benutzer (Anhang II)'))
  paper.table(
    [
      [both('Annex II', 'Anhang II'), 1],
      [both('What', 'Was'), 3],
      [both('Stated', 'Angegeben'), 5],
    ],
    [
      ['(1)', paper.say(MAKER), stated(product.maker, both('the maker’s name', 'Name des Herstellers'))],
      [
        '(1)',
        paper.say(both('Postal address', 'Postanschrift')),
        stated(maker.address, both('the postal address', 'die Postanschrift')),
      ],
      [
        '(1)',
        paper.say(both('E-mail or other digital contact', 'E-Mail oder anderer digitaler Kontakt')),
        stated(maker.email, both('a digital contact', 'ein digitaler Kontakt')),
      ],
      ['(1)', 'Website', stated(maker.website, both('the website', 'die Website'))],
      [
        '(2)',
        paper.say(both('Contact for vulnerabilities', 'Kontaktstelle für Schwachstellen')),
        stated(vulnerabilities.contact, both('the contact point', 'die Kontaktstelle')),
      ],
      [
        '(2)',
        paper.say(both('Where the disclosure policy is', 'Ort der Offenlegungsregelung')),
        stated(vulnerabilities.policy, both('the address of the policy', 'die Adresse der Regelung')),
      ],
      [
        '(3)',
        paper.say(both('Name, type, identification', 'Name, Typ, Kennung')),
        stated(papers.product.identification, both('the identification', 'die Kennung')),
      ],
      [
        '(4)',
        paper.say(both('Security environment', 'Sicherheitsumgebung')),
        stated(papers.product.environment, both('the security environment', 'die Sicherheitsumgebung')),
      ],
      [
        '(4)',
        paper.say(both('Essential functions', 'Wesentliche Funktionen')),
        stated(papers.product.functions, both('the essential functions', 'die wesentlichen Funktionen')),
      ],
      [
        '(4)',
        paper.say(both('Security properties', 'Sicherheitseigenschaften')),
        stated(papers.product.properties, both('the security properties', 'die Sicherheitseigenschaften')),
      ],
      [
        '(5)',
        paper.say(both('Circumstances with significant risk', 'Umstände mit erheblichem Risiko')),
        stated(
          papers.product.risks,
          both('known or foreseeable circumstances', 'bekannte oder vorhersehbare Umstände'),
        ),
      ],
      [
        '(6)',
        paper.say(both('Address of the declaration', 'Adresse der Erklärung')),
        stated(declaration.address, both('the internet address', 'die Internetadresse')),
      ],
      [
        '(7)',
        paper.say(both('Kind of support', 'Art der Unterstützung')),
        stated(support.kind, both('the kind of support', 'die Art der Unterstützung')),
      ],
      [
        '(7)',
        paper.say(both('End of the support period', 'Ende des Unterstützungszeitraums')),
        stated(
          support.until === null ? null : paper.day(support.until),
          both('the end of the support period', 'das Ende des Unterstützungszeitraums'),
        ),
      ],
      [
        '(8)',
        paper.say(both('Instructions', 'Anleitungen')),
        stated(
          declaration.instructions,
          both('the instructions, or where they are', 'die Anleitungen oder ihr Ort'),
        ),
      ],
      [
        '(9)',
        paper.say(both('Where the bill of materials is', 'Ort der Stückliste')),
        vulnerabilities.components ??
          paper.say(
            both(
              'not stated; needed only if it is made available',
              'nicht angegeben; nötig nur, wenn sie bereitgestellt wird',
            ),
          ),
      ],
    ],
  )
}

function made(paper: Paper, input: PaperInput): void {
  const { vulnerabilities } = input.papers
  paper.heading(1, both('2 Design, development, production', '2 Entwurf, Entwicklung, Fertigung'))
  paper.heading(2, both('2(a) Design and development', '2(a) Entwurf und Entwicklung'))
  enclosedList(
    paper,
    input,
    'design',
    both(
      'drawings, schemes and the architecture of the software',
      'Zeichnungen, Pläne und die Architektur der Software',
    ),
  )
  paper.heading(2, both('2(b) Handling of vulnerabilities', '2(b) Umgang mit Schwachstellen'))
  paper.facts([
    [
      both('Bill of materials', 'Stückliste'),
      paper.stated(
        vulnerabilities.components,
        both(
          'the bill of materials (messlatte check --cyclonedx lists what was found)',
          'die Stückliste (messlatte check --cyclonedx listet das Gefundene)',
        ),
      ),
    ],
    [
      both('Disclosure policy', 'Offenlegungsregelung'),
      paper.stated(vulnerabilities.policy, both('the disclosure policy', 'die Offenlegungsregelung')),
    ],
    [
      both('Contact address', 'Kontaktadresse'),
      paper.stated(vulnerabilities.contact, both('the contact address', 'die Kontaktadresse')),
    ],
    [
      both('Times of answer', 'Antwortzeiten'),
      paper.stated(
        vulnerabilities.times,
        both(
          'times of acknowledgement and of status updates',
          'Fristen für Eingangsbestätigung und Zwischenstände',
        ),
      ),
    ],
    [
      both('How updates are distributed', 'Verteilung von Aktualisierungen'),
      paper.stated(
        vulnerabilities.distribution,
        both(
          'the technical solution for secure distribution',
          'die technische Lösung für die sichere Verteilung',
        ),
      ),
    ],
  ])
  enclosedList(
    paper,
    input,
    'vulnerability-handling',
    both('documents on the handling of vulnerabilities', 'Dokumente zum Umgang mit Schwachstellen'),
  )
  paper.heading(2, both('2(c) Production and monitoring', '2(c) Fertigung und Überwachung'))
  enclosedList(
    paper,
    input,
    'production',
    both(
      'processes of production and monitoring, and their validation',
      'Abläufe der Fertigung und Überwachung und ihre Validierung',
    ),
  )
}

/** Annex VII (4). */
export function supportChapter(paper: Paper, input: PaperInput): void {
  const { support } = input.papers
  paper.heading(1, both('4 Support period', '4 Unterstützungszeitraum'))
  paper.facts([
    [
      both('Ends on', 'Endet am'),
      paper.stated(
        support.until === null ? null : paper.day(support.until),
        both('the end of the support period', 'das Ende des Unterstützungszeitraums'),
      ),
    ],
    [
      both('Determined by', 'Bestimmt nach'),
      paper.stated(
        support.reasons,
        both('what the support period was determined by', 'wonach der Unterstützungszeitraum bestimmt wurde'),
      ),
    ],
  ])
  enclosedList(
    paper,
    input,
    'support-period',
    both(
      'the information that the period was determined by',
      'die Angaben, nach denen der Zeitraum bestimmt wurde',
    ),
  )
}

const MAKER = both('Maker', 'Hersteller')
