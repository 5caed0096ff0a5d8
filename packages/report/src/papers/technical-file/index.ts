import type { Language } from '@messlatte/model'
import type { PaperDocument } from '../../documents/model.ts'
import { legend, releaseTable } from '../common.ts'
import type { PaperInput } from '../input.ts'
import { listed, sourcesOf } from '../law.ts'
import { both, Paper } from '../paper.ts'
import { risksChapter, shownChapter } from './assessed.ts'
import { describedChapter, supportChapter } from './described.ts'

/** The profile by whose Annex VII the file is ordered. */
export const TECHNICAL_FILE_RULE = 'eu-cra-2027'

/**
 * Technical documentation in the order of Annex VII of Regulation (EU) 2024/2847: what the project folder holds, and a gap
 * for all that it does not.
 */
export function technicalFile(input: PaperInput, language: Language): PaperDocument {
  const paper = new Paper(language)
  const { product, assessment } = input
  const rules = [assessment.catalogue.id, ...assessment.profiles.map(({ id }) => id)]
  paper.paragraph(
    both(
      'Draft for the technical documentation under Regulation (EU) 2024/2847 (Cyber Resilience Act), Annex VII, in its order. It was filled from the maker’s project folder; whether it is complete and true is for the maker to judge.',
      'Entwurf der technischen Dokumentation nach Verordnung (EU) 2024/2847 (Cyberresilienz-Verordnung), Anhang VII, in dessen Reihenfolge. Er wurde aus dem Projektordner des Herstellers gefüllt; ob er vollständig ist und stimmt, beurteilt der Hersteller.',
    ),
  )
  paper.paragraph(
    both(
      'The Act applies to units placed on the market from 11 December 2027; its duty to report applies since 11 September 2026.',
      'Die Verordnung gilt für Geräte, die ab dem 11. Dezember 2027 in Verkehr gebracht werden; ihre Meldepflicht gilt seit dem 11. September 2026.',
    ),
    'note',
  )
  legend(paper)
  paper.heading(1, both('What was looked at', 'Was angesehen wurde'))
  releaseTable(paper, input)
  describedChapter(paper, input)
  risksChapter(paper, input, TECHNICAL_FILE_RULE)
  supportChapter(paper, input)
  shownChapter(paper, input, TECHNICAL_FILE_RULE)
  paper.listGaps()
  return {
    language,
    title: paper.say(both('Technical documentation (draft)', 'Technische Dokumentation (Entwurf)')),
    subtitle: paper.say(
      both(
        'in the order of Annex VII, Regulation (EU) 2024/2847',
        'in der Reihenfolge von Anhang VII, Verordnung (EU) 2024/2847',
      ),
    ),
    product: productLine(paper, product),
    date: assessment.asOf,
    ...(product.maker !== null && { author: product.maker }),
    blocks: paper.blocks,
    gaps: paper.gaps.length,
    sources: listed(sourcesOf(rules), language),
    toSign: false,
  }
}

/** `Horizon GW-1, 1.2.0`; says so where the folder names no product. */
export function productLine(paper: Paper, { maker, model, firmware }: PaperInput['product']): string {
  const named = [maker, model].filter((one) => one !== null).join(' ')
  if (named === '') return paper.say(both('product not named', 'Produkt nicht benannt'))
  return firmware === null ? named : `${named}, ${firmware}`
}
